package io.tocsin.rule;

import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.QueryProblem;
import io.tocsin.rule.RuleOrder.Placed;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes what recording rules would have recorded over a stretch of the past, as {@code promtool
 * tsdb create-blocks-from rules} does; alerting rules are left out.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/storage/#backfilling-for-recording-rules">
 *     Backfilling for recording rules</a>
 */
public final class Backfill {
  private static final Duration STRETCH = Duration.ofHours(1);

  private final SeriesReader history;
  private final QueryLimits limits;

  public Backfill(SeriesReader history, QueryLimits limits) {
    this.history = history;
    this.limits = limits;
  }

  /**
   * Evaluates the recording rules in {@code (from, to]}, oldest stretch first, each series in order
   * of time.
   *
   * @param sink takes the samples of one rule over one stretch; it may block or throw
   * @return how many rules were evaluated
   * @throws RuleProblem when the stretch or the number of evaluations is too large
   * @throws QueryProblem when a rule cannot be evaluated or the work was stopped
   */
  public int run(List<RuleGroup> groups, Instant from, Instant to, Consumer<SampleBatch> sink) {
    List<Placed> rules =
        RuleOrder.of(groups).stream()
            .filter(placed -> placed.rule() instanceof RecordingRule)
            .toList();
    Replay.requireBounds(from, to, Replay.evaluations(rules, from, to));
    var past = new PastRules(rules, history, limits, Site.NONE);
    for (Instant start = from; start.isBefore(to); start = start.plus(STRETCH)) {
      Instant end = start.plus(STRETCH).isBefore(to) ? start.plus(STRETCH) : to;
      for (Placed placed : rules) {
        var rule = (RecordingRule) placed.rule();
        sink.accept(past.record(placed, rule, start.toEpochMilli(), end.toEpochMilli()));
      }
    }
    return rules.size();
  }
}
