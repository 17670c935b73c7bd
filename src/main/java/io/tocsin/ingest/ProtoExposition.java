package io.tocsin.ingest;

import io.tocsin.ingest.Refused.Reason;
import io.tocsin.label.Labels;
import java.util.ArrayList;
import java.util.List;

/**
 * Prometheus' protobuf exposition: {@code MetricFamily} messages, each behind its length: {@code
 * MetricFamily{ name = 1, help = 2, type = 3, Metric metric = 4, unit = 5 }} and {@code Metric{
 * LabelPair label = 1{ name = 1, value = 2 }, gauge = 2, counter = 3, summary = 4, untyped = 5,
 * timestamp_ms = 6, histogram = 7 }}. Histograms and summaries become plain series. Of a histogram
 * without classic buckets the count and the sum are kept; its native buckets are refused and
 * counted. Exemplars and start times are passed over.
 *
 * @see <a
 *     href="https://github.com/prometheus/client_model/blob/master/io/prometheus/client/metrics.proto">metrics.proto</a>
 */
final class ProtoExposition {
  private static final int NAME = 1 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int HELP = 2 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int TYPE = 3 << 3 | ProtoReader.VARINT;
  private static final int METRIC = 4 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int UNIT = 5 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int LABEL = 1 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int LABEL_VALUE = 2 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int TIMESTAMP = 6 << 3 | ProtoReader.VARINT;
  private static final int NUMBER = 1 << 3 | ProtoReader.FIXED64;

  /** The types by their numbers, each with the field of a metric that holds its value. */
  private enum Type {
    COUNTER("counter", 3),
    GAUGE("gauge", 2),
    SUMMARY("summary", 4),
    UNTYPED("unknown", 5),
    HISTOGRAM("histogram", 7),
    GAUGE_HISTOGRAM("gaugehistogram", 7);

    private final String word;
    private final int tag;

    Type(String word, int field) {
      this.word = word;
      this.tag = field << 3 | ProtoReader.LENGTH_DELIMITED;
    }
  }

  /** Where a message stands. */
  private record Stretch(int from, int to) {}

  private record Pair(String name, String value) {}

  private final Format.Intake intake;
  private final byte[] bytes;
  private final ProtoReader in;
  private final LabelSet labels;
  private final Collected collected;
  private int families;
  private String family = "";
  private List<Pair> own = List.of();
  private long timestamp;

  private ProtoExposition(byte[] bytes, Format.Intake intake) {
    this.bytes = bytes;
    this.intake = intake;
    this.in = new ProtoReader(bytes);
    this.labels = new LabelSet(intake);
    this.collected = new Collected(intake);
  }

  static Decoded decode(byte[] body, Format.Intake intake) {
    var exposition = new ProtoExposition(body, intake);
    while (exposition.in.more(body.length)) {
      exposition.family(exposition.in.end(body.length));
      exposition.families++;
    }
    return exposition.collected.done();
  }

  private String where() {
    return "family[" + families + "]" + (family.isEmpty() ? "" : " " + family);
  }

  private void family(int end) {
    family = "";
    Description said = Description.NONE.withType(Type.COUNTER.word);
    Type type = Type.COUNTER;
    var metrics = new ArrayList<Stretch>();
    while (in.more(end)) {
      int tag = in.tag();
      switch (tag) {
        case NAME -> family = text(end);
        case HELP -> said = said.withHelp(text(end));
        case UNIT -> said = said.withUnit(text(end));
        case TYPE -> {
          type = type(in.varint(end));
          said = said.withType(type.word);
        }
        case METRIC -> metrics.add(stretch(end));
        default -> in.skip(tag, end);
      }
    }
    collected.describe(family, said);
    for (Stretch metric : metrics) {
      metric(metric, type);
    }
    in.jump(end);
  }

  private Type type(long number) {
    if (number < 0 || number >= Type.values().length) {
      throw new MalformedInput(
          where() + ": type " + number + " found, expected 0 to " + (Type.values().length - 1));
    }
    return Type.values()[(int) number];
  }

