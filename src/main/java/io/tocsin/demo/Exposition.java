package io.tocsin.demo;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Writes numbers in Prometheus' text format, version 0.0.4; a metric whose name ends in {@code
 * _total} or {@code _sum} is a counter.
 */
final class Exposition {

  private final StringBuilder text = new StringBuilder();
  private final Set<String> typed = new HashSet<>();

  /**
   * One sample.
   *
   * @param labels name, value, name, value
   */
  Exposition put(String name, double value, String... labels) {
    if (typed.add(name)) {
      String kind = name.endsWith("_total") || name.endsWith("_sum") ? "counter" : "gauge";
      text.append("# TYPE ").append(name).append(' ').append(kind).append('\n');
    }
    text.append(name);
    for (int i = 0; i < labels.length; i += 2) {
      text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"").append(labels[i + 1]);
      text.append('"');
    }
    text.append(labels.length == 0 ? "" : "}");
    text.append(' ').append(String.format(Locale.ROOT, "%.6f", value)).append('\n');
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
