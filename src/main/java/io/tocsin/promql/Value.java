package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.series.SeriesPoints;
import java.util.List;

/** The result of a query. Timestamps are milliseconds since the epoch. */
public sealed interface Value {

  /** Warnings and infos that came up on the way. */
  Notes notes();

  /** One sample of one series. */
  record Sample(Labels labels, long timestamp, double value) {}

  /** One sample for each series. */
  record Vector(List<Sample> samples, Notes notes) implements Value {
    public Vector {
      samples = List.copyOf(samples);
    }
  }

  /** A number. */
  record Scalar(long timestamp, double value, Notes notes) implements Value {}

  /** Series with their points, sorted by labels. */
  record Matrix(List<SeriesPoints> series, Notes notes) implements Value {
    public Matrix {
      series = List.copyOf(series);
    }
  }

  /** A string. */
  record Text(long timestamp, String value, Notes notes) implements Value {}
}
