package io.tocsin.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.Labels;
import io.tocsin.series.Cardinality.Count;
import java.util.List;
import org.junit.jupiter.api.Test;

class CardinalityTest {

  @Test
  void tellsWhatMakesUpMostOfTheSeries() {
    Cardinality found =
        Cardinality.of(
            List.of(
                Labels.of(Labels.NAME, "up", "job", "a"),
                Labels.of(Labels.NAME, "up", "job", "bb"),
                Labels.of(Labels.NAME, "down", "job", "a")),
            2);
    assertThat(found.metrics()).containsExactly(new Count("up", 2), new Count("down", 1));
    assertThat(found.labels()).containsExactly(new Count("__name__", 2), new Count("job", 2));
    assertThat(found.bytes()).containsExactly(new Count("__name__", 6), new Count("job", 3));
    assertThat(found.pairs()).containsExactly(new Count("__name__=up", 2), new Count("job=a", 2));
    assertThat(found.pairCount()).isEqualTo(4);
  }
}
