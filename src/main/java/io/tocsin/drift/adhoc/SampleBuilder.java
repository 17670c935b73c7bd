package io.tocsin.drift.adhoc;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Collects the values of one side. The first value that is there decides what kind they are. */
final class SampleBuilder {

  private static final Set<String> NOT_FINITE =
      Set.of("nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "null", "");

  private enum Kind {
    UNKNOWN,
    NUMBERS,
    TEXTS
  }

  private final String field;
  private final int most;
  private Kind kind = Kind.UNKNOWN;
  private double[] numbers = new double[16];
  private int size;
  private final Map<String, Long> counts = new HashMap<>();
  private long missing;
  private long seen;

  /**
   * Starts with nothing.
   *
   * @param field named in errors
   * @param most values allowed
   */
  SampleBuilder(String field, int most) {
    this.field = field;
    this.most = most;
  }

  void number(double value) {
    if (!Double.isFinite(value)) {
      missing();
      return;
    }
    next();
    if (kind == Kind.TEXTS) {
      throw mixed("the number " + name(value), "a text like those before");
    }
    kind = Kind.NUMBERS;
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
    }
    numbers[size++] = value;
  }

  void text(String value) {
    if (kind != Kind.TEXTS && notFinite(value)) {
      missing();
      return;
    }
    next();
    if (kind == Kind.NUMBERS) {
      throw mixed("\"" + value + "\"", "a number like those before");
    }
    kind = Kind.TEXTS;
    counts.merge(value, 1L, Long::sum);
  }

  /** Whether a text stands for a number that is none. */
  static boolean notFinite(String text) {
    return NOT_FINITE.contains(text.toLowerCase(Locale.ROOT));
  }

  /** Rows of a category that were counted elsewhere. */
  void count(String category, long rows) {
    if (rows < 0) {
      throw BadInput.of(field + "." + category, String.valueOf(rows), "a count of 0 or more");
    }
    kind = Kind.TEXTS;
    if (rows > 0) {
      counts.merge(category, rows, Long::sum);
    }
  }

  void missing() {
    next();
    missing++;
  }

  private void next() {
    if (++seen > most) {
      throw new BadInput("%s: more than %d values".formatted(field, most));
    }
  }

  private BadInput mixed(String found, String expected) {
    return BadInput.of("%s[%d]".formatted(field, seen - 1), found, expected);
  }

  Sample build() {
    return kind == Kind.TEXTS
        ? new Sample.Categories(counts, missing)
        : new Sample.Numbers(Arrays.copyOf(numbers, size), missing);
  }

  /** 3 rather than 3.0. */
  static String name(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
