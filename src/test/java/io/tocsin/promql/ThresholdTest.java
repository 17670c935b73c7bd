package io.tocsin.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.Labels;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {
  private static final Labels X = Labels.of(Labels.NAME, "x", "a", "b");

  @Provide
  Arbitrary<Double> values() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            0.0, -0.0, 5.0, -5.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY),
        Arbitraries.doubles());
  }

  @Provide
  Arbitrary<String> expressions() {
    return Arbitraries.of(
        "x > 5",
        "5 < x",
        "x{a=\"b\"} != 5",
        "x == NaN",
        "x != NaN",
        "(-x) >= -5",
        "x <= 2 * 2.5 + 1",
        "100 - x / 2 < 20",
        "abs(x) % 3 == 2",
        "clamp(x, -1, 1) * 3 > 2",
        "round(x, 0.5) == 0.5",
        "x ^ 2 > 1e300",
        "-(x - 5) ^ 2 == 0",
        "x / 0 == Inf");
  }

  @Property(tries = 1000)
  void saysOfASampleWhatTheEvaluatorSays(
      @ForAll("expressions") String text, @ForAll("values") double value) {
    Expr expr = Parser.parse(text);
    Threshold threshold = Threshold.of(Pointwise.of(expr).orElseThrow()).orElseThrow();
    var store = new MemoryStore(MemoryStore.Limits.DEFAULT);
    store.append(SampleBatch.of(X, 1_000, value));

    var found = (Value.Vector) new Evaluator(store, QueryLimits.DEFAULT).instant(expr, 1_000);

    assertThat(threshold.keeps(value)).isEqualTo(!found.samples().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "x > bool 5",
        "x * 2",
        "rate(x[5m]) > 5",
        "time() - x > 5",
        "timestamp(x) > 5",
        "(x > 5) * 2 < 20",
        "(x > 5) > 20",
        "hour(x) > time()",
      })
  void moreThanTheSampleDecides(String text) {
    assertThat(Pointwise.of(Parser.parse(text)).flatMap(Threshold::of)).isEqualTo(Optional.empty());
  }
}
