package io.tocsin.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.view.SavedViews.View;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every {@link SavedViews} does. */
public abstract class SavedViewsContract {

  private static final Instant AT = Instant.parse("2026-11-21T14:05:12Z");

  /** An empty store. */
  protected abstract SavedViews store();

  private static View view(String list, String name, String query) {
    return new View(list, name, query, "ana", AT);
  }

  @Test
  void keepsTheViewsOfEachListByNameUntilTheyAreRemoved() {
    SavedViews store = store();
    assertThat(store.add(view("/alerts", "Payments", "q=payment"))).isTrue();
    assertThat(store.add(view("/alerts", "Critical <b>", "severity=critical"))).isTrue();
    assertThat(store.add(view("/incidents", "Payments", "state=open"))).isTrue();
    assertThat(store.add(view("/alerts", "Payments", "q=other"))).isFalse();
    assertThat(store.of("/alerts"))
        .containsExactly(
            view("/alerts", "Critical <b>", "severity=critical"),
            view("/alerts", "Payments", "q=payment"));
    assertThat(store.remove("/alerts", "Payments")).isTrue();
    assertThat(store.remove("/alerts", "Payments")).isFalse();
    assertThat(store.of("/alerts")).hasSize(1);
    assertThat(store.of("/incidents")).hasSize(1);
  }

  @Test
  void aListHasNoMoreViewsThanFit() {
    SavedViews store = store();
    for (int i = 0; i < SavedViews.MOST; i++) {
      assertThat(store.add(view("/alerts", "view " + i, "q=" + i))).isTrue();
    }
    assertThat(store.add(view("/alerts", "one more", "q=x"))).isFalse();
    assertThat(store.add(view("/incidents", "one more", "q=x"))).isTrue();
  }

  @Test
  void aViewHasANameAndAFilter() {
    assertThatThrownBy(() -> view("/alerts", " ", "q=x")).hasMessageContaining("name: found \" \"");
    assertThatThrownBy(() -> view("/alerts", "all", "")).hasMessageContaining("query: found 0");
  }
}
