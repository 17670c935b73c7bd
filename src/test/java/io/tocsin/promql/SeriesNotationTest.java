package io.tocsin.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.label.Labels;
import io.tocsin.series.StaleMarker;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesNotationTest {

  @ParameterizedTest
  @CsvSource({
    "1 2.5 -3, 1 2.5 -3",
    "1+2x3, 1 3 5 7",
    "10-5x2, 10 5 0",
    "-2+4x1, -2 2",
    "7x2, 7 7 7",
    "1x0, 1",
    "_ 1 _x2 3, _ 1 _ _ 3",
    "1 stale, 1 stale",
    "Inf -Inf NaN, +Inf -Inf NaN",
    "1e2+1e1x1, 100 110",
  })
  void expands(String text, String values) {
    assertThat(
            SeriesNotation.values(text).stream()
                .map(SeriesNotationTest::print)
                .collect(Collectors.joining(" ")))
        .isEqualTo(values);
  }

  private static String print(OptionalDouble value) {
    if (value.isEmpty()) {
      return "_";
    }
    return StaleMarker.is(value.getAsDouble()) ? "stale" : Numbers.format(value.getAsDouble());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1+2", "1+x3", "1x99999999", "{{schema:1}}"})
  void refusesWhatItCannotExpand(String text) {
    assertThatThrownBy(() -> SeriesNotation.values(text)).isInstanceOf(ParseProblem.class);
  }

  @Test
  void readsLabels() {
    assertThat(SeriesNotation.labels("up{job=\"a\"}"))
        .isEqualTo(Labels.of(Labels.NAME, "up", "job", "a"));
    assertThat(SeriesNotation.labels("{}")).isEqualTo(Labels.EMPTY);
    assertThatThrownBy(() -> SeriesNotation.labels("up{job!=\"a\"}"))
        .isInstanceOf(ParseProblem.class);
  }
}
