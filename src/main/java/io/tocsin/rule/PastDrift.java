package io.tocsin.rule;

import io.tocsin.alert.Evaluation;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.QueryProblem;
import io.tocsin.rule.drift.DriftJudge;
import io.tocsin.rule.drift.DriftTerms;
import io.tocsin.rule.drift.FindingStore;
import io.tocsin.rule.drift.ModelHistory;
import io.tocsin.rule.drift.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Drift rules evaluated over the windows that are kept of models, tick by tick as they were. */
final class PastDrift {

  private static final Duration LONGEST_LEAD = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private record Placed(RuleGroup group, DriftRule rule) {}

  private final List<Placed> placed;
  private final ModelHistory models;
  private final ModelRules rules;
  private final Site site;

  PastDrift(List<RuleGroup> groups, ModelHistory models, Site site) {
    this.placed =
        groups.stream()
            .flatMap(
                group ->
                    group.rules().stream()
                        .filter(DriftRule.class::isInstance)
                        .map(rule -> new Placed(group, (DriftRule) rule)))
            .toList();
    this.models = models;
    this.rules = new ModelRules(new DriftJudge(models, FindingStore.inMemory()));
    this.site = site;
  }

  Stream<Rule> rules() {
    return placed.stream().map(Placed::rule);
  }

  /** Streaks under way at the begin are known when it is begun this much sooner; a day at most. */
  Duration lead() {
    Duration longest = Duration.ZERO;
    for (Placed one : placed) {
      Duration lead = window(one.rule().terms()).multipliedBy(one.rule().terms().evaluations());
      longest = lead.compareTo(longest) > 0 ? lead : longest;
    }
    return longest.compareTo(LONGEST_LEAD) > 0 ? LONGEST_LEAD : longest;
  }

  private Duration window(DriftTerms terms) {
    return terms.window().orElseGet(() -> models.spec(terms.target().model()).window());
  }

  long evaluations(Instant from, Instant to) {
    return placed.stream().mapToLong(one -> Duration.between(from, to).dividedBy(step(one))).sum();
  }

  /**
   * Windows of an hour and more are asked about at whole hours, which is how the past is kept;
   * shorter ones as often as they were.
   */
  private Duration step(Placed one) {
    Duration pace = one.rule().terms().pace(window(one.rule().terms()), one.group().interval());
    boolean hourly = window(one.rule().terms()).compareTo(HOUR) >= 0;
    return hourly
        ? HOUR.multipliedBy(Math.max(1, Math.ceilDiv(pace.toMillis(), HOUR.toMillis())))
        : pace;
  }

  /**
   * What they find in {@code (from, to]}, milliseconds.
   *
   * @throws QueryProblem when the limits say stop
   */
  List<Evaluation> between(long from, long to, QueryLimits limits) {
    var found = new ArrayList<Evaluation>();
    for (Placed one : placed) {
      long step = step(one).toMillis();
      for (long time = Math.floorDiv(from, step) * step + step; time <= to; time += step) {
        if (limits.stop().getAsBoolean()) {
          throw new QueryProblem(QueryProblem.Kind.EXECUTION, "stopped");
        }
        found.addAll(
            rules
                .evaluate(one.group(), one.rule(), Instant.ofEpochMilli(time), site)
                .evaluations());
      }
    }
    return found;
  }

  /**
   * Models of which less is kept than the stretch asks for.
   *
   * @param to the stretch's end
   */
  List<String> unkept(Instant from, Instant to) {
    var told = new ArrayList<String>();
    for (Placed one : placed) {
      Target asked = one.rule().terms().target();
      List<String> names = asked.any() ? models.models() : List.of(asked.model());
      for (String name : names) {
        Optional<Instant> since = models.keptSince(asked.at(name), window(one.rule().terms()), to);
        if (since.isEmpty()) {
          told.add(one.rule().name() + ": nothing is kept of model " + name);
        } else if (since.get().isAfter(from)) {
          told.add(
              "%s: windows of model %s are kept since %s; before that it was not replayed"
                  .formatted(one.rule().name(), name, since.get()));
        }
      }
    }
    return told;
  }
}
