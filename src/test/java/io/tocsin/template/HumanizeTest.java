package io.tocsin.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanizeTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "1234567, 1.235M",
    "0.12, 120m",
    "-0.00012, -120u",
    "1.2345678e40, 1.235e+16Y",
    "999.99, 1000",
    "Infinity, +Inf",
    "NaN, NaN",
    "1e3, 1k",
  })
  void numbersGetAMetricPrefix(double value, String text) {
    assertThat(Humanize.number(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "1048576, 1Mi", "1536, 1.5ki", "0.5, 0.5"})
  void bytesGetABinaryPrefix(double value, String text) {
    assertThat(Humanize.binary(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "1, 1s",
    "60, 1m 0s",
    "3600, 1h 0m 0s",
    "86400, 1d 0h 0m 0s",
    "90061, 1d 1h 1m 1s",
    "-90061, -1d 1h 1m 1s",
    "899.99, 14m 59s",
    "12.345678, 12.35s",
    "0.1, 100ms",
    "0.0001, 100us",
    "-0.5, -500ms",
    "Infinity, +Inf",
  })
  void durationsAreSpelled(double seconds, String text) {
    assertThat(Humanize.duration(seconds)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.1234567, 12.35%", "1, 100%", "-0.5, -50%", "12345, 1.234e+06%"})
  void ratiosArePercentages(double ratio, String text) {
    assertThat(Humanize.percentage(ratio)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1", "0.1, 0.1", "1e20, 1e+20", "1e21, 1e+21", "1.5e-7, 1.5e-07",
    "0.0001, 0.0001", "0.00001, 1e-05", "-0.0, -0", "123456789, 1.23456789e+08", "NaN, NaN",
  })
  void numbersPrintAsGoPrintsThem(double value, String text) {
    assertThat(GoFormat.print(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "%d|~42~",
        "%5d|~   42~",
        "%-5d.|~42   .~",
        "%05d|~00042~",
        "%+d|~+42~",
        "%x|~2a~",
        "%c|~*~",
        "%v|~42~",
        "%s|~%!s(int=42)~",
        "%.2f|~%!f(int=42)~",
        "%d %d|~42 %!d(MISSING)~",
        "100%%|~100%%!(EXTRA int=42)~",
      })
  void wholeNumbersFormat(String format, String text) {
    assertThat(Printf.format(format, List.of(42L))).isEqualTo(text);
  }

  @Test
  void realNumbersAndTextFormat() {
    assertThat(
            Printf.format(
                "%.2f|%f|%8.3f|%e|%g|%.3g", List.of(2.345, 1.0, -1.5, 1234.5, 1e21, 1234.5)))
        .isEqualTo("2.35|1.000000|  -1.500|1.234500e+03|1e+21|1.23e+03");
    assertThat(Printf.format("%s|%q|%10s|%-4s|%.2s|%t", List.of("a", "b\"", "c", "d", "efg", true)))
        .isEqualTo("a|\"b\\\"\"|         c|d   |ef|true");
    assertThat(Printf.format("%.0f %d", List.of(0.5, 1.5))).isEqualTo("0 %!d(float64=1.5)");
  }
}
