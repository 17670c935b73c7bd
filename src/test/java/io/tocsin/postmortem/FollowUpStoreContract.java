package io.tocsin.postmortem;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.incident.IncidentId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of action items and reviews does. */
public abstract class FollowUpStoreContract {

  protected static final IncidentId INCIDENT = new IncidentId("i0000aaaa");
  private static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");

  /** An empty store that knows {@link #INCIDENT}. */
  protected abstract FollowUpStore store();

  private static ActionItem item(String id, int day, ActionItem.State state) {
    return new ActionItem(
        id,
        INCIDENT,
        "Add a limit",
        ActionItem.Kind.PREVENT,
        Optional.of("ana"),
        day == 0 ? Optional.empty() : Optional.of(LocalDate.of(2026, 3, day)),
        state,
        Optional.empty(),
        "ben",
        T0);
  }

  @Test
  void openItemsComeByTheirDueDate() {
    FollowUpStore store = store();
    store.save(item("a1", 0, ActionItem.State.OPEN));
    store.save(item("a2", 20, ActionItem.State.OPEN));
    store.save(item("a3", 10, ActionItem.State.OPEN));
    store.save(item("a4", 5, ActionItem.State.DONE));
    assertThat(store.openActions(10)).extracting(ActionItem::id).containsExactly("a3", "a2", "a1");
    assertThat(store.openActions(1)).hasSize(1);
    assertThat(store.actions(INCIDENT)).hasSize(4);
    store.save(item("a3", 10, ActionItem.State.DROPPED).exported("github 7"));
    assertThat(store.action("a3").orElseThrow().issue()).contains("github 7");
    assertThat(store.openActions(10)).extracting(ActionItem::id).containsExactly("a2", "a1");
    assertThat(store.action("a9")).isEmpty();
  }

  @Test
  void theLastReviewCounts() {
    FollowUpStore store = store();
    assertThat(store.review(INCIDENT)).isEmpty();
    store.save(new Review(INCIDENT, Review.State.IN_REVIEW, "ana", T0, Optional.empty()));
    var published =
        new Review(INCIDENT, Review.State.PUBLISHED, "ben", T0, Optional.of("It is over."));
    store.save(published);
    assertThat(store.review(INCIDENT)).contains(published);
    assertThat(store.published(10)).containsExactly(published);
    assertThat(store.reviews(List.of(INCIDENT, new IncidentId("iffff"))))
        .containsExactly(published);
    assertThat(store.reviews(List.of())).isEmpty();
    store.save(new Review(INCIDENT, Review.State.PUBLISHED, "ben", T0, Optional.empty()));
    assertThat(store.published(10)).isEmpty();
  }

  @Test
  void anItemIsOverdueFromTheDayAfter() {
    assertThat(item("a", 10, ActionItem.State.OPEN).overdue(LocalDate.of(2026, 3, 10))).isFalse();
    assertThat(item("a", 10, ActionItem.State.OPEN).overdue(LocalDate.of(2026, 3, 11))).isTrue();
    assertThat(item("a", 10, ActionItem.State.DONE).overdue(LocalDate.of(2026, 3, 11))).isFalse();
  }
}
