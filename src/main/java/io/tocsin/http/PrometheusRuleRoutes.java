package io.tocsin.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tocsin.access.Scope;
import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.AlertView;
import io.tocsin.alert.AlertView.RuleHealth;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.rule.AlertingRule;
import io.tocsin.rule.DriftRule;
import io.tocsin.rule.RecordingRule;
import io.tocsin.rule.Rule;
import io.tocsin.rule.RuleGroup;
import io.tocsin.rule.Wording;
import io.tocsin.template.Template;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Rules and alerts as Prometheus lists them, for Grafana.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/#rules">Rules</a>
 */
public final class PrometheusRuleRoutes implements Routes {

  private static final RuleHealth NEVER_RUN =
      new RuleHealth(RuleHealth.State.UNKNOWN, "", Instant.EPOCH);

  private final Supplier<? extends Collection<RuleGroup>> groups;
  private final AlertView alerts;

  /**
   * @param groups the rules now loaded
   */
  public PrometheusRuleRoutes(Supplier<? extends Collection<RuleGroup>> groups, AlertView alerts) {
    this.groups = groups;
    this.alerts = alerts;
  }

  @JsonNaming(LowerCamelCaseStrategy.class)
  private record AlertJson(
      Map<String, String> labels,
      Map<String, String> annotations,
      String state,
      Instant activeAt,
      String value) {
    static AlertJson of(Alert alert) {
      return new AlertJson(
          alert.labels().toMap(),
          alert.annotations(),
          IncidentJson.word(alert.phase()),
          alert.activeSince(),
          GoNumber.of(alert.value()));
    }
  }

  @JsonNaming(LowerCamelCaseStrategy.class)
  private record RuleJson(
      String type,
      String name,
      String query,
      Optional<String> state,
      Optional<Double> duration,
      Optional<Double> keepFiringFor,
      Map<String, String> labels,
      Optional<Map<String, String>> annotations,
      Optional<List<AlertJson>> alerts,
      String health,
      Optional<String> lastError,
      Instant lastEvaluation,
      double evaluationTime) {}

  @JsonNaming(LowerCamelCaseStrategy.class)
  private record GroupJson(
      String name,
      String file,
      double interval,
      int limit,
      List<RuleJson> rules,
      Instant lastEvaluation,
      double evaluationTime) {}

  @Override
  public void mount(Router router) {
    Operation.get(router, "/prometheus/api/v1/rules").needs(Scope.READ).answersAtOnce(this::rules);
    Operation.get(router, "/prometheus/api/v1/alerts")
        .needs(Scope.READ)
        .answersAtOnce(
            request -> PrometheusJson.success(Map.of("alerts", all().map(AlertJson::of).toList())));
  }

  private Stream<Alert> all() {
    return Stream.concat(
        alerts.firing().stream().map(MarkedAlert::alert), alerts.pending().stream());
  }

  private Reply rules(Request request) {
    String type = request.query("type").orElse("");
    if (!List.of("", "alert", "record").contains(type)) {
      throw ProblemException.badRequest(
          "invalid parameter \"type\": not supported value \"" + type + "\"");
    }
    List<Alert> active = all().toList();
    Map<String, RuleHealth> health = alerts.rules();
    List<GroupJson> found =
        groups.get().stream().map(group -> group(group, type, active, health)).toList();
    return PrometheusJson.success(Map.of("groups", found));
  }

  private static GroupJson group(
      RuleGroup group, String type, List<Alert> active, Map<String, RuleHealth> health) {
    var rules = new ArrayList<RuleJson>();
    Instant last = Instant.EPOCH;
    for (int i = 0; i < group.rules().size(); i++) {
      Rule rule = group.rules().get(i);
      RuleHealth state = health.getOrDefault(group.id() + ";" + i, NEVER_RUN);
      last = state.lastEvaluation().isAfter(last) ? state.lastEvaluation() : last;
      if (type.isEmpty() || type.equals("record") == rule instanceof RecordingRule) {
        rules.add(rule(rule, state, active));
      }
    }
    return new GroupJson(
        group.name(),
        group.file(),
        group.interval().toMillis() / 1_000.0,
        group.limit(),
        rules,
        last,
        0);
  }

  private static RuleJson rule(Rule rule, RuleHealth health, List<Alert> active) {
    return switch (rule) {
      case AlertingRule it ->
          alerting(it.spec(), it.expr().toString(), it.wording(), health, active);
      case DriftRule it ->
          alerting(it.spec(), it.question().toString(), it.wording(), health, active);
      case RecordingRule it ->
          new RuleJson(
              "recording",
              it.name(),
              it.expr().toString(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              it.labels().toMap(),
              Optional.empty(),
              Optional.empty(),
              IncidentJson.word(health.state()),
              Optional.of(health.detail()).filter(text -> !text.isEmpty()),
              health.lastEvaluation(),
              0);
    };
  }

  private static RuleJson alerting(
      AlertSpec spec, String query, Wording wording, RuleHealth health, List<Alert> active) {
    List<Alert> own =
        active.stream().filter(alert -> alert.spec().ruleId().equals(spec.ruleId())).toList();
    boolean firing = own.stream().anyMatch(alert -> alert.phase() == Alert.Phase.FIRING);
    String state = firing ? "firing" : own.isEmpty() ? "inactive" : "pending";
    return new RuleJson(
        "alerting",
        spec.alertName(),
        query,
        Optional.of(state),
        Optional.of(spec.holdFor().toMillis() / 1_000.0),
        Optional.of(spec.keepFiringFor().toMillis() / 1_000.0),
        texts(wording.labels()),
        Optional.of(texts(wording.annotations())),
        Optional.of(own.stream().map(AlertJson::of).toList()),
        IncidentJson.word(health.state()),
        Optional.of(health.detail()).filter(text -> !text.isEmpty()),
        health.lastEvaluation(),
        0);
  }

  private static Map<String, String> texts(Map<String, Template> templates) {
    var texts = new TreeMap<String, String>();
    templates.forEach((name, template) -> texts.put(name, template.toString()));
    return texts;
  }
}
