package io.tocsin.incident;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Currency;
import java.util.Locale;

/**
 * What an hour of a responder costs, to tell what an incident cost in people's time.
 *
 * @param hourly per person and hour, not negative
 * @param currency by ISO 4217
 */
public record CostRate(BigDecimal hourly, Currency currency) {

  private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);

  /**
   * An amount of money, rounded to the currency's smallest unit.
   *
   * @param amount in the currency
   * @param currency by ISO 4217
   */
  public record Money(BigDecimal amount, Currency currency) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%,.2f %s", amount, currency.getCurrencyCode());
    }
  }

  public CostRate {
    if (hourly.signum() < 0) {
      throw new IllegalArgumentException(
          "hourly_rate: found " + hourly + ", expected nothing negative");
    }
  }

  /** What people's time costs; halves are rounded up. */
  public Money of(Duration peopleTime) {
    int digits = Math.max(0, currency.getDefaultFractionDigits());
    BigDecimal amount =
        hourly
            .multiply(BigDecimal.valueOf(peopleTime.toMillis()))
            .divide(MILLIS_PER_HOUR, digits, RoundingMode.HALF_UP);
    return new Money(amount, currency);
  }
}
