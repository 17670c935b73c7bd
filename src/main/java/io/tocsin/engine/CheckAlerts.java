package io.tocsin.engine;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Breach;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.NoData;
import io.tocsin.check.Cause;
import io.tocsin.check.CheckEvents;
import io.tocsin.check.CheckObservation;
import io.tocsin.check.CheckResult;
import io.tocsin.check.CheckState;
import io.tocsin.check.Verdict;
import io.tocsin.label.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Every check carries its own alert without any rule file: {@code CheckDown}, which fires while the
 * check is DOWN. A check that could not tell keeps its alert as it is. That a check goes on being
 * well is told every half minute only, since it changes nothing.
 */
public final class CheckAlerts implements CheckEvents {

  /** The alert's name, and the name of its runbook. */
  public static final String ALERT_NAME = "CheckDown";

  private static final Duration WELL_EVERY = Duration.ofSeconds(30);

  private final Function<String, String> severityOf;
  private final Predicate<Evaluation> sink;

  /** When each check was last told to be well, until it is told to be otherwise. */
  private final Map<String, Instant> well = new ConcurrentHashMap<>();

  /**
   * @param severityOf the severity that a check's configuration names, {@code ""} when none
   * @param sink where evaluations go, false when it has no room; never blocks
   */
  public CheckAlerts(Function<String, String> severityOf, Predicate<Evaluation> sink) {
    this.severityOf = severityOf;
    this.sink = sink;
  }

  /** The identity of a check's own rule. */
  public static String ruleId(String check) {
    return "check:" + check;
  }

  /**
   * The states of a restart, with what the alerts know better. A state is written behind its alert;
   * where a crash came between the two, the check whose alert fires is DOWN, and not what it was
   * before: else its alert would end although nothing healed.
   *
   * @param stored the states as they were last written
   * @param firing the alerts as they were last committed
   */
  public static List<CheckState> agreed(
      Collection<CheckState> stored, Collection<MarkedAlert> firing) {
    var states = new LinkedHashMap<String, CheckState>();
    stored.forEach(state -> states.put(state.check(), state));
    for (MarkedAlert marked : firing) {
      Alert alert = marked.alert();
      String check = alert.labels().get("check");
      boolean own = alert.spec().ruleId().equals(ruleId(check));
      CheckState state = states.get(check);
      if (own && (state == null || !state.settled().equals(Optional.of(Verdict.DOWN)))) {
        var cause = Cause.target(alert.annotations().getOrDefault("description", ""));
        states.put(check, CheckState.down(check, alert.activeSince(), cause));
      }
    }
    return List.copyOf(states.values());
  }

  @Override
  public void observed(CheckObservation observation) {
    String check = observation.result().check();
    Instant at = observation.result().at();
    boolean isWell = observation.after() == Verdict.UP || observation.after() == Verdict.DEGRADED;
    Instant told = well.get(check);
    if (isWell && told != null && at.isBefore(told.plus(WELL_EVERY))) {
      return;
    }
    boolean taken = sink.test(evaluation(observation));
    if (isWell && taken) {
      well.put(check, at);
    } else {
      well.remove(check);
    }
  }

  Evaluation evaluation(CheckObservation observation) {
    CheckResult result = observation.result();
    return new Evaluation(
        spec(result.check()),
        result.at(),
        new Evaluation.Scope.Whole(),
        switch (observation.after()) {
          case UP, DEGRADED -> new Evaluation.Outcome.Found(List.of());
          case DOWN -> new Evaluation.Outcome.Found(List.of(breach(result)));
          case UNKNOWN ->
              new Evaluation.Outcome.Unknown(
                  result.cause().map(Cause::reason).orElse("not known"), false);
        });
  }

  private static AlertSpec spec(String check) {
    return new AlertSpec(
        ruleId(check),
        ALERT_NAME,
        Duration.ZERO,
        Duration.ZERO,
        Optional.empty(),
        Optional.of(ALERT_NAME),
        List.of(),
        NoData.KEEP);
  }

  private Breach breach(CheckResult result) {
    Labels labels =
        Labels.of(
            "alertname", ALERT_NAME,
            "check", result.check(),
            "component", result.component(),
            "severity", severityOf.apply(result.check()).toLowerCase(Locale.ROOT));
    String reason = result.cause().map(Cause::reason).orElse("");
    return new Breach(
        labels,
        0,
        Map.of(
            "summary",
            result.component() + ": check " + result.check() + " is down",
            "description",
            reason.isEmpty() ? result.detail() : reason));
  }
}
