package io.tocsin.http;

import io.tocsin.label.Labels;
import io.tocsin.promql.Numbers;
import io.tocsin.promql.Value.Sample;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Samples as Prometheus hands them to another one: its text format with timestamps, each metric
 * {@code untyped}, labels of this installation where a series has none of that name, and an empty
 * {@code instance} where it would have none, so that the reader's own is not put there.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/federation/">Federation</a>
 */
final class FederatedText {
  private static final String INSTANCE = "instance";

  private final Map<String, String> external;
  private final NameEscaping escaping;
  private final StringBuilder out = new StringBuilder();

  private FederatedText(Labels external, NameEscaping escaping) {
    this.external = new TreeMap<>(external.toMap());
    this.external.putIfAbsent(INSTANCE, "");
    this.escaping = escaping;
  }

  /**
   * The exposition.
   *
   * @param samples in order of metric names; those without a name are left out
   * @param most characters; 422 beyond
   */
  static String of(List<Sample> samples, Labels external, NameEscaping escaping, int most) {
    var text = new FederatedText(external, escaping);
    String metric = "";
    for (Sample sample : samples) {
      String name = escaping.of(sample.labels().metricName());
      if (name.isEmpty()) {
        continue;
      }
      if (!name.equals(metric)) {
        text.out.append("# TYPE ").append(quoted(name)).append(" untyped\n");
        metric = name;
      }
      text.line(name, sample);
      if (text.out.length() > most) {
        throw ProblemException.of(422, "the answer would have more than " + most + " characters");
      }
    }
    return text.out.toString();
  }

  private void line(String name, Sample sample) {
    boolean classic = NameEscaping.isClassic(name);
    out.append(classic ? name : "").append('{').append(classic ? "" : quoted(name));
    var separator = new Separator(classic ? "" : ",");
    sample
        .labels()
        .forEach(
            (label, value) -> {
              if (!label.equals(Labels.NAME)) {
                label(separator, label, value);
              }
            });
    external.forEach(
        (label, value) -> {
          if (!sample.labels().has(label)) {
            label(separator, label, value);
          }
        });
    out.append("} ").append(number(sample.value()));
    out.append(' ').append(sample.timestamp()).append('\n');
  }

  /** What stands before the next label. */
  private static final class Separator {
    private String text;

    Separator(String first) {
      text = first;
    }

    String next() {
      String now = text;
      text = ",";
      return now;
    }
  }

  private void label(Separator separator, String label, String value) {
    String name = escaping.of(label);
    boolean bare = NameEscaping.isClassic(name) && name.indexOf(':') < 0;
    out.append(separator.next()).append(bare ? name : quote(name));
    out.append('=').append(quote(value));
  }

  private static String quoted(String metric) {
    return NameEscaping.isClassic(metric) ? metric : quote(metric);
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"") + '"';
  }

  /** As Go's {@code %g}, but for a zero, which has no sign here. */
  private static String number(double value) {
    return value == 0 ? "0" : Numbers.shortest(value);
  }
}
