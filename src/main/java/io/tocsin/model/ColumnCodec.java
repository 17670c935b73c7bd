package io.tocsin.model;

import java.util.Arrays;

/**
 * Columns of numbers in as few bytes as keep them exact: whole multiples of a power of ten in four
 * bytes, floats in four, else doubles in eight.
 */
final class ColumnCodec {

  private static final int DOUBLES = 0;
  private static final int FLOATS = 1;
  private static final int NONE = 2;

  /** Added to the number of decimals. */
  private static final int DECIMALS = 16;

  private static final int MOST_DECIMALS = 6;
  private static final double[] POWERS = {1, 10, 100, 1e3, 1e4, 1e5, 1e6};
  private static final int MISSING = Integer.MIN_VALUE;

  private ColumnCodec() {}

  static void write(ByteSink out, double[] values) {
    int form = form(values);
    out.b(form);
    switch (form) {
      case NONE -> {}
      case DOUBLES -> out.doubles(values);
      case FLOATS -> out.floats(values);
      default -> out.ints(scaled(values, form - DECIMALS));
    }
  }

  private static int form(double[] values) {
    int decimals = 0;
    boolean floats = true;
    boolean none = true;
    for (double value : values) {
      if (Double.isNaN(value)) {
        continue;
      }
      none = false;
      while (decimals <= MOST_DECIMALS && !scales(value, decimals)) {
        decimals++;
      }
      floats = floats && (float) value == value;
      if (decimals > MOST_DECIMALS && !floats) {
        return DOUBLES;
      }
    }
    if (none) {
      return NONE;
    }
    return decimals <= MOST_DECIMALS && allScale(values, decimals)
        ? DECIMALS + decimals
        : floats ? FLOATS : DOUBLES;
  }

  /** Early values fitted fewer decimals; with more of them large ones may not fit any longer. */
  private static boolean allScale(double[] values, int decimals) {
    for (double value : values) {
      if (!Double.isNaN(value) && !scales(value, decimals)) {
        return false;
      }
    }
    return true;
  }

  private static boolean scales(double value, int decimals) {
    double scaled = Math.rint(value * POWERS[decimals]);
    return Math.abs(scaled) < Integer.MAX_VALUE
        && scaled / POWERS[decimals] == value
        // The sign of a negative zero would be lost.
        && (scaled != 0 || Double.doubleToRawLongBits(value) == 0);
  }

  private static int[] scaled(double[] values, int decimals) {
    var scaled = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = Double.isNaN(values[i]) ? MISSING : (int) Math.rint(values[i] * POWERS[decimals]);
    }
    return scaled;
  }

  static double[] read(ByteSource in, int size) {
    int form = in.b();
    return switch (form) {
      case NONE -> missing(size);
      case DOUBLES -> in.doubles(size);
      case FLOATS -> in.floats(size);
      default -> {
        int decimals = form - DECIMALS;
        if (decimals < 0 || decimals > MOST_DECIMALS) {
          throw new ByteSource.CorruptEntry("a column of form " + form);
        }
        yield unscaled(in.ints(size), decimals);
      }
    };
  }

  private static double[] missing(int size) {
    var values = new double[size];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private static double[] unscaled(int[] scaled, int decimals) {
    var values = new double[scaled.length];
    for (int i = 0; i < scaled.length; i++) {
      values[i] = scaled[i] == MISSING ? Double.NaN : scaled[i] / POWERS[decimals];
    }
    return values;
  }

  /** Small codes from -1 on: one number when all are the same, else one or more bytes each. */
  static void writeCodes(ByteSink out, int[] codes) {
    boolean same = true;
    for (int code : codes) {
      same &= code == codes[0];
    }
    out.b(same ? 1 : 0);
    if (same) {
      out.count(codes.length == 0 ? 0 : codes[0] + 1);
      return;
    }
    for (int code : codes) {
      out.count(code + 1);
    }
  }

  /**
   * @param words how many codes there are
   */
  static int[] readCodes(ByteSource in, int size, int words) {
    boolean same = in.b() == 1;
    var codes = new int[size];
    if (same) {
      int code = in.size(words) - 1;
      Arrays.fill(codes, code);
      return codes;
    }
    for (int i = 0; i < size; i++) {
      codes[i] = in.size(words) - 1;
    }
    return codes;
  }
}
