package io.tocsin.promql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormatterTest {

  @Test
  void keepsWhatFitsOnOneLine() {
    assertThat(Formatter.format(Parser.parse("sum(rate(a[5m]))by(b)/ 2 # half")))
        .isEqualTo("sum by (b) (rate(a[5m])) / 2");
  }

  @Test
  void laysOutWhatDoesNot() {
    String query =
        "histogram_quantile(0.9, sum by (le) (rate(latency_bucket{environment=\"production\","
            + "job=\"checkout\"}[5m]))) > 1";
    assertThat(Formatter.format(Parser.parse(query)))
        .isEqualTo(
            """
              histogram_quantile(
                0.9,
                sum by (le) (rate(latency_bucket{environment="production",job="checkout"}[5m]))
              )
            >
              1\
            """
                .indent(0)
                .stripTrailing());
  }

  @Test
  void whatItWritesReadsTheSame() {
    String long1 = "-(" + "(a + b) * ".repeat(20) + "c)[5m:1m] offset 1h";
    String text = "topk(3, last_over_time(" + long1.substring(1) + ")) unless -" + "x".repeat(120);
    Expr expr = Parser.parse(text);
    assertThat(Parser.parse(Formatter.format(expr))).isEqualTo(expr);
    assertThat(Formatter.format(expr).lines().count()).isGreaterThan(20);
  }
}
