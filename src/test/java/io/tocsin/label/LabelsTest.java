package io.tocsin.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {

  @Test
  void labelsAreSortedAndTheLastValueOfANameWins() {
    Labels labels = Labels.of("b", "1", "a", "2", "b", "3");

    assertThat(labels.toMap())
        .containsExactlyEntriesOf(new java.util.TreeMap<>(java.util.Map.of("a", "2", "b", "3")));
    assertThat(labels)
        .isEqualTo(Labels.of("a", "2", "b", "3"))
        .hasSameHashCodeAs(Labels.of("a", "2", "b", "3"));
  }

  @Test
  void anEmptyValueIsAnAbsentLabel() {
    assertThat(Labels.of("a", "", "b", "1")).isEqualTo(Labels.of("b", "1"));
    assertThat(Labels.of("b", "1").get("a")).isEmpty();
    assertThat(Labels.of("b", "1").with("b", "")).isEqualTo(Labels.EMPTY);
  }

  @Test
  void printsInPrometheusNotation() {
    assertThat(Labels.of("__name__", "up", "job", "a\"b\\c\n"))
        .hasToString("up{job=\"a\\\"b\\\\c\\n\"}");
    assertThat(Labels.of("__name__", "up")).hasToString("up");
    assertThat(Labels.EMPTY).hasToString("{}");
  }

  @Test
  void matchersAreAnchoredAndSeeAbsentLabelsAsEmpty() {
    Labels labels = Labels.of("job", "api");

    assertThat(Matcher.of("job", Matcher.Op.REGEX, "ap").matches(labels)).isFalse();
    assertThat(Matcher.of("job", Matcher.Op.REGEX, "ap.*|x").matches(labels)).isTrue();
    assertThat(Matcher.of("env", Matcher.Op.NOT_REGEX, ".+").matches(labels)).isTrue();
    assertThat(Matcher.all(List.of(Matcher.equal("job", "api"), Matcher.equal("env", "")), labels))
        .isTrue();
  }

  @Test
  void keepsAndDropsByName() {
    Labels labels = Labels.of("a", "1", "b", "2", "c", "3");

    assertThat(labels.keep(List.of("a", "z"))).isEqualTo(Labels.of("a", "1"));
    assertThat(labels.without(List.of("a", "b"))).isEqualTo(Labels.of("c", "3"));
    assertThat(labels.without("z")).isSameAs(labels);
  }
}
