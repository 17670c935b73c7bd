package io.tocsin.check;

import static io.tocsin.check.Results.START;
import static io.tocsin.check.Results.policy;
import static io.tocsin.check.Results.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of states does. */
public abstract class CheckStateStoreContract {

  /** An empty store. */
  protected abstract CheckStateStore store();

  @Test
  void theLastStateOfACheckIsTheOneKept() {
    CheckStateStore store = store();
    var tracker = new CheckTracker(List.of(policy("web"), policy("api")), List.of(), START);
    store.save(tracker.states());
    tracker.advance(result("web", 1, Outcome.FAILURE));
    store.save(List.of(tracker.state("web").orElseThrow()));

    assertThat(store.load()).containsExactlyInAnyOrderElementsOf(tracker.states());
  }
}
