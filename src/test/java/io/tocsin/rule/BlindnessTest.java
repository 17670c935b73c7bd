package io.tocsin.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.Matcher;
import io.tocsin.promql.Parser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Series here, gone, or never looked for: whether an empty answer means anything. */
class BlindnessTest {

  /** {@code b} lives, {@code g} is gone; anything else was not read. */
  private static boolean blind(String expr) {
    Map<String, Boolean> lives = Map.of("b", true, "g", false);
    return Blindness.of(
        Parser.parse(expr), matchers -> Optional.ofNullable(lives.get(name(matchers))));
  }

  private static String name(List<Matcher> matchers) {
    return matchers.getFirst().value();
  }

  @ParameterizedTest
  @CsvSource({
    "g > 1, true",
    "b > 1, false",
    "b > 1 or g > 1, false",
    "b / g > 1, false",
    "b > 1 unless g > 1, false"
  })
  void anExpressionIsBlindWhenEverySelectorIsEmpty(String expr, boolean expected) {
    assertThat(blind(expr)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "b > 1 and g > 1, true",
    "g > 1 and b > 1, true",
    "(b > 1) and (b > 1 and on () g > 1), true",
    "b > 1 and b > 1, false",
    "b > 1 and (b > 1 or g > 1), false"
  })
  void oneBlindSideBlindsAnAnd(String expr, boolean expected) {
    assertThat(blind(expr)).isEqualTo(expected);
  }

  @Test
  void whatWasNotReadIsNotBlind() {
    assertThat(blind("b > 1 and unread > 1")).isFalse();
    assertThat(blind("vector(1) > 2")).isFalse();
  }
}
