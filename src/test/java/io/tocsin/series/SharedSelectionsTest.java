package io.tocsin.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedSelectionsTest {
  private static final List<Matcher> UP = List.of(Matcher.equal(Labels.NAME, "up"));

  private final MemoryStore store = new MemoryStore(MemoryStore.Limits.DEFAULT);
  private final SharedSelections shared = new SharedSelections(store);

  @Test
  void answersTheSameQuestionOnce() {
    store.append(SampleBatch.of(Labels.of(Labels.NAME, "up"), 1_000, 1));
    List<SeriesPoints> first = shared.select(UP, 0, 5_000);
    store.append(SampleBatch.of(Labels.of(Labels.NAME, "up"), 2_000, 1));
    assertThat(shared.select(UP, 0, 5_000)).isSameAs(first);
    assertThat(shared.select(UP, 0, 6_000).getFirst().size()).isEqualTo(2);
  }

  @Test
  void looksAgainAfterAWrite() {
    assertThat(shared.select(UP, 0, 5_000)).isEmpty();
    store.append(SampleBatch.of(Labels.of(Labels.NAME, "up"), 1_000, 1));
    shared.forget();
    assertThat(shared.select(UP, 0, 5_000)).hasSize(1);
  }

  @Test
  void theNewestPointIsRememberedApartAndTakenFromTheWholeWhereThatIsKnown() {
    store.append(SampleBatch.of(Labels.of(Labels.NAME, "up"), 1_000, 1));
    store.append(SampleBatch.of(Labels.of(Labels.NAME, "up"), 2_000, 2));

    assertThat(newest(5_000).getFirst().values()).containsExactly(2);
    assertThat(shared.select(UP, 0, 5_000).getFirst().values()).containsExactly(1, 2);
    assertThat(newest(5_000).getFirst().values()).containsExactly(2);

    List<SeriesPoints> whole = shared.select(UP, 0, 6_000);
    assertThat(newest(6_000)).isEqualTo(whole);
  }

  private List<SeriesPoints> newest(long to) {
    return shared
        .select(new Reading(UP, 0, to, Reading.Wanted.NEWEST, Allowance.UNBOUNDED))
        .series();
  }
}
