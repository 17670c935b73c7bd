package io.tocsin.ingest;

import io.tocsin.ingest.Refused.Reason;
import io.tocsin.label.Labels;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Remote write 1.0 decoded in place: {@code WriteRequest{ TimeSeries timeseries = 1{ Label labels =
 * 1{ name = 1, value = 2 }, Sample samples = 2{ double value = 1, int64 timestamp = 2 }, exemplars
 * = 3, histograms = 4 }, MetricMetadata metadata = 3 }}. The labels of a series normally stand
 * together at its front; those bytes are looked up as a whole.
 *
 * <p>A series with wrong labels, a sample out of time and a native histogram are refused one by one
 * and the rest is kept; exemplars are passed over.
 *
 * @see <a
 *     href="https://github.com/prometheus/prometheus/blob/main/prompb/types.proto">types.proto</a>
 */
final class RemoteWrite {
  static final String NO_NATIVE_HISTOGRAMS =
      ": native histogram found, expected classic buckets (_bucket, _sum, _count)";

  private static final int SERIES = 1 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int METADATA = 3 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int LABEL = 1 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int SAMPLE = 2 << 3 | ProtoReader.LENGTH_DELIMITED;
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
      List.of(
          "unknown",
          "counter",
          "gauge",
          "histogram",
          "gaugehistogram",
          "summary",
          "info",
          "stateset");

  private final Format.Intake intake;
  private final ProtoReader in;
  private final byte[] bytes;
  private final int length;
  private final LabelSet labels;
  private final Collected collected;
  private final SeenSeries.Decoding decodeLabels = this::decodeLabels;
  private final Supplier<String> where = this::where;
  private int series;

  private RemoteWrite(byte[] bytes, int length, Format.Intake intake) {
    this.bytes = bytes;
    this.length = length;
    this.in = new ProtoReader(bytes, length);
    this.intake = intake;
    this.labels = new LabelSet(intake);
    this.collected = new Collected(intake);
  }

  static Decoded decode(byte[] body, Format.Intake intake) {
    return SnappyBlock.read(
        body, intake.limits(), (bytes, length) -> new RemoteWrite(bytes, length, intake).request());
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
    return collected.done();
  }

  private void series(int end) {
    int start = in.position();
    while (in.more(end) && in.nextIs(LABEL)) {
      in.tag();
      in.jump(in.end(end));
    }
    int labelsEnd = in.position();
    Optional<Labels> found =
        collected.labels(Format.REMOTE_WRITE, bytes, start, labelsEnd, decodeLabels);
    in.jump(labelsEnd);
    int wrong = 0;
    while (in.more(end)) {
      int tag = in.tag();
      if (tag == SAMPLE) {
        int sampleEnd = in.end(end);
        if (found.isPresent()) {
          sample(found.get(), in, sampleEnd, collected, where);
        } else {
          in.jump(sampleEnd);
          wrong++;
        }
      } else if (tag == LABEL) {
        throw new MalformedInput(where() + ": label behind samples found, expected labels first");
      } else {
        if (tag == HISTOGRAM) {
          collected.refuse(Reason.NATIVE_HISTOGRAM, 1, where() + NO_NATIVE_HISTOGRAMS);
        }
        in.skip(tag, end);
      }
    }
    if (wrong > 1) {
      collected.refuse(Reason.LABELS, wrong - 1, where());
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

  /** {@code Sample{ double value = 1, int64 timestamp = 2 }}, the same in 1.0 and 2.0. */
  static void sample(
      Labels found, ProtoReader in, int end, Collected collected, Supplier<String> where) {
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
    collected.add(found, timestamp, value, where);
  }

  /** {@code MetricMetadata{ type = 1, metric_family_name = 2, help = 4, unit = 5 }}. */
  private void metadata(int end) {
    String name = "";
    var said = Description.NONE;
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
    collected.describe(name, said);
  }

  /** A metric type by its number, the same in 1.0 and 2.0. */
  static String type(long number) {
    return number >= 0 && number < TYPES.size() ? TYPES.get((int) number) : "unknown";
  }
}
