package io.tocsin.incident;

import io.tocsin.alert.Alert;
import io.tocsin.alert.Severity;
import io.tocsin.label.Matcher;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the configuration says of how bad alerts are; the first rule that is about an alert has the
 * word, else the alert itself.
 */
public record SeverityRules(List<Rule> rules) {

  /** The alerts have the word. */
  public static final SeverityRules NONE = new SeverityRules(List.of());

  /** Where an alert says how many customers it hits, as label or annotation. */
  public static final String AFFECTED_CUSTOMERS = "affected_customers";

  /** Where an alert says that revenue is lost, as label or annotation. */
  public static final String REVENUE_IMPACT = "revenue_impact";

  /**
   * One rule; everything it names must hold.
   *
   * @param matchers conditions on labels
   * @param words any of which summary or description must say; none asks for none
   * @param customersOver how many customers must be hit at least, plus one
   * @param revenue whether revenue must be lost
   * @param severity what such an alert is
   */
  public record Rule(
      List<Matcher> matchers,
      List<String> words,
      OptionalInt customersOver,
      boolean revenue,
      Severity severity) {
    public Rule {
      matchers = List.copyOf(matchers);
      words = List.copyOf(words);
    }

    boolean about(Alert alert) {
      return Matcher.all(matchers, alert.labels())
          && (words.isEmpty() || AutomaticPriority.says(text(alert), words))
          && (customersOver.isEmpty() || customers(alert) > customersOver.getAsInt())
          && (!revenue || said(alert, REVENUE_IMPACT).equals("true"));
    }

    private static String text(Alert alert) {
      return alert.summary() + " " + alert.annotations().getOrDefault("description", "");
    }

    private static long customers(Alert alert) {
      String said = said(alert, AFFECTED_CUSTOMERS);
      return said.matches("\\d{1,15}") ? Long.parseLong(said) : 0;
    }

    private static String said(Alert alert, String name) {
      String label = alert.labels().get(name);
      return label.isEmpty() ? alert.annotations().getOrDefault(name, "") : label;
    }
  }

  public SeverityRules {
    rules = List.copyOf(rules);
  }

  /** How bad an alert is. */
  public Severity of(Alert alert) {
    for (Rule rule : rules) {
      if (rule.about(alert)) {
        return rule.severity();
      }
    }
    return alert.severity();
  }
}
