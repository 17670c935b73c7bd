package io.tocsin.series;

import io.tocsin.label.Labels;
import java.util.Arrays;

/**
 * Samples on their way in, in order of arrival: labels, timestamp (milliseconds since the epoch)
 * and value side by side in columns. Immutable; consecutive samples of one series share their
 * {@link Labels} instance.
 */
public final class SampleBatch {

  /** Nothing. */
  public static final SampleBatch EMPTY = new Builder().build();

  private final Labels[] labels;
  private final long[] timestamps;
  private final double[] values;

  private SampleBatch(Labels[] labels, long[] timestamps, double[] values) {
    this.labels = labels;
    this.timestamps = timestamps;
    this.values = values;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** One sample alone. */
  public static SampleBatch of(Labels labels, long timestampMillis, double value) {
    return builder().add(labels, timestampMillis, value).build();
  }

  public int size() {
    return values.length;
  }

  public boolean isEmpty() {
    return values.length == 0;
  }

  public Labels labels(int i) {
    return labels[i];
  }

  /** Milliseconds since the epoch. */
  public long timestamp(int i) {
    return timestamps[i];
  }

  public double value(int i) {
    return values[i];
  }

  /** Collects samples. */
  public static final class Builder {
    private Labels[] labels = new Labels[16];
    private long[] timestamps = new long[16];
    private double[] values = new double[16];
    private int size;

    public Builder add(Labels series, long timestampMillis, double value) {
      if (size == values.length) {
        labels = Arrays.copyOf(labels, size * 2);
        timestamps = Arrays.copyOf(timestamps, size * 2);
        values = Arrays.copyOf(values, size * 2);
      }
      labels[size] = series;
      timestamps[size] = timestampMillis;
      values[size++] = value;
      return this;
    }

    public Builder addAll(SampleBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        add(batch.labels(i), batch.timestamp(i), batch.value(i));
      }
      return this;
    }

    public int size() {
      return size;
    }

    public SampleBatch build() {
      return new SampleBatch(
          Arrays.copyOf(labels, size),
          Arrays.copyOf(timestamps, size),
          Arrays.copyOf(values, size));
    }
  }
}
