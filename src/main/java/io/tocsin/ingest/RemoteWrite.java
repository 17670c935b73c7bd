package io.tocsin.ingest;

import io.tocsin.ingest.Decoded.MetricMetadata;
import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.xerial.snappy.Snappy;

/**
 * Remote write 1.0 decoded in place: {@code WriteRequest{ TimeSeries timeseries = 1{ Label labels =
 * 1{ name = 1, value = 2 }, Sample samples = 2{ double value = 1, int64 timestamp = 2 }, exemplars
 * = 3, histograms = 4 }, MetricMetadata metadata = 3 }}. The labels of a series normally stand
 * together at its front; those bytes are looked up as a whole.
 *
 * @see <a
 *     href="https://github.com/prometheus/prometheus/blob/main/prompb/types.proto">types.proto</a>
 */
final class RemoteWrite {
  private static final int SERIES = 1 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int METADATA = 3 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int LABEL = 1 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int SAMPLE = 2 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int EXEMPLAR = 3 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int HISTOGRAM = 4 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int NAME = 1 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int TEXT = 2 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int VALUE = 1 << 3 | ProtoReader.FIXED64;
  private static final int TIMESTAMP = 2 << 3 | ProtoReader.VARINT;
  private static final int TYPE = 1 << 3 | ProtoReader.VARINT;
  private static final int FAMILY = 2 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int HELP = 4 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int UNIT = 5 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final List<String> TYPES =
      List.of("", "counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset");

  /** About the least that a series with one sample takes. */
  private static final int SAMPLE_BYTES = 128;

  private final Format.Intake intake;
  private final ProtoReader in;
  private final byte[] bytes;
  private final int length;
  private final LabelSet labels;
  private final SampleBatch.Builder samples;
  private final Map<String, MetricMetadata> metadata = new LinkedHashMap<>();
  private final SeenSeries.Decoding decodeLabels = this::decodeLabels;
  private final Supplier<String> where = this::where;
  private int series;
  private int unsupported;

  private RemoteWrite(byte[] bytes, int length, Format.Intake intake) {
    this.bytes = bytes;
    this.length = length;
    this.samples = SampleBatch.builder(length / SAMPLE_BYTES);
    this.in = new ProtoReader(bytes, length);
    this.intake = intake;
    this.labels = new LabelSet(intake);
  }

  static Decoded decode(byte[] body, Format.Intake intake) {
    byte[] decoded = Buffers.SHARED.borrow(decodedLength(body, intake.limits()));
    try {
      int length = Snappy.uncompress(body, 0, body.length, decoded, 0);
      return new RemoteWrite(decoded, length, intake).request();
    } catch (IOException e) {
      throw notSnappy(e);
    } finally {
      Buffers.SHARED.giveBack(decoded);
    }
  }

  private static int decodedLength(byte[] body, IngestLimits limits) {
    try {
      int declared = Snappy.uncompressedLength(body, 0, body.length);
      limits.checkDecoded(declared);
      return declared;
    } catch (IOException e) {
      throw notSnappy(e);
    }
  }

  private static MalformedInput notSnappy(IOException why) {
    return new MalformedInput("body: not a snappy block: " + why.getMessage());
  }

  private Decoded request() {
    while (in.more(length)) {
      int tag = in.tag();
      if (tag == SERIES) {
        series(in.end(length));
        series++;
      } else if (tag == METADATA) {
        metadata(in.end(length));
      } else {
        in.skip(tag, length);
      }
    }
    intake.seen().lookedUp(series);
    return new Decoded(samples.build(), Map.copyOf(metadata), unsupported);
  }

  private void series(int end) {
    int start = in.position();
    while (in.more(end) && in.nextIs(LABEL)) {
      in.tag();
      in.jump(in.end(end));
    }
    int labelsEnd = in.position();
    Labels found = intake.seen().labels(Format.REMOTE_WRITE, bytes, start, labelsEnd, decodeLabels);
    while (in.more(end)) {
      int tag = in.tag();
      if (tag == SAMPLE) {
        sample(found, in.end(end));
        intake.limits().checkSamples(samples.size());
      } else if (tag == LABEL) {
        throw new MalformedInput(where() + ": label behind samples found, expected labels first");
      } else {
        unsupported += tag == HISTOGRAM || tag == EXEMPLAR ? 1 : 0;
        in.skip(tag, end);
      }
    }
  }

  private String where() {
    return "timeseries[" + series + "]";
  }

  private Labels decodeLabels(int from, int to) {
    labels.clear();
    in.jump(from);
    while (in.more(to)) {
      in.tag();
      int end = in.end(to);
      String name = "";
      String value = "";
      while (in.more(end)) {
        int tag = in.tag();
        if (tag == NAME) {
          name = text(end);
        } else if (tag == TEXT) {
          value = text(end);
        } else {
          in.skip(tag, end);
        }
      }
      labels.add(name, value);
    }
    return labels.build(where);
  }

  private String text(int limit) {
    int end = in.end(limit);
    String text = Utf8.text(bytes, in.position(), end, where);
    in.jump(end);
    return text;
  }

  private void sample(Labels found, int end) {
    double value = 0;
    long timestamp = 0;
    while (in.more(end)) {
      int tag = in.tag();
      if (tag == VALUE) {
        value = Double.longBitsToDouble(in.fixed64(end));
      } else if (tag == TIMESTAMP) {
        timestamp = in.varint(end);
      } else {
        in.skip(tag, end);
      }
    }
    intake.checkTime(timestamp, where);
    samples.add(found, timestamp, value);
  }

  /** {@code MetricMetadata{ type = 1, metric_family_name = 2, help = 4, unit = 5 }}. */
  private void metadata(int end) {
    String name = "";
    var said = MetricMetadata.NONE;
    while (in.more(end)) {
      int tag = in.tag();
      switch (tag) {
        case TYPE -> said = said.withType(type(in.varint(end)));
        case FAMILY -> name = text(end);
        case HELP -> said = said.withHelp(text(end));
        case UNIT -> said = said.withUnit(text(end));
        default -> in.skip(tag, end);
      }
    }
    metadata.put(name, said);
  }

  private static String type(long number) {
    return number >= 0 && number < TYPES.size() ? TYPES.get((int) number) : "";
  }
}
