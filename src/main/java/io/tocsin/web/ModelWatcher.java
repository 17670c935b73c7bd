package io.tocsin.web;

import io.tocsin.alert.Alert;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.Selectors;
import io.tocsin.rule.AlertingRule;
import io.tocsin.rule.DriftRule;
import io.tocsin.rule.RecordingRule;
import io.tocsin.rule.Rule;
import io.tocsin.rule.RuleGroup;
import io.tocsin.series.SeriesPoints;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A rule that looks at a model.
 *
 * @param words what it asks
 * @param state firing, pending, quiet, warning, critical, insufficient data, or not evaluated yet
 * @param detail why it cannot be judged, if it cannot
 */
public record ModelWatcher(Rule rule, String words, String state, String detail) {

  private static final String STATE = "model_drift_state";
  private static final Duration LATELY = Duration.ofHours(24);

  /** Its page. */
  public String path() {
    return "/rules/one?id=" + Address.encoded(rule.id());
  }

  /** Whether it says nothing of the model yet. */
  public boolean silent() {
    return state.equals("insufficient data") || state.equals("not evaluated yet");
  }

  /** Every rule that looks at a model, with what it says of it. */
  static List<ModelWatcher> of(String model, ConsolePorts ports, List<Alert> active, Instant now) {
    Map<String, Double> states = states(model, ports, now);
    Map<String, Boolean> firing =
        active.stream()
            .collect(
                Collectors.toMap(
                    alert -> alert.spec().ruleId(),
                    alert -> alert.phase() == Alert.Phase.FIRING,
                    Boolean::logicalOr));
    var found = new ArrayList<ModelWatcher>();
    for (RuleGroup group : ports.work().rules().get()) {
      for (Rule rule : group.rules()) {
        if (rule instanceof DriftRule drift && about(drift, model)) {
          String state = state(firing, rule, Optional.ofNullable(states.get(drift.name())));
          found.add(
              new ModelWatcher(rule, drift.words(), state, detail(ports, drift, model, state)));
        } else if (rule instanceof AlertingRule alerting && about(alerting, model)) {
          String state = state(firing, rule, Optional.of(0.0));
          found.add(new ModelWatcher(rule, alerting.expr().toString(), state, ""));
        }
      }
    }
    return found;
  }

  /** Whether a rule is about any model, and which: empty for all. */
  static boolean about(Rule rule, String model) {
    return switch (rule) {
      case DriftRule drift ->
          drift.terms().target().any() || drift.terms().target().model().equals(model);
      case AlertingRule alerting ->
          Selectors.of(alerting.expr(), QueryLimits.DEFAULT.lookbackMillis()).stream()
              .anyMatch(reach -> reads(reach.matchers(), model));
      case RecordingRule recording -> false;
    };
  }

  private static boolean reads(List<Matcher> matchers, String model) {
    boolean ours =
        matchers.stream()
            .anyMatch(one -> one.name().equals(Labels.NAME) && one.value().startsWith("model_"));
    return ours
        && matchers.stream()
            .filter(one -> one.name().equals("model"))
            .allMatch(one -> one.matches(model));
  }

  private static String state(Map<String, Boolean> active, Rule rule, Optional<Double> measured) {
    Boolean firing = active.get(rule.id());
    if (firing != null) {
      return firing ? "firing" : "pending";
    }
    return measured.map(ModelWatcher::word).orElse("not evaluated yet");
  }

  /** As {@code model_drift_state} has it. */
  private static String word(double measured) {
    return measured < 0
        ? "insufficient data"
        : measured == 0 ? "quiet" : measured == 1 ? "warning" : "critical";
  }

  /** The rule's health tells of the last model it looked at; of others only the state is known. */
  private static String detail(ConsolePorts ports, DriftRule rule, String model, String state) {
    var health = ports.alerts().rules().get(rule.id());
    String about = "insufficient_data: " + rule.terms().target().at(model).words() + ": ";
    return state.equals("insufficient data") && health != null && health.detail().startsWith(about)
        ? health.detail().substring(about.length())
        : "";
  }

  /** The newest state of each drift rule, by its name. */
  private static Map<String, Double> states(String model, ConsolePorts ports, Instant now) {
    long to = now.toEpochMilli();
    var newest = new HashMap<String, Double>();
    for (SeriesPoints one :
        ports
            .work()
            .reader()
            .select(
                List.of(Matcher.equal(Labels.NAME, STATE), Matcher.equal("model", model)),
                to - LATELY.toMillis(),
                to)) {
      if (one.size() > 0) {
        double value = one.values()[one.size() - 1];
        if (Double.isFinite(value)) {
          newest.merge(one.labels().get("alertname"), value, Math::max);
        }
      }
    }
    return newest;
  }
}
