package io.tocsin.promql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointwiseTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up == 0",
        "probe_success{job=\"a\"} == 0",
        "rate(errors_total[5m]) * 60 > 5",
        "(time() - timestamp(up)) > 60 * 5",
        "clamp_max(abs(-temperature), 10) >= bool 3",
        "quantile_over_time(0.9, latency[10m]) > 0.2",
        "{\"http.latency\", job=~\"a|b\"} > 1",
      })
  void oneSeriesAloneDecides(String text) {
    assertThat(Pointwise.of(Parser.parse(text))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum(up) == 0",
        "a > b",
        "a and b",
        "absent(up)",
        "absent_over_time(up[5m])",
        "max_over_time(up[5m:1m]) > 0",
        "up @ 5 == 0",
        "up offset 5m == 0",
        "sort(up)",
        "label_replace(up, \"a\", \"b\", \"\", \"\")",
        "up > scalar(limit)",
        "histogram_quantile(0.9, x_bucket)",
        "{__name__=~\"a|b\"} > 0",
        "vector(1)",
        "hour() > 5",
        "1 > bool 0",
      })
  void anythingElseNeedsTheWholeVector(String text) {
    assertThat(Pointwise.of(Parser.parse(text))).isEmpty();
  }

  @Test
  void knowsItsSelectorAndRange() {
    Pointwise pointwise =
        Pointwise.of(Parser.parse("rate(x_total{a=\"b\"}[5m]) > 1")).orElseThrow();
    assertThat(pointwise.matchers()).isEqualTo(Parser.parseSelector("x_total{a=\"b\"}"));
    assertThat(pointwise.rangeMillis()).isEqualTo(300_000);
  }
}
