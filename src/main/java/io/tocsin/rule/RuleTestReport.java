package io.tocsin.rule;

import java.util.ArrayList;
import java.util.List;

/** How the tests of a file went. */
public record RuleTestReport(String file, List<Failure> failures, List<String> warnings) {

  public RuleTestReport {
    failures = List.copyOf(failures);
    warnings = List.copyOf(warnings);
  }

  /** This report with what is odd but no failure. */
  public RuleTestReport warning(List<String> more) {
    var all = new ArrayList<>(warnings);
    all.addAll(more);
    return new RuleTestReport(file, failures, all);
  }

  /**
   * One expectation that did not hold.
   *
   * @param test name of the test, may be empty
   * @param what which expectation
   * @param expected one line each
   * @param found one line each
   */
  public record Failure(String test, String what, List<String> expected, List<String> found) {
    public Failure {
      expected = List.copyOf(expected);
      found = List.copyOf(found);
    }
  }

  public boolean passed() {
    return failures.isEmpty();
  }

  /** As promtool prints it, with what differs below. */
  @Override
  public String toString() {
    var text = new StringBuilder("Unit Testing: ").append(file).append('\n');
    warnings.forEach(warning -> text.append("  WARNING: ").append(warning).append('\n'));
    if (passed()) {
      return text.append("  SUCCESS\n").toString();
    }
    text.append("  FAILED:\n");
    for (Failure failure : failures) {
      String name = failure.test().isEmpty() ? "" : "name: " + failure.test() + ", ";
      text.append("    ").append(name).append(failure.what()).append(",\n");
      lines(text, "exp", failure.expected());
      lines(text, "got", failure.found());
      difference(text, failure);
    }
    return text.toString();
  }

  private static void lines(StringBuilder text, String title, List<String> lines) {
    text.append("        ").append(title).append(": [");
    for (int i = 0; i < lines.size(); i++) {
      text.append("\n            ").append(i).append(": ").append(lines.get(i));
    }
    text.append(lines.isEmpty() ? "]\n" : "\n        ]\n");
  }

  /** What was expected only, what was found only, and where one line parts from its twin. */
  private static void difference(StringBuilder text, Failure failure) {
    var missing = new ArrayList<>(failure.expected());
    failure.found().forEach(missing::remove);
    var extra = new ArrayList<>(failure.found());
    failure.expected().forEach(extra::remove);
    text.append("        diff:\n");
    missing.forEach(line -> text.append("          - ").append(line).append('\n'));
    extra.forEach(line -> text.append("          + ").append(line).append('\n'));
    if (missing.size() == 1 && extra.size() == 1) {
      int same = 0;
      String one = missing.getFirst();
      String other = extra.getFirst();
      while (same < Math.min(one.length(), other.length())
          && one.charAt(same) == other.charAt(same)) {
        same++;
      }
      text.append(" ".repeat(12 + same)).append("^\n");
    }
  }
}
