package io.tocsin.rule;

import java.util.List;

/** How the tests of a file went. */
public record RuleTestReport(String file, List<Failure> failures) {

  public RuleTestReport {
    failures = List.copyOf(failures);
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

  /** As promtool prints it. */
  @Override
  public String toString() {
    var text = new StringBuilder("Unit Testing: ").append(file).append('\n');
    if (passed()) {
      return text.append("  SUCCESS\n").toString();
    }
    text.append("  FAILED:\n");
    for (Failure failure : failures) {
      String name = failure.test().isEmpty() ? "" : "name: " + failure.test() + ", ";
      text.append("    ").append(name).append(failure.what()).append(",\n");
      lines(text, "exp", failure.expected());
      lines(text, "got", failure.found());
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
}
