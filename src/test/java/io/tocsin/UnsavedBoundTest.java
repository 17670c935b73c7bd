package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.Labels;
import io.tocsin.postgres.PostgresJournal;
import io.tocsin.postgres.Retention;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The database goes away at {@link #AWAY}; a probe writes a sample a second. */
class UnsavedBoundTest {
  private static final Labels UP = Labels.of("__name__", "up");
  private static final Instant AWAY = Instant.parse("2026-11-25T00:00:00Z");

  private final MemoryStore store = new MemoryStore(MemoryStore.Limits.DEFAULT);
  private Instant now = AWAY;
  private boolean available;
  private final StorageSettings settings =
      new StorageSettings(
          Optional.empty(), 0, 4, Retention.DEFAULT, 20_000, MemoryStore.Limits.DEFAULT);
  private final UnsavedBound bound = new UnsavedBound(store, this::stats, settings, () -> now);

  private PostgresJournal.Stats stats() {
    return new PostgresJournal.Stats(0, Duration.ZERO, 0, 0, 0, 0, Optional.of(AWAY), available);
  }

  /** Observes so long, with the upkeep of every minute; answers how many samples were given up. */
  private long pass(Duration time) {
    Instant until = now.plus(time);
    long givenUp = 0;
    while (now.isBefore(until)) {
      var batch = SampleBatch.builder();
      for (int i = 0; i < 60; i++) {
        now = now.plusSeconds(1);
        batch.add(UP, now.toEpochMilli(), 1);
      }
      store.append(batch.build());
      store.forget(now.toEpochMilli());
      givenUp += bound.keep();
    }
    return givenUp;
  }

  @Test
  void whatIsOlderThanTheRecentPastIsGivenUpBeyondTheBoundAndCounted() {
    store.append(SampleBatch.of(UP, AWAY.minusSeconds(30).toEpochMilli(), 0));
    assertThat(pass(Duration.ofHours(5))).as("below the bound").isZero();

    long givenUp = pass(Duration.ofHours(7));

    assertThat(store.unsavedSamples()).isLessThanOrEqualTo(20_000);
    assertThat(givenUp + store.unsavedSamples()).isEqualTo(12 * 3_600 + 1);
    var left = store.select(List.of(), 0, now.toEpochMilli()).getFirst();
    assertThat(left.size()).isEqualTo((int) store.unsavedSamples());
    assertThat(left.timestamps()[0]).as("acknowledged before").isLessThan(AWAY.toEpochMilli());
    assertThat(left.timestamps()[left.size() - 3 * 3_600])
        .as("the recent past is whole")
        .isEqualTo(now.minus(Duration.ofHours(3)).plusSeconds(1).toEpochMilli());
  }

  @Test
  void nothingIsGivenUpWhileTheDatabaseTakesSamples() {
    available = true;
    assertThat(pass(Duration.ofHours(8))).isZero();
  }
}
