package io.tocsin.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.promql.Selectors.Reach;
import org.junit.jupiter.api.Test;

class SelectorsTest {

  @Test
  void addsRangeOffsetAndSubqueries() {
    Expr expr =
        Parser.parse(
            "a + rate(b[10m] offset 1h) + max_over_time(c[2h:1m] offset 5m)"
                + " + max_over_time(rate(d[1m])[1h:]) + e offset -1h + f @ 5 + g @ end()");
    assertThat(Selectors.of(expr, 300_000))
        .extracting(Reach::reachMillis)
        .containsExactly(
            300_000L, 4_200_000L, 7_800_000L, 3_660_000L, 300_000L, Selectors.UNBOUNDED, 300_000L);
    assertThat(Selectors.of(expr, 300_000).get(1).matchers()).isEqualTo(Parser.parseSelector("b"));
  }
}
