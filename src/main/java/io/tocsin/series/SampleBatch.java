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
  public static final SampleBatch EMPTY = builder(1).build();

  private final Labels[] labels;
  private final long[] timestamps;
  private final double[] values;
  private final int size;
  private final int sure;

  private SampleBatch(Builder filled) {
    this.labels = filled.labels;
    this.timestamps = filled.timestamps;
    this.values = filled.values;
    this.size = filled.size;
    this.sure = filled.sure;
  }

  public static Builder builder() {
    return new Builder(16);
  }

  /** A builder with room for so many samples; it grows when there are more. */
  public static Builder builder(int expected) {
    return new Builder(Math.max(1, expected));
  }

  /** One sample alone. */
  public static SampleBatch of(Labels labels, long timestampMillis, double value) {
    return builder(1).add(labels, timestampMillis, value).build();
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** The series of a sample, {@code 0 <= i < size()}. */
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

  /** How many samples at its front are let in whatever {@link SeriesLimits} say. */
  int sure() {
    return sure;
  }

  /** A builder that holds the first so many samples already. */
  Builder firstOnes(int count) {
    Builder first = builder(size);
    System.arraycopy(labels, 0, first.labels, 0, count);
    System.arraycopy(timestamps, 0, first.timestamps, 0, count);
    System.arraycopy(values, 0, first.values, 0, count);
    first.size = count;
    return first;
  }

  /** Collects samples. */
  public static final class Builder {
    private Labels[] labels;
    private long[] timestamps;
    private double[] values;
    private int size;
    private int sure;

    private Builder(int room) {
      labels = new Labels[room];
      timestamps = new long[room];
      values = new double[room];
    }

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

    /**
     * Has the samples added so far let in whatever {@link SeriesLimits} say. For what we tell of
     * our own doings about something that was configured, never for what a sender names.
     */
    public Builder surely() {
      sure = size;
      return this;
    }

    public int size() {
      return size;
    }

    /** The batch; the columns become its own, and the builder is empty again. */
    public SampleBatch build() {
      var built = new SampleBatch(this);
      var fresh = new Builder(1);
      labels = fresh.labels;
      timestamps = fresh.timestamps;
      values = fresh.values;
      size = 0;
      sure = 0;
      return built;
    }
  }
}
