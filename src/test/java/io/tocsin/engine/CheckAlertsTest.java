package io.tocsin.engine;

import static io.tocsin.alert.AlertExamples.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertTracker;
import io.tocsin.alert.AlertView.RuleHealth;
import io.tocsin.alert.Alerts;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Severity;
import io.tocsin.check.Cause;
import io.tocsin.check.CheckObservation;
import io.tocsin.check.CheckResult;
import io.tocsin.check.CheckState;
import io.tocsin.check.Outcome;
import io.tocsin.check.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CheckAlertsTest {
  private final List<Evaluation> found = new ArrayList<>();
  private final CheckAlerts checks = new CheckAlerts(check -> "Critical", found::add);
  private Alerts alerts = Alerts.NONE;

  private void observe(int second, Outcome outcome, Verdict after, Optional<Cause> cause) {
    Instant at = T0.plusSeconds(second);
    var result =
        new CheckResult(
            "web-app",
            "Web app",
            at,
            0.1,
            outcome,
            cause,
            "GET /health",
            Optional.empty(),
            OptionalInt.empty());
    checks.observed(new CheckObservation(result, Verdict.UP, after));
    alerts = new AlertTracker().advance(alerts, List.of(found.removeFirst()), at).next();
  }

  private void down(int second) {
    observe(
        second,
        Outcome.FAILURE,
        Verdict.DOWN,
        Optional.of(Cause.target("status 503, expected 200")));
  }

  @Test
  void aCheckWhoseAlertFiresIsDownAfterARestartWhateverWasWrittenOfIt() {
    down(0);
    List<MarkedAlert> firing =
        alerts.firing().stream().map(alert -> new MarkedAlert(alert, List.of())).toList();
    var stale = CheckState.initial("web-app", T0);
    var other = CheckState.initial("database", T0);

    List<CheckState> agreed = CheckAlerts.agreed(List.of(stale, other), firing);

    assertThat(agreed)
        .extracting(CheckState::check, CheckState::verdict)
        .containsExactly(tuple("web-app", Verdict.DOWN), tuple("database", Verdict.UNKNOWN));
    assertThat(agreed.getFirst().since()).isEqualTo(T0);
    assertThat(CheckAlerts.agreed(agreed, firing)).isEqualTo(agreed);
  }

  @Test
  void aCheckThatIsDownFiresItsOwnAlertAtOnce() {
    down(0);
    Alert alert = alerts.firing().getFirst();
    assertThat(alert.labels().toString())
        .isEqualTo(
            "{alertname=\"CheckDown\", check=\"web-app\", component=\"Web app\","
                + " severity=\"critical\"}");
    assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(alert.components()).containsExactly("Web app");
    assertThat(alert.summary()).isEqualTo("Web app: check web-app is down");
    assertThat(alert.annotations()).containsEntry("description", "status 503, expected 200");
  }

  @Test
  void aCheckThatIsUpAgainResolvesIt() {
    down(0);
    observe(30, Outcome.SUCCESS, Verdict.UP, Optional.empty());
    assertThat(alerts.firing()).isEmpty();
    assertThat(alerts.resolved()).hasSize(1);
  }

  @Test
  void aCheckThatCouldNotTellKeepsItAndSaysWhy() {
    down(0);
    observe(
        30, Outcome.UNKNOWN, Verdict.UNKNOWN, Optional.of(Cause.ourselves("no file handles left")));
    assertThat(alerts.firing()).hasSize(1);
    RuleHealth health = alerts.health().get(CheckAlerts.ruleId("web-app"));
    assertThat(health.state()).isEqualTo(RuleHealth.State.UNKNOWN);
    assertThat(health.detail()).isEqualTo("no file handles left");
  }
}
