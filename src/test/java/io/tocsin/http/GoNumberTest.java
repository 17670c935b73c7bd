package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoNumberTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "1, 1",
    "-1.5, -1.5",
    "100000000000000000000, 100000000000000000000",
    "1e21, 1e+21",
    "1.5e300, 1.5e+300",
    "0.000001, 0.000001",
    "0.00000012, 1.2e-07",
    "NaN, NaN",
    "Infinity, +Inf",
    "-Infinity, -Inf",
    "0.1, 0.1",
    "4.9e-324, 5e-324",
    "9.9e-324, 1e-323",
    "1.5e-323, 1.5e-323",
    "4.3e-322, 4.3e-322",
    "1234567.891, 1234567.891"
  })
  void aValueIsWrittenAsPrometheusWritesIt(double value, String text) {
    assertThat(GoNumber.of(value)).isEqualTo(text);
  }

  @Test
  void aTimestampHasDecimalsOnlyWhereNeeded() {
    assertThat(GoNumber.seconds(1_435_781_451_000L)).hasToString("1435781451");
    assertThat(GoNumber.seconds(1_435_781_451_781L)).hasToString("1435781451.781");
    assertThat(GoNumber.seconds(-500)).hasToString("-0.500");
  }
}
