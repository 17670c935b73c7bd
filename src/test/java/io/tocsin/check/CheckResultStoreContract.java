package io.tocsin.check;

import static io.tocsin.check.Results.minute;
import static io.tocsin.check.Results.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What every store of results does. */
public abstract class CheckResultStoreContract {

  /** An empty store. */
  protected abstract CheckResultStore store();

  private static CheckObservation observation(String check, int minute, Outcome outcome) {
    return new CheckObservation(result(check, minute, outcome), Verdict.UP, Verdict.UNKNOWN);
  }

  @Test
  void givesBackWhatItWasGivenOldestFirst() {
    CheckResultStore store = store();
    var bare =
        new CheckObservation(
            new CheckResult(
                "web",
                "Web app",
                minute(3),
                0.5,
                Outcome.SUCCESS,
                Optional.empty(),
                "",
                Optional.empty(),
                OptionalInt.empty()),
            Verdict.UNKNOWN,
            Verdict.UP);
    store.append(
        List.of(
            observation("web", 1, Outcome.FAILURE),
            observation("other", 1, Outcome.FAILURE),
            observation("web", 2, Outcome.UNKNOWN)));
    store.append(List.of(bare));

    assertThat(store.read("web", minute(0), minute(9), 100))
        .containsExactly(
            observation("web", 1, Outcome.FAILURE), observation("web", 2, Outcome.UNKNOWN), bare);
  }

  @Test
  void readsALeftClosedRightOpenIntervalUpToTheLimit() {
    CheckResultStore store = store();
    for (int i = 0; i < 5; i++) {
      store.append(List.of(observation("web", i, Outcome.SUCCESS)));
    }

    assertThat(store.read("web", minute(1), minute(4), 2))
        .extracting(observation -> observation.result().at())
        .containsExactly(minute(1), minute(2));
    assertThat(store.read("web", minute(3), minute(4), 10)).hasSize(1);
    assertThat(store.read("nobody", minute(0), minute(9), 10)).isEmpty();
  }
}
