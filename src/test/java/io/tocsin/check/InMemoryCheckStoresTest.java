package io.tocsin.check;

import static io.tocsin.check.Results.minute;
import static io.tocsin.check.Results.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemoryCheckStoresTest {

  @Nested
  class ResultStore extends CheckResultStoreContract {
    @Override
    protected CheckResultStore store() {
      return new InMemoryCheckResultStore(100);
    }
  }

  @Nested
  class StateStore extends CheckStateStoreContract {
    @Override
    protected CheckStateStore store() {
      return new InMemoryCheckStateStore();
    }
  }

  @Test
  void theOldestObservationMakesRoom() {
    var store = new InMemoryCheckResultStore(2);
    for (int i = 0; i < 3; i++) {
      store.append(
          List.of(new CheckObservation(result("web", i, Outcome.SUCCESS), Verdict.UP, Verdict.UP)));
    }

    assertThat(store.read("web", minute(0), minute(9), 10))
        .extracting(observation -> observation.result().at())
        .containsExactly(minute(1), minute(2));
  }
}
