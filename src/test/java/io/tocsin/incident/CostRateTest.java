package io.tocsin.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CostRateTest {

  private static CostRate rate(String hourly, String currency) {
    return new CostRate(new BigDecimal(hourly), Currency.getInstance(currency));
  }

  @Test
  void peoplesTimeIsToldInTheCurrencysSmallestUnit() {
    assertThat(rate("95", "EUR").of(Duration.ofMinutes(150))).hasToString("237.50 EUR");
    assertThat(rate("1000.50", "EUR").of(Duration.ofHours(3))).hasToString("3,001.50 EUR");
    assertThat(rate("95", "EUR").of(Duration.ofSeconds(1)).amount()).isEqualByComparingTo("0.03");
    assertThat(rate("9000", "JPY").of(Duration.ofMinutes(1)).amount()).isEqualByComparingTo("150");
  }

  @Property(tries = 200)
  void moreTimeNeverCostsLess(
      @ForAll @LongRange(min = 0, max = 1_000_000_000) long one,
      @ForAll @LongRange(min = 0, max = 1_000_000_000) long more) {
    CostRate rate = rate("87.35", "USD");
    BigDecimal less = rate.of(Duration.ofMillis(one)).amount();
    assertThat(rate.of(Duration.ofMillis(one + more)).amount()).isGreaterThanOrEqualTo(less);
  }
}