  private Stretch stretch(int limit) {
    int end = in.end(limit);
    var stretch = new Stretch(in.position(), end);
    in.jump(end);
    return stretch;
  }

  private void metric(Stretch metric, Type type) {
    var pairs = new ArrayList<Pair>();
    Stretch value = new Stretch(0, -1);
    timestamp = 0;
    in.jump(metric.from);
    while (in.more(metric.to)) {
      int tag = in.tag();
      if (tag == LABEL) {
        pairs.add(pair(in.end(metric.to)));
      } else if (tag == TIMESTAMP) {
        timestamp = in.varint(metric.to);
      } else if (tag == type.tag) {
        value = stretch(metric.to);
      } else {
        in.skip(tag, metric.to);
      }
    }
    if (value.to < 0) {
      throw new MalformedInput(where() + ": metric without a value found, expected a " + type.word);
    }
    own = pairs;
    timestamp = timestamp == 0 ? intake.receivedMillis() : timestamp;
    intake.checkTime(timestamp, this::where);
    in.jump(value.from);
    switch (type) {
      case COUNTER, GAUGE, UNTYPED -> add("", number(value.to));
      case SUMMARY -> summary(value.to);
      case HISTOGRAM, GAUGE_HISTOGRAM -> histogram(value.to);
    }
  }

  private Pair pair(int end) {
    String name = "";
    String value = "";
    while (in.more(end)) {
      int tag = in.tag();
      switch (tag) {
        case NAME -> name = text(end);
        case LABEL_VALUE -> value = text(end);
        default -> in.skip(tag, end);
      }
    }
    return new Pair(name, value);
  }

  /** {@code { double value = 1 }}. */
  private double number(int end) {
    double value = 0;
    while (in.more(end)) {
      int tag = in.tag();
      if (tag == NUMBER) {
        value = Double.longBitsToDouble(in.fixed64(end));
      } else {
        in.skip(tag, end);
      }
    }
    return value;
  }

  /**
   * {@code Summary{ uint64 sample_count = 1, double sample_sum = 2, Quantile quantile = 3{ double
   * quantile = 1, double value = 2 }}}.
   */
  private void summary(int end) {
    var summary = new ProtoBuckets(in, end, true);
    for (ProtoBuckets.Bucket quantile : summary.buckets()) {
      add("", "quantile", quantile.bound(), quantile.value());
    }
    add("_sum", summary.sum());
    add("_count", summary.count());
  }

  private void histogram(int end) {
    var histogram = new ProtoBuckets(in, end, false);
    boolean infinite = false;
    for (ProtoBuckets.Bucket bucket : histogram.buckets()) {
      infinite |= bucket.bound() == Double.POSITIVE_INFINITY;
      add("_bucket", "le", bucket.bound(), bucket.value());
    }
    if (!infinite) {
      add("_bucket", "le", Double.POSITIVE_INFINITY, histogram.count());
    }
    add("_sum", histogram.sum());
    add("_count", histogram.count());
    if (histogram.isNative() && histogram.buckets().isEmpty()) {
      collected.refuse(Reason.NATIVE_HISTOGRAM, 1, where() + RemoteWrite.NO_NATIVE_HISTOGRAMS);
    }
  }

  private void add(String suffix, double value) {
    collected.add(named(suffix).build(this::where), timestamp, value, this::where);
  }

  private void add(String suffix, String name, double bound, double value) {
    LabelSet set = named(suffix);
    set.add(name, GoFloat.openMetrics(bound));
    collected.add(set.build(this::where), timestamp, value, this::where);
  }

  private LabelSet named(String suffix) {
    labels.clear();
    labels.add(Labels.NAME, family.isEmpty() ? "" : family + suffix);
    own.forEach(pair -> labels.add(pair.name, pair.value));
    return labels;
  }

  private String text(int limit) {
    int end = in.end(limit);
    String text = Utf8.text(bytes, in.position(), end, this::where);
    in.jump(end);
    return text;
  }
}
