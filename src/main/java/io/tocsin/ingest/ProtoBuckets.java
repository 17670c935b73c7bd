package io.tocsin.ingest;

import java.util.ArrayList;
import java.util.List;

/**
 * A {@code Histogram} or {@code Summary} of Prometheus' protobuf exposition: {@code { uint64
 * sample_count = 1, double sample_sum = 2, repeated Bucket bucket (Quantile quantile) = 3, double
 * sample_count_float = 4, ... }}, and of a histogram the fields that native buckets are made of.
 *
 * @see <a
 *     href="https://github.com/prometheus/client_model/blob/master/io/prometheus/client/metrics.proto">metrics.proto</a>
 */
final class ProtoBuckets {
  private static final int COUNT = 1 << 3 | ProtoReader.VARINT;
  private static final int SUM = 2 << 3 | ProtoReader.FIXED64;
  private static final int PART = 3 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int COUNT_FLOAT = 4 << 3 | ProtoReader.FIXED64;
  private static final int ZERO_THRESHOLD = 6 << 3 | ProtoReader.FIXED64;
  private static final int ZERO_COUNT = 7 << 3 | ProtoReader.VARINT;
  private static final int NEGATIVE_SPAN = 9 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int POSITIVE_SPAN = 12 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int FIRST = 1 << 3 | ProtoReader.FIXED64;

  /** A bucket up to a bound with its count, or a quantile with its value. */
  record Bucket(double bound, double value) {}

  private final ProtoReader in;
  private final boolean summary;
  private final List<Bucket> buckets = new ArrayList<>();
  private double count;
  private double sum;
  private boolean isNative;

  /**
   * Reads the message that ends there.
   *
   * @param summary whether it is a summary
   */
  ProtoBuckets(ProtoReader in, int end, boolean summary) {
    this.in = in;
    this.summary = summary;
    while (in.more(end)) {
      int tag = in.tag();
      switch (tag) {
        case COUNT -> count = count == 0 ? unsigned(in.varint(end)) : count;
        case COUNT_FLOAT -> count = orElse(Double.longBitsToDouble(in.fixed64(end)), count);
        case SUM -> sum = Double.longBitsToDouble(in.fixed64(end));
        case PART -> part(in.end(end));
        case ZERO_THRESHOLD -> isNative |= Double.longBitsToDouble(in.fixed64(end)) > 0;
        case ZERO_COUNT -> isNative |= in.varint(end) > 0;
        case NEGATIVE_SPAN, POSITIVE_SPAN -> {
          isNative = true;
          in.skip(tag, end);
        }
        default -> in.skip(tag, end);
      }
    }
  }

  /**
   * {@code Bucket{ uint64 cumulative_count = 1, double upper_bound = 2, double
   * cumulative_count_float = 4 }} or {@code Quantile{ double quantile = 1, double value = 2 }}.
   */
  private void part(int end) {
    double whole = 0;
    double fraction = 0;
    double first = 0;
    double second = 0;
    while (in.more(end)) {
      int tag = in.tag();
      switch (tag) {
        case COUNT -> whole = unsigned(in.varint(end));
        case COUNT_FLOAT -> fraction = Double.longBitsToDouble(in.fixed64(end));
        case FIRST -> first = Double.longBitsToDouble(in.fixed64(end));
        case SUM -> second = Double.longBitsToDouble(in.fixed64(end));
        default -> in.skip(tag, end);
      }
    }
    buckets.add(summary ? new Bucket(first, second) : new Bucket(second, orElse(fraction, whole)));
  }

  private static double orElse(double value, double otherwise) {
    return value == 0 ? otherwise : value;
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : (value >>> 1) * 2.0;
  }

  double count() {
    return count;
  }

  double sum() {
    return sum;
  }

  /** Buckets or quantiles, in the order of the message. */
  List<Bucket> buckets() {
    return buckets;
  }

  /** Whether it has native buckets, be they empty. */
  boolean isNative() {
    return isNative;
  }
}
