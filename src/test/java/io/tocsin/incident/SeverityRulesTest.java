package io.tocsin.incident;

import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.firing;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Severity;
import io.tocsin.incident.SeverityRules.Rule;
import io.tocsin.label.Matcher;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeverityRulesTest {

  private static Rule rule(
      List<Matcher> matchers, List<String> words, int over, boolean revenue, Severity severity) {
    OptionalInt customers = over < 0 ? OptionalInt.empty() : OptionalInt.of(over);
    return new Rule(matchers, words, customers, revenue, severity);
  }

  private final SeverityRules rules =
      new SeverityRules(
          List.of(
              rule(List.of(), List.of("data loss"), -1, false, Severity.CRITICAL),
              rule(List.of(), List.of(), 100, false, Severity.CRITICAL),
              rule(List.of(Matcher.equal("team", "web")), List.of(), -1, true, Severity.HIGH),
              rule(List.of(Matcher.equal("env", "dev")), List.of(), -1, false, Severity.LOW)));

  @Test
  void theFirstRuleThatIsAboutAnAlertHasTheWord() {
    assertThat(rules.of(firing("A", T0, "severity", "warning"))).isEqualTo(Severity.MEDIUM);
    assertThat(rules.of(firing("A", T0, "severity", "critical", "env", "dev")))
        .isEqualTo(Severity.LOW);
    assertThat(rules.of(firing("Data loss", T0, "env", "dev"))).isEqualTo(Severity.CRITICAL);
    assertThat(rules.of(firing("A", T0, "affected_customers", "101"))).isEqualTo(Severity.CRITICAL);
    assertThat(rules.of(firing("A", T0, "affected_customers", "100"))).isEqualTo(Severity.MEDIUM);
    assertThat(rules.of(firing("A", T0, "team", "web", "revenue_impact", "true")))
        .isEqualTo(Severity.HIGH);
    assertThat(rules.of(firing("A", T0, "team", "web"))).isEqualTo(Severity.MEDIUM);
  }

  @ParameterizedTest
  @CsvSource({
    "The site is DOWN, '', 0, false, CRITICAL",
    "Downloads are slow, '', 0, false, MEDIUM",
    "Possible data loss, '', 0, false, CRITICAL",
    "Reports are late, enterprise, 101, false, CRITICAL",
    "Reports are late, enterprise, 100, false, MEDIUM",
    "Login not working, '', 0, false, HIGH",
    "A billing issue, '', 0, false, HIGH",
    "Reports are late, business, 0, false, HIGH",
    "Reports are late, '', 0, true, HIGH",
    "A feature request, '', 0, false, LOW",
    "It would be nice to have dark mode, '', 0, false, LOW",
    "How do I export?, '', 0, false, MEDIUM"
  })
  void theOwnersAutomaticPriority(
      String text, String tier, int affected, boolean revenue, Severity expected) {
    Optional<String> customer = Optional.of(tier).filter(it -> !it.isEmpty());
    assertThat(AutomaticPriority.of(text, customer, OptionalInt.of(affected), revenue))
        .isEqualTo(expected);
  }
}
