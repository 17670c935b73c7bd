package io.tocsin.rule;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Breach;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.Evaluation.Outcome;
import io.tocsin.alert.Evaluation.Scope;
import io.tocsin.alert.Severity;
import io.tocsin.label.Labels;
import io.tocsin.rule.drift.About;
import io.tocsin.rule.drift.Columns;
import io.tocsin.rule.drift.Criterion;
import io.tocsin.rule.drift.DriftJudge.Judged;
import io.tocsin.rule.drift.DriftTerms;
import io.tocsin.rule.drift.Level;
import io.tocsin.rule.drift.Row;
import io.tocsin.rule.drift.Target;
import io.tocsin.template.AlertScope;
import io.tocsin.template.QueryPort;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A rule about a model: its inputs, its answers, its labels. One alert per model, however many
 * inputs are behind it.
 *
 * @param spec what the alerts' tracker needs
 * @param terms what is asked, and when that is an alert
 * @param texts labels and annotations of its alerts; besides the alert's labels, annotations may
 *     name {@code feature} (the row that leads), {@code features} and {@code effect}
 */
public record DriftRule(AlertSpec spec, DriftTerms terms, Texts texts) implements Rule {

  /** The annotation that says what was found, row by row. */
  public static final String FINDINGS = "findings";

  private static final int MOST_NAMED = 3;

  public DriftRule {
    AlertingRule.requireName(spec);
  }

  @Override
  public String id() {
    return spec.ruleId();
  }

  @Override
  public String name() {
    return spec.alertName();
  }

  /** What findings say of it. */
  public About about(Site site) {
    return new About(id(), name(), spec.runbook(), (target, level) -> labels(target, level, site));
  }

  /** In the place of an expression: {@code psi of ranker price >= 0.2}. */
  public String words() {
    return "%s by %s of %s >= %s"
        .formatted(
            terms.criterion().kind().id(),
            terms.criterion().method(),
            terms.target().words(),
            terms.thresholds().least());
  }

  /** The rule's severity from the critical threshold on; one step milder below it. */
  public Severity severity(Level level) {
    Severity critical =
        spec.severity()
            .orElseGet(
                () ->
                    texts.labels().containsKey("severity")
                        ? Severity.fromLabel(texts.labels().get("severity").toString())
                        : Severity.HIGH);
    return switch (level) {
      case CRITICAL -> critical;
      case WARNING ->
          switch (critical) {
            case CRITICAL -> Severity.HIGH;
            case HIGH -> Severity.MEDIUM;
            case MEDIUM, LOW -> Severity.LOW;
          };
    };
  }

  /**
   * What an evaluation of one target means for its alerts: it speaks of that target's alone. Too
   * few rows are not known, never "nothing wrong".
   */
  public Evaluation evaluation(Judged judged, Instant at, Site site) {
    Level level = judged.verdict().level().orElse(Level.CRITICAL);
    var own =
        new AlertSpec(
            spec.ruleId(),
            spec.alertName(),
            spec.holdFor(),
            spec.keepFiringFor(),
            Optional.of(severity(level)),
            spec.runbook(),
            spec.impact(),
            spec.noData());
    var scope =
        new Scope.Only(
            Set.of(
                labels(judged.target(), Level.WARNING, site),
                labels(judged.target(), Level.CRITICAL, site)));
    return new Evaluation(own, at, scope, outcome(judged, level, at, site));
  }

  private Outcome outcome(Judged judged, Level level, Instant at, Site site) {
    if (!judged.reading().measured()) {
      return new Outcome.Unknown(
          "insufficient_data: "
              + judged.target().words()
              + ": "
              + judged.reading().rows().stream()
                  .findFirst()
                  .map(Row::words)
                  .orElse("nothing to measure"),
          false);
    }
    return new Outcome.Found(
        judged.verdict().level().isEmpty() ? List.of() : List.of(breach(judged, level, at, site)));
  }

  private Breach breach(Judged judged, Level level, Instant at, Site site) {
    List<Row> rows = judged.verdict().rows();
    double value = rows.isEmpty() ? Double.NaN : rows.getFirst().statistic();
    Labels labels = labels(judged.target(), level, site);
    var seen = new LinkedHashMap<String, String>(labels.toMap());
    seen.put("feature", rows.isEmpty() ? "" : rows.getFirst().name());
    seen.put("features", names(rows));
    seen.put("effect", rows.isEmpty() ? "" : rows.getFirst().words());
    AlertScope scope = site.scope(Labels.from(seen), value, at);
    var annotations = new LinkedHashMap<String, String>();
    annotations.put(FINDINGS, findings(rows));
    texts
        .annotations()
        .forEach(
            (name, template) ->
                annotations.put(name, template.expandOrExplain(scope, QueryPort.NONE)));
    return new Breach(labels, value, annotations);
  }

  private static String names(List<Row> rows) {
    List<String> names = rows.stream().map(Row::name).distinct().toList();
    String first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    return names.size() > MOST_NAMED
        ? first + " and " + (names.size() - MOST_NAMED) + " more"
        : first;
  }

  private static String findings(List<Row> rows) {
    return rows.stream()
        .limit(MOST_NAMED)
        .map(
            row ->
                "%s: %s %.3g (threshold %.3g%s)%s"
                    .formatted(
                        row.name(),
                        row.method(),
                        row.statistic(),
                        row.thresholds().least(),
                        row.floor() > 0 ? ", noise up to %.3g".formatted(row.floor()) : "",
                        row.words().isEmpty() ? "" : ", " + row.words()))
        .collect(Collectors.joining("; "));
  }

  /** The alert's labels; a rule about one input alone names it. */
  private Labels labels(Target target, Level level, Site site) {
    var own = target.labels().toBuilder();
    own.set("kind", terms.criterion().kind().id());
    own.set("method", terms.criterion().method());
    own.set("level", level.id());
    oneInput().ifPresent(name -> own.set("feature", name));
    Labels series = own.build();
    AlertScope scope = site.scope(series, 0, Instant.EPOCH);
    return texts.labelsFor(name(), series, scope, QueryPort.NONE);
  }

  private Optional<String> oneInput() {
    Columns columns =
        switch (terms.criterion()) {
          case Criterion.Data data -> data.columns();
          case Criterion.Quality quality -> quality.columns();
          default -> new Columns.All();
        };
    return columns instanceof Columns.Named(var names) && names.size() == 1
        ? Optional.of(names.getFirst())
        : Optional.empty();
  }
}
