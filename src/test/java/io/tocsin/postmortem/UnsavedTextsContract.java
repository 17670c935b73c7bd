package io.tocsin.postmortem;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.incident.IncidentId;
import io.tocsin.postmortem.UnsavedTexts.Unsaved;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every {@link UnsavedTexts} does. */
public abstract class UnsavedTextsContract {

  private static final IncidentId ID = new IncidentId("i0123456789abcdef");
  private static final Instant AT = Instant.parse("2026-11-21T14:05:12Z");

  /** An empty store in which incidents {@code i0123456789abcdef} and {@code iffff} may be known. */
  protected abstract UnsavedTexts store();

  private static Unsaved text(String person, String markdown, int second) {
    return new Unsaved(ID, person, 3, markdown, AT.plusSeconds(second));
  }

  @Test
  void keepsTheNewestTextOfEachPersonUntilItIsSaved() {
    UnsavedTexts store = store();
    store.keep(text("Ana", "half a sent", 1));
    store.keep(text("Ben", "mine", 2));
    store.keep(text("Ana", "half a sentence \u2713", 3));
    assertThat(store.of(ID))
        .containsExactly(text("Ana", "half a sentence \u2713", 3), text("Ben", "mine", 2));
    store.forget(ID, "Ana");
    assertThat(store.of(ID)).containsExactly(text("Ben", "mine", 2));
    assertThat(store.of(new IncidentId("iffff"))).isEmpty();
  }
}
