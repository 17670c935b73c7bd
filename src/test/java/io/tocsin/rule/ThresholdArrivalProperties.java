package io.tocsin.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Evaluation;
import io.tocsin.label.Labels;
import io.tocsin.promql.QueryLimits;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.StaleMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Judging a sample by its value alone gives what the whole evaluation gives. */
class ThresholdArrivalProperties {
  private static final Labels SERIES = Labels.of(Labels.NAME, "cpu", "host", "a");
  private static final Instant NOW = Instant.ofEpochSecond(10_000);

  private static final List<AlertingRule> RULES =
      IntStream.range(0, 6)
          .mapToObj(
              i ->
                  AlertingRule.of(
                      AlertSpec.of("f;g;" + i, "R" + i, Duration.ZERO),
                      List.of(
                              "cpu > 5",
                              "cpu != 5",
                              "100 - cpu * 10 < 40",
                              "cpu",
                              "max_over_time(cpu[1m]) > 5",
                              "cpu > bool 5")
                          .get(i),
                      Map.of(),
                      Map.of()))
          .toList();

  private static final RuleGroup GROUP =
      new RuleGroup(
          "f", "g", Duration.ofSeconds(15), Duration.ZERO, 0, Optional.empty(), List.copyOf(RULES));

  /** A sample so many seconds before now; whether the rules have alerts already. */
  record Arrival(int secondsAgo, double value, boolean live) {}

  @Provide
  Arbitrary<List<Arrival>> arrivals() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 320),
            Arbitraries.of(0.0, 5.0, 5.1, 9.0, Double.NaN, StaleMarker.VALUE),
            Arbitraries.of(true, false, false))
        .as(Arrival::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(25);
  }

  @Property(tries = 300)
  void aShortcutChangesNothing(@ForAll("arrivals") List<Arrival> arrivals) {
    var store = new MemoryStore(MemoryStore.Limits.DEFAULT);
    var live = new boolean[1];
    var rules =
        new PointwiseRules(List.of(GROUP), store, QueryLimits.DEFAULT, Site.NONE, id -> live[0]);
    var evaluator = new RuleEvaluator(store, QueryLimits.DEFAULT, Site.NONE);
    long newest = NOW.toEpochMilli() - QueryLimits.DEFAULT.lookbackMillis() + 1;
    for (Arrival arrival : arrivals) {
      long at = NOW.toEpochMilli() - arrival.secondsAgo * 1_000L;
      SampleBatch batch = SampleBatch.of(SERIES, at, arrival.value);
      store.append(batch);
      live[0] = arrival.live;

      List<Evaluation> expected = at < newest ? List.of() : whole(evaluator, at, arrival.live);

      assertThat(rules.evaluate(batch, NOW)).isEqualTo(expected);
      newest = Math.max(newest, at);
    }
  }

  private static List<Evaluation> whole(RuleEvaluator evaluator, long at, boolean live) {
    var found = new ArrayList<Evaluation>();
    for (AlertingRule rule : RULES) {
      evaluator.arrival(GROUP, rule, SERIES, at, live).ifPresent(found::add);
    }
    return found;
  }
}
