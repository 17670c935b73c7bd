package io.tocsin.drift.adhoc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects values row by row. The first value that is there decides what kind they are. */
final class RowsBuilder {

  private final String field;
  private final int most;
  private final List<String> texts = new ArrayList<>();
  private double[] numbers = new double[16];
  private int size;
  private boolean text;
  private boolean numeric;
  private long missing;

  RowsBuilder(String field, int most) {
    this.field = field;
    this.most = most;
  }

  void number(double value) {
    if (!Double.isFinite(value)) {
      missing();
      return;
    }
    if (text) {
      throw BadInput.of(place(), "the number " + SampleBuilder.name(value), "a text");
    }
    numeric = true;
    add(value);
  }

  void text(String value) {
    if (!text && SampleBuilder.notFinite(value)) {
      missing();
      return;
    }
    if (numeric) {
      throw BadInput.of(place(), "\"" + value + "\"", "a number");
    }
    text = true;
    bounded();
    size++;
    texts.add(value);
  }

  void missing() {
    missing++;
    add(Double.NaN);
  }

  private void add(double value) {
    bounded();
    if (text) {
      size++;
      return;
    }
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
    }
    numbers[size++] = value;
  }

  private void bounded() {
    if (size >= most) {
      throw new BadInput("%s: more than %d values".formatted(field, most));
    }
  }

  private String place() {
    return field + "[" + size + "]";
  }

  Rows build() {
    if (text) {
      return new Rows(field, new double[0], List.copyOf(texts), missing);
    }
    double[] values = Arrays.copyOf(numbers, size);
    return new Rows(
        field, values, Arrays.stream(values).mapToObj(SampleBuilder::name).toList(), missing);
  }
}
