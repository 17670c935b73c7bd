package io.tocsin.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.AlertTracker;
import io.tocsin.alert.Alerts;
import io.tocsin.alert.Evaluation;
import io.tocsin.label.Labels;
import io.tocsin.promql.QueryLimits;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ArrivalPropertyTest {
  private static final RuleGroup GROUP =
      new RuleGroup(
          "f", "g", Duration.ofSeconds(15), Duration.ZERO, 0, Optional.empty(), List.of());
  private static final AlertingRule RULE =
      AlertingRule.of(
          AlertSpec.of("f;g;0", "High", Duration.ofSeconds(20)),
          "max_over_time(cpu[20s]) > 5",
          Map.of(),
          Map.of());

  @Property(tries = 200)
  void batchesMakeNoDifference(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 10) Integer> values,
      @ForAll @IntRange(min = 1, max = 30) int batch) {
    assertThat(alerts(values, batch)).isEqualTo(alerts(values, 1));
  }

  private static List<Alert> alerts(List<Integer> values, int batchSize) {
    var store = new MemoryStore(MemoryStore.Limits.DEFAULT);
    var evaluator = new RuleEvaluator(store, QueryLimits.DEFAULT, Site.NONE);
    Labels series = Labels.of(Labels.NAME, "cpu");
    Alerts alerts = Alerts.NONE;
    for (int from = 0; from < values.size(); from += batchSize) {
      int to = Math.min(values.size(), from + batchSize);
      var batch = SampleBatch.builder();
      for (int i = from; i < to; i++) {
        batch.add(series, i * 10_000L, values.get(i));
      }
      store.append(batch.build());
      var found = new ArrayList<Evaluation>();
      for (int i = from; i < to; i++) {
        found.add(evaluator.arrival(GROUP, RULE, series, i * 10_000L).orElseThrow());
      }
      alerts = new AlertTracker().advance(alerts, found, Instant.EPOCH).next();
    }
    var all = new ArrayList<>(alerts.pending());
    all.addAll(alerts.firing());
    all.addAll(alerts.resolved());
    return all;
  }
}
