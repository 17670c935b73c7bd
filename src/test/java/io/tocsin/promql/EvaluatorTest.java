package io.tocsin.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.label.Labels;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private final ListReader reader = new ListReader();

  EvaluatorTest() {
    for (int series = 0; series < 10; series++) {
      Labels labels = Labels.of(Labels.NAME, "c_total", "i", Integer.toString(series));
      for (int i = 0; i < 100; i++) {
        reader.add(labels, i * 10_000L, i);
      }
    }
  }

  @Test
  void aRangeQuerySelectsEachSelectorOnce() {
    Expr expr = Parser.parse("rate(c_total[1m]) / on(i) c_total + on(i) c_total offset 1m");
    new Evaluator(reader, QueryLimits.DEFAULT).range(expr, 0, 900_000, 1_000);
    assertThat(reader.selections()).isEqualTo(3);
  }

  @Test
  void aRangeQueryAnswersWhatItsInstantsAnswer() {
    Expr expr =
        Parser.parse("topk(3, max_over_time(rate(c_total[1m])[2m:30s])) or c_total offset 5m");
    var evaluator = new Evaluator(reader, QueryLimits.DEFAULT);
    Value.Matrix range = evaluator.range(expr, 0, 900_000, 45_000);
    for (long t = 0; t <= 900_000; t += 45_000) {
      long time = t;
      var instant = (Value.Vector) evaluator.instant(expr, time);
      var slice =
          range.series().stream()
              .flatMap(
                  s -> {
                    int at = java.util.Arrays.binarySearch(s.timestamps(), time);
                    return at < 0
                        ? java.util.stream.Stream.<Value.Sample>empty()
                        : java.util.stream.Stream.of(
                            new Value.Sample(s.labels(), time, s.values()[at]));
                  })
              .toList();
      assertThat(instant.samples()).containsExactlyInAnyOrderElementsOf(slice);
    }
  }

  @Test
  void stopsBeforeReadingTooMuch() {
    var evaluator = new Evaluator(reader, QueryLimits.DEFAULT.withMaxSamples(500));
    assertThatThrownBy(
            () -> evaluator.instant(Parser.parse("sum_over_time(c_total[20m])"), 900_000))
        .isInstanceOfSatisfying(
            QueryProblem.class,
            p -> assertThat(p.kind()).isEqualTo(QueryProblem.Kind.TOO_MANY_SAMPLES))
        .hasMessageContaining("500");
  }

  @Test
  void aSubqueryOfHugeResolutionIsRefusedBeforeItRuns() {
    var evaluator = new Evaluator(reader, QueryLimits.DEFAULT);
    assertThatThrownBy(() -> evaluator.instant(Parser.parse("max_over_time(c_total[100y:1ms])"), 0))
        .isInstanceOf(QueryProblem.class);
  }

  @Test
  void stopsWhenItsTimeIsUp() {
    var asked = new AtomicInteger();
    var evaluator =
        new Evaluator(reader, QueryLimits.DEFAULT.withStop(() -> asked.incrementAndGet() > 5));
    assertThatThrownBy(() -> evaluator.instant(Parser.parse("sum(rate(c_total[5m]))"), 900_000))
        .isInstanceOfSatisfying(
            QueryProblem.class, p -> assertThat(p.kind()).isEqualTo(QueryProblem.Kind.CANCELLED));
  }

  @Test
  void aSlowRegexOfLabelReplaceStopsWhenItsTimeIsUp() {
    var asked = new AtomicInteger();
    int enough = stopsAsked("c_total") + 3;
    var evaluator =
        new Evaluator(reader, QueryLimits.DEFAULT.withStop(() -> asked.incrementAndGet() > enough));
    assertThatThrownBy(
            () ->
                evaluator.instant(
                    Parser.parse("label_replace(c_total, \"a\", \"\", \"b\", \".*\")"), 0))
        .isInstanceOf(QueryProblem.class);
    assertThat(asked).hasValue(enough + 1);
  }

  /** How often a query asks whether to go on. */
  private int stopsAsked(String query) {
    var asked = new AtomicInteger();
    new Evaluator(reader, QueryLimits.DEFAULT.withStop(() -> asked.incrementAndGet() < 0))
        .instant(Parser.parse(query), 0);
    return asked.get();
  }

  @Test
  void theDeepestExpressionIsAnswered() {
    var evaluator = new Evaluator(reader, QueryLimits.DEFAULT);
    String deep = "abs(".repeat(299) + "c_total" + ")".repeat(299);
    assertThat(((Value.Vector) evaluator.instant(Parser.parse(deep), 0)).samples()).hasSize(10);
  }

  @Test
  void refusesARangeOfRanges() {
    var evaluator = new Evaluator(reader, QueryLimits.DEFAULT);
    assertThatThrownBy(() -> evaluator.range(Parser.parse("c_total[5m]"), 0, 1, 1))
        .hasMessageContaining("must be scalar or instant vector");
    assertThatThrownBy(() -> evaluator.range(Parser.parse("c_total"), 1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void warningsSayWhere() {
    var evaluator = new Evaluator(reader, QueryLimits.DEFAULT);
    assertThat(evaluator.instant(Parser.parse("quantile(2, c_total)"), 0).notes().warnings())
        .containsExactly("PromQL warning: quantile value should be between 0 and 1, got 2 (1:10)");
  }
}
