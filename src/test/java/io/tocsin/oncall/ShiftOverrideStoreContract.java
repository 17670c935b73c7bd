package io.tocsin.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of overrides does. */
public abstract class ShiftOverrideStoreContract {

  private static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");

  /** An empty store. */
  protected abstract ShiftOverrideStore store();

  private static ShiftOverride override(String id, int from, int to, int created) {
    return new ShiftOverride(
        id,
        "l1",
        T0.plusSeconds(from),
        T0.plusSeconds(to),
        "ana",
        Optional.of("ben"),
        "ben",
        "a \"swap\"",
        T0.plusSeconds(created));
  }

  @Test
  void overridesComeInOrderOfCreationAndOnlyThoseThatEndLater() {
    ShiftOverrideStore store = store();
    store.save(List.of(override("o1", 0, 100, 9), override("o2", 50, 200, 3)));
    store.save(List.of(override("o3", 0, 10, 1)));
    assertThat(store.endingAfter(T0.plusSeconds(10)))
        .containsExactly(override("o2", 50, 200, 3), override("o1", 0, 100, 9));
  }

  @Test
  void whatIsRemovedIsGone() {
    ShiftOverrideStore store = store();
    store.save(List.of(override("o1", 0, 100, 9)));
    assertThat(store.remove("o1")).isTrue();
    assertThat(store.remove("o1")).isFalse();
    assertThat(store.endingAfter(T0)).isEmpty();
  }
}
