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
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ArrivalPropertyTest {
  private static final AlertingRule RULE =
      AlertingRule.of(
          AlertSpec.of("f;g;0", "High", Duration.ofSeconds(20)),
          "max_over_time(cpu[20s]) > 5",
          Map.of(),
          Map.of());

  private static final RuleGroup GROUP =
      new RuleGroup(
          "f", "g", Duration.ofSeconds(15), Duration.ZERO, 0, Optional.empty(), List.of(RULE));

  @Property(tries = 200)
  void batchesMakeNoDifference(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 10) Integer> values,
      @ForAll @IntRange(min = 1, max = 30) int batch) {
    List<Alert> oneByOne = alerts(values, 1);

    assertThat(alerts(values, batch)).isEqualTo(oneByOne);
    assertThat(oneByOne.stream().anyMatch(Alert::active)).isEqualTo(highAtTheEnd(values));
  }

  /** Of the last 20 seconds, without their first instant. */
  private static boolean highAtTheEnd(List<Integer> values) {
    return values.subList(Math.max(0, values.size() - 2), values.size()).stream()
        .anyMatch(value -> value > 5);
  }

  private static List<Alert> alerts(List<Integer> values, int batchSize) {
    var store = new MemoryStore(MemoryStore.Limits.DEFAULT);
    var known = new AtomicReference<>(Alerts.NONE);
    var rules =
        new PointwiseRules(
            List.of(GROUP), store, QueryLimits.DEFAULT, Site.NONE, id -> known.get().tracks(id));
    Labels series = Labels.of(Labels.NAME, "cpu");
    for (int from = 0; from < values.size(); from += batchSize) {
      int to = Math.min(values.size(), from + batchSize);
      var batch = SampleBatch.builder();
      for (int i = from; i < to; i++) {
        batch.add(series, i * 10_000L, values.get(i));
      }
      SampleBatch arrived = batch.build();
      store.append(arrived);
      List<Evaluation> found = rules.evaluate(arrived, Instant.EPOCH);
      known.set(new AlertTracker().advance(known.get(), found, Instant.EPOCH).next());
    }
    var all = new ArrayList<>(known.get().pending());
    all.addAll(known.get().firing());
    all.addAll(known.get().resolved());
    return all;
  }
}
