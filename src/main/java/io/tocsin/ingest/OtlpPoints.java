package io.tocsin.ingest;

import io.tocsin.ingest.Refused.Reason;
import io.tocsin.label.Labels;
import io.tocsin.series.StaleMarker;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The points of one OTLP metric as samples. Differences become running totals; a histogram becomes
 * {@code _bucket}, {@code _sum} and {@code _count}, a summary {@code quantile}, {@code _sum} and
 * {@code _count}. Exponential histograms are refused: they need native ones.
 */
final class OtlpPoints {

  /** What is said of the metric itself. */
  record Metric(String name, String description, String unit) {}

  /** The kinds of data, by their field in {@code Metric}. */
  enum Kind {
    GAUGE(5),
    SUM(7),
    HISTOGRAM(9),
    EXPONENTIAL_HISTOGRAM(10),
    SUMMARY(11);

    private final int tag;

    Kind(int field) {
      this.tag = field << 3 | ProtoReader.LENGTH_DELIMITED;
    }

    static Optional<Kind> of(int tag) {
      for (Kind kind : values()) {
        if (kind.tag == tag) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  private static final int POINT = 1 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int TEMPORALITY = 2 << 3 | ProtoReader.VARINT;
  private static final int MONOTONIC = 3 << 3 | ProtoReader.VARINT;
  private static final long DELTA = 1;
  private static final long CUMULATIVE = 2;

  private final ProtoReader in;
  private final OtlpAttributes attributes;
  private final Format.Intake intake;
  private final Collected collected;
  private final OtlpLabels labels;
  private final Supplier<String> where;
  private OptionalLong latest = OptionalLong.empty();
  private boolean delta;

  OtlpPoints(
      ProtoReader in,
      OtlpAttributes attributes,
      Format.Intake intake,
      Collected collected,
      OtlpLabels labels,
      Supplier<String> where) {
    this.in = in;
    this.attributes = attributes;
    this.intake = intake;
    this.collected = collected;
    this.labels = labels;
    this.where = where;
  }

  /** The newest timestamp of all points read, in milliseconds. */
  OptionalLong latest() {
    return latest;
  }

  /** Reads a metric's data; the reader stands at its first field. */
  void read(Kind kind, int end, Metric metric) {
    int start = in.position();
    long temporality = 0;
    boolean monotonic = false;
    while (in.more(end)) {
      int tag = in.tag();
      switch (tag) {
        case TEMPORALITY -> temporality = in.varint(end);
        case MONOTONIC -> monotonic = in.varint(end) != 0;
        default -> in.skip(tag, end);
      }
    }
    in.jump(start);
    delta = temporality == DELTA;
    boolean timed = kind == Kind.SUM || kind == Kind.HISTOGRAM;
    if (timed && temporality != DELTA && temporality != CUMULATIVE) {
      refuseAll(
          end, Reason.KIND, ": aggregation temporality " + temporality + " found, expected 1 or 2");
      return;
    }
    boolean counter = kind == Kind.SUM && monotonic;
    String name = OtlpNames.metric(metric.name, metric.unit, naming(kind, counter));
    describe(kind, counter, name, metric);
    while (in.more(end)) {
      int tag = in.tag();
      if (tag != POINT) {
        in.skip(tag, end);
        continue;
      }
      int pointEnd = in.end(end);
      switch (kind) {
        case GAUGE, SUM -> number(name, pointEnd);
        case HISTOGRAM -> histogram(name, pointEnd);
        case SUMMARY -> summary(name, pointEnd);
        case EXPONENTIAL_HISTOGRAM -> {
          collected.refuse(
              Reason.NATIVE_HISTOGRAM,
              1,
              where.get() + ": exponential histogram found, expected one with explicit bounds");
          in.jump(pointEnd);
        }
      }
    }
  }

  private static OtlpNames.Kind naming(Kind kind, boolean counter) {
    if (kind == Kind.GAUGE) {
      return OtlpNames.Kind.GAUGE;
    }
    return counter ? OtlpNames.Kind.COUNTER : OtlpNames.Kind.OTHER;
  }

  private void describe(Kind kind, boolean counter, String name, Metric metric) {
    String type =
        switch (kind) {
          case GAUGE -> "gauge";
          case SUM -> counter ? "counter" : "gauge";
          case HISTOGRAM, EXPONENTIAL_HISTOGRAM -> "histogram";
          case SUMMARY -> "summary";
        };
    collected.describe(
        name, new Description(type, metric.description, OtlpNames.unit(metric.unit)));
  }

  private void refuseAll(int end, Reason reason, String why) {
    int points = 0;
    while (in.more(end)) {
      int tag = in.tag();
      points += tag == POINT ? 1 : 0;
      in.skip(tag, end);
    }
    if (points > 0) {
      collected.refuse(reason, points, where.get() + why);
    }
  }

  private void number(String name, int end) {
    var point = OtlpPoint.number(in, attributes, end);
    emit(name, labels.of(point.attributes()), "", "", point, point.value());
  }

  private void histogram(String name, int end) {
    var point = OtlpPoint.histogram(in, attributes, end);
    double[] bounds = point.bounds();
    double[] counts = point.counts();
    if (counts.length != 0 && counts.length != bounds.length + 1) {
      collected.refuse(
          Reason.KIND,
          1,
          where.get()
              + ": "
              + counts.length
              + " bucket counts found, expected "
              + (bounds.length + 1)
              + ", one more than bounds");
      return;
    }
    Map<String, String> common = labels.of(point.attributes());
    if (point.sum().isPresent()) {
      emit(name + "_sum", common, "", "", point, point.sum().getAsDouble());
    }
    emit(name + "_count", common, "", "", point, point.count());
    double upTo = 0;
    for (int i = 0; counts.length > 0 && i < bounds.length; i++) {
      upTo += counts[i];
      if (bounds[i] != Double.POSITIVE_INFINITY) {
        emit(name + "_bucket", common, "le", GoFloat.plain(bounds[i]), point, upTo);
      }
    }
    emit(name + "_bucket", common, "le", "+Inf", point, point.count());
  }

  private void summary(String name, int end) {
    delta = false;
    var point = OtlpPoint.summary(in, attributes, end);
    Map<String, String> common = labels.of(point.attributes());
    emit(name + "_sum", common, "", "", point, point.sum().orElse(0));
    emit(name + "_count", common, "", "", point, point.count());
    for (int i = 0; i < point.bounds().length; i++) {
      String quantile = GoFloat.plain(point.bounds()[i]);
      emit(name, common, "quantile", quantile, point, point.counts()[i]);
    }
  }

  private void emit(
      String name,
      Map<String, String> common,
      String label,
      String labelValue,
      OtlpPoint point,
      double value) {
    long timestamp = point.nanos() == 0 ? intake.receivedMillis() : millis(point.nanos());
    labels
        .series(name, common, label, labelValue)
        .ifPresent(
            series -> {
              if (point.stale()) {
                keep(series, timestamp, StaleMarker.VALUE);
              } else if (!delta || !intake.inTime(timestamp)) {
                keep(series, timestamp, value);
              } else {
                total(series, timestamp, value);
              }
            });
  }

  private void total(Labels series, long timestamp, double difference) {
    OptionalDouble total = intake.otlp().deltas().add(series, timestamp, difference);
    if (total.isPresent()) {
      keep(series, timestamp, total.getAsDouble());
    } else {
      collected.refuse(
          Reason.DELTA,
          1,
          where.get() + ": a difference at " + timestamp + " found, expected one after the last");
    }
  }

  private void keep(Labels series, long timestamp, double value) {
    if (latest.isEmpty() || latest.getAsLong() < timestamp) {
      latest = OptionalLong.of(timestamp);
    }
    collected.add(series, timestamp, value, where);
  }

  private static long millis(long nanos) {
    return Long.divideUnsigned(nanos, 1_000_000);
  }
}
