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
import io.tocsin.rule.Texts;
import io.tocsin.template.Template;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
  private final Function<RuleGroup, Duration> took;
  private final Function<Rule, Duration> ruleTook;

  /**
   * @param groups the rules now loaded
   * @param took how long the last evaluation of a group took
   * @param ruleTook how long that of a rule took
   */
  public PrometheusRuleRoutes(
      Supplier<? extends Collection<RuleGroup>> groups,
      AlertView alerts,
      Function<RuleGroup, Duration> took,
      Function<Rule, Duration> ruleTook) {
    this.ruleTook = ruleTook;
    this.groups = groups;
    this.alerts = alerts;
    this.took = took;
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
          GoNumber.scientific(alert.value()));
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

  @JsonNaming(LowerCamelCaseStrategy.class)
  private record GroupsJson(List<GroupJson> groups, Optional<String> groupNextToken) {}

  @Override
  public void mount(Router router) {
    Operation.get(router, PrometheusQueryRoutes.BASE + "rules")
        .needs(Scope.READ)
        .answersAtOnce(this::rules);
    Operation.get(router, PrometheusQueryRoutes.BASE + "alerts")
        .needs(Scope.READ)
        .answersAtOnce(
            request -> PrometheusJson.success(Map.of("alerts", all().map(AlertJson::of).toList())));
  }

  private Stream<Alert> all() {
    return Stream.concat(
        alerts.firing().stream().map(MarkedAlert::alert), alerts.pending().stream());
  }

  private Reply rules(Request request) {
    RuleFilter filter = RuleFilter.of(request);
    Map<String, List<Alert>> active =
        filter.alerts()
            ? all().collect(Collectors.groupingBy(alert -> alert.spec().ruleId()))
            : Map.of();
    Map<String, RuleHealth> health = alerts.rules();
    var found = new ArrayList<GroupJson>();
    Optional<String> next = Optional.empty();
    for (RuleGroup group : ordered(filter)) {
      GroupJson json = group(group, filter, active, health);
      if (json.rules.isEmpty() && filter.skipsEmpty()) {
        continue;
      }
      if (found.size() == filter.most()) {
        next = Optional.of(RuleFilter.token(group));
        break;
      }
      found.add(json);
    }
    return PrometheusJson.success(new GroupsJson(found, next));
  }

  /** The groups asked for, from the one on that a token names, in an order that does not change. */
  private List<RuleGroup> ordered(RuleFilter filter) {
    List<RuleGroup> ordered =
        groups.get().stream()
            .filter(filter::takes)
            .sorted(Comparator.comparing(RuleGroup::file).thenComparing(RuleGroup::name))
            .toList();
    if (filter.from().isEmpty()) {
      return ordered;
    }
    String token = filter.from().get();
    for (int i = 0; i < ordered.size(); i++) {
      if (RuleFilter.token(ordered.get(i)).equals(token)) {
        return ordered.subList(i, ordered.size());
      }
    }
    throw ProblemException.badRequest(
        "invalid group_next_token '" + token + "'. were rule groups changed?");
  }

  private GroupJson group(
      RuleGroup group,
      RuleFilter filter,
      Map<String, List<Alert>> active,
      Map<String, RuleHealth> health) {
    var rules = new ArrayList<RuleJson>();
    Instant last = Instant.EPOCH;
    for (Rule rule : group.rules()) {
      RuleHealth state = health.getOrDefault(rule.id(), NEVER_RUN);
      last = state.lastEvaluation().isAfter(last) ? state.lastEvaluation() : last;
      if (filter.takes(rule)) {
        rules.add(rule(rule, state, active.getOrDefault(rule.id(), List.of())));
      }
    }
    return new GroupJson(
        group.name(),
        group.file(),
        group.interval().toMillis() / 1_000.0,
        group.limit(),
        rules,
        last,
        took.apply(group).toNanos() / 1e9);
  }

  private RuleJson rule(Rule rule, RuleHealth health, List<Alert> active) {
    double seconds = ruleTook.apply(rule).toNanos() / 1e9;
    return switch (rule) {
      case AlertingRule it ->
          alerting(it.spec(), it.expr().toString(), it.texts(), health, active, seconds);
      case DriftRule it -> alerting(it.spec(), it.words(), it.texts(), health, active, seconds);
      case RecordingRule it ->
          new RuleJson(
              "recording",
              it.name(),
              it.expr().toString(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              it.labels(),
              Optional.empty(),
              Optional.empty(),
              IncidentJson.word(health.state()),
              Optional.of(health.detail()).filter(text -> !text.isEmpty()),
              health.lastEvaluation(),
              seconds);
    };
  }

  private static RuleJson alerting(
      AlertSpec spec,
      String query,
      Texts wording,
      RuleHealth health,
      List<Alert> active,
      double seconds) {
    boolean firing = active.stream().anyMatch(alert -> alert.phase() == Alert.Phase.FIRING);
    String state = firing ? "firing" : active.isEmpty() ? "inactive" : "pending";
    return new RuleJson(
        "alerting",
        spec.alertName(),
        query,
        Optional.of(state),
        Optional.of(spec.holdFor().toMillis() / 1_000.0),
        Optional.of(spec.keepFiringFor().toMillis() / 1_000.0),
        texts(wording.labels()),
        Optional.of(texts(wording.annotations())),
        Optional.of(active.stream().map(AlertJson::of).toList()),
        IncidentJson.word(health.state()),
        Optional.of(health.detail()).filter(text -> !text.isEmpty()),
        health.lastEvaluation(),
        seconds);
  }

  private static Map<String, String> texts(Map<String, Template> templates) {
    var texts = new TreeMap<String, String>();
    templates.forEach((name, template) -> texts.put(name, template.toString()));
    return texts;
  }
}
