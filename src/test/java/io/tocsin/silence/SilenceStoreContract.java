package io.tocsin.silence;

import static io.tocsin.alert.AlertExamples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.Matcher;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every silence store does. */
public abstract class SilenceStoreContract {

  /** An empty store. */
  protected abstract SilenceStore store();

  private static Silence silence(String id, int startsAfter, int endsAfter) {
    Instant start = T0.plusSeconds(startsAfter);
    return new Silence(
        id,
        List.of(Matcher.equal("node", "a"), Matcher.of("team", Matcher.Op.NOT_REGEX, "x|\"y\"")),
        start,
        T0.plusSeconds(endsAfter),
        "Ana",
        "known");
  }

  @Test
  void silencesComeByStartAndOnlyThoseThatEndLater() {
    SilenceStore store = store();
    store.save(silence("late", 50, 100));
    store.save(silence("early", 0, 100));
    store.save(silence("over", 0, 10));
    assertThat(store.endingAfter(T0.plusSeconds(10)))
        .containsExactly(silence("early", 0, 100), silence("late", 50, 100));
  }

  @Test
  void savingAgainReplaces() {
    SilenceStore store = store();
    store.save(silence("one", 0, 100));
    store.save(silence("one", 0, 200));
    assertThat(store.find("one")).contains(silence("one", 0, 200));
    assertThat(store.endingAfter(T0)).hasSize(1);
  }

  @Test
  void whatIsRemovedIsGone() {
    SilenceStore store = store();
    store.save(silence("one", 0, 100));
    assertThat(store.remove("one")).isTrue();
    assertThat(store.remove("one")).isFalse();
    assertThat(store.find("one")).isEmpty();
  }
}
