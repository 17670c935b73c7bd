package io.tocsin.ingest;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One OTLP data point of any kind.
 *
 * @param nanos its time, nanoseconds since the epoch, unsigned; 0 when it has none
 * @param stale whether it says that there is no value any more
 * @param value of a number
 * @param bounds of a histogram's buckets, or a summary's quantiles
 * @param counts of a histogram's buckets, or the values at the quantiles
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OtlpPoint(
    SortedMap<String, String> attributes,
    long nanos,
    boolean stale,
    double value,
    double count,
    OptionalDouble sum,
    double[] bounds,
    double[] counts) {

  private static final int TIME = 3 << 3 | ProtoReader.FIXED64;
  private static final int FLAGS_NUMBER = 8 << 3 | ProtoReader.VARINT;
  private static final int FLAGS_HISTOGRAM = 10 << 3 | ProtoReader.VARINT;
  private static final int DOUBLE = 4 << 3 | ProtoReader.FIXED64;
  private static final int INTEGER = 6 << 3 | ProtoReader.FIXED64;
  private static final int ATTRIBUTE_NUMBER = 7 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int ATTRIBUTE_HISTOGRAM = 9 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int COUNT = 4 << 3 | ProtoReader.FIXED64;
  private static final int SUM = 5 << 3 | ProtoReader.FIXED64;
  private static final int COUNTS = 6 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int COUNTS_APART = 6 << 3 | ProtoReader.FIXED64;
  private static final int BOUNDS = 7 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int BOUNDS_APART = 7 << 3 | ProtoReader.FIXED64;
  private static final int QUANTILE = 6 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int AT = 1 << 3 | ProtoReader.FIXED64;
  private static final int VALUE = 2 << 3 | ProtoReader.FIXED64;
  private static final long NO_RECORDED_VALUE = 1;
  private static final double[] NONE = {};

  /** {@code NumberDataPoint}. */
  static OtlpPoint number(ProtoReader in, OtlpAttributes attributes, int end) {
    var said = new TreeMap<String, String>();
    long nanos = 0;
    long flags = 0;
    double value = 0;
    while (in.more(end)) {
      int tag = in.tag();
      switch (tag) {
        case TIME -> nanos = in.fixed64(end);
        case DOUBLE -> value = Double.longBitsToDouble(in.fixed64(end));
        case INTEGER -> value = in.fixed64(end);
        case FLAGS_NUMBER -> flags = in.varint(end);
        case ATTRIBUTE_NUMBER -> attributes.read(in.end(end), said);
        default -> in.skip(tag, end);
      }
    }
    return new OtlpPoint(said, nanos, isStale(flags), value, 0, OptionalDouble.empty(), NONE, NONE);
  }

  /** {@code HistogramDataPoint}. */
  static OtlpPoint histogram(ProtoReader in, OtlpAttributes attributes, int end) {
    var said = new TreeMap<String, String>();
    long nanos = 0;
    long flags = 0;
    double count = 0;
    var sum = OptionalDouble.empty();
    var bounds = new Doubles();
    var counts = new Doubles();
    while (in.more(end)) {
      int tag = in.tag();
      switch (tag) {
        case TIME -> nanos = in.fixed64(end);
        case COUNT -> count = unsigned(in.fixed64(end));
        case SUM -> sum = OptionalDouble.of(Double.longBitsToDouble(in.fixed64(end)));
        case COUNTS -> {
          int packed = in.end(end);
          while (in.more(packed)) {
            counts.add(unsigned(in.fixed64(packed)));
          }
        }
        case COUNTS_APART -> counts.add(unsigned(in.fixed64(end)));
        case BOUNDS -> {
          int packed = in.end(end);
          while (in.more(packed)) {
            bounds.add(Double.longBitsToDouble(in.fixed64(packed)));
          }
        }
        case BOUNDS_APART -> bounds.add(Double.longBitsToDouble(in.fixed64(end)));
        case FLAGS_HISTOGRAM -> flags = in.varint(end);
        case ATTRIBUTE_HISTOGRAM -> attributes.read(in.end(end), said);
        default -> in.skip(tag, end);
      }
    }
    return new OtlpPoint(
        said, nanos, isStale(flags), 0, count, sum, bounds.values(), counts.values());
  }

  /** {@code SummaryDataPoint}. */
  static OtlpPoint summary(ProtoReader in, OtlpAttributes attributes, int end) {
    var said = new TreeMap<String, String>();
    long nanos = 0;
    long flags = 0;
    double count = 0;
    var sum = OptionalDouble.empty();
    var quantiles = new Doubles();
    var values = new Doubles();
    while (in.more(end)) {
      int tag = in.tag();
      switch (tag) {
        case TIME -> nanos = in.fixed64(end);
        case COUNT -> count = unsigned(in.fixed64(end));
        case SUM -> sum = OptionalDouble.of(Double.longBitsToDouble(in.fixed64(end)));
        case QUANTILE -> quantile(in, in.end(end), quantiles, values);
        case FLAGS_NUMBER -> flags = in.varint(end);
        case ATTRIBUTE_NUMBER -> attributes.read(in.end(end), said);
        default -> in.skip(tag, end);
      }
    }
    return new OtlpPoint(
        said, nanos, isStale(flags), 0, count, sum, quantiles.values(), values.values());
  }

  private static void quantile(ProtoReader in, int end, Doubles quantiles, Doubles values) {
    double at = 0;
    double value = 0;
    while (in.more(end)) {
      int tag = in.tag();
      switch (tag) {
        case AT -> at = Double.longBitsToDouble(in.fixed64(end));
        case VALUE -> value = Double.longBitsToDouble(in.fixed64(end));
        default -> in.skip(tag, end);
      }
    }
    quantiles.add(at);
    values.add(value);
  }

  private static boolean isStale(long flags) {
    return (flags & NO_RECORDED_VALUE) != 0;
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : (value >>> 1) * 2.0;
  }

  /** A list of numbers that grows. */
  private static final class Doubles {
    private double[] values = new double[16];
    private int size;

    void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
    }

    double[] values() {
      return Arrays.copyOf(values, size);
    }
  }
}
