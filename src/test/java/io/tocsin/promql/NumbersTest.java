package io.tocsin.promql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "5, 5",
    ".5, 0.5",
    "5., 5",
    "1e3, 1000",
    "1E-3, 0.001",
    "0x1f, 31",
    "017, 15",
    "09, 9",
    "1_000, 1000",
    "1_0.5, 10.5",
    "INF, +Inf",
    "nan, NaN",
  })
  void readsEveryForm(String text, String value) {
    assertThat(Numbers.format(Numbers.parse(text).orElseThrow())).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "1__0", "_1", "1_", "1e", "0x", "0xg", "1.2.3", "1d", "infinity"})
  void refusesEverythingElse(String text) {
    assertThat(Numbers.parse(text)).isEqualTo(OptionalDouble.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "0.1, 0.1",
    "1e21, 1000000000000000000000",
    "1.5e-7, 0.00000015",
    "123456789.25, 123456789.25",
    "-3, -3",
  })
  void writesTheShortestDecimal(double value, String text) {
    assertThat(Numbers.format(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0s", "1ms, 1, 1ms", "90m, 5400000, 1h30m", "1d12h, 129600000, 1d12h",
    "7d, 604800000, 1w", "8d, 691200000, 8d", "1y, 31536000000, 1y",
        "1h30m15s5ms, 5415005, 1h30m15s5ms",
  })
  void durationsComeBack(String text, long millis, String shortest) {
    assertThat(Durations.parse(text)).isEqualTo(OptionalLong.of(millis));
    assertThat(Durations.format(millis)).isEqualTo(shortest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "1m1h", "1h1h", "1.5h", "m", "99999999999y", "1 h"})
  void refusesWhatIsNoDuration(String text) {
    assertThat(Durations.parse(text)).isEqualTo(OptionalLong.empty());
  }
}
