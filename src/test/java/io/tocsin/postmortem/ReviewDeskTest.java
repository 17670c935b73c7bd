package io.tocsin.postmortem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.incident.InMemoryIncidentStore;
import io.tocsin.incident.SeverityPolicy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReviewDeskTest {

  private final AtomicInteger shown = new AtomicInteger();
  private final InMemoryIncidentStore incidents = new InMemoryIncidentStore();
  private final Postmortems postmortems =
      new Postmortems(PostmortemStore.inMemory(), SeverityPolicy.OWNERS);
  private final ReviewDesk desk =
      new ReviewDesk(postmortems, FollowUpStore.inMemory(), incidents, shown::incrementAndGet);

  private void move(Review.State to, String summary) {
    desk.move(Stories.ID, to, Optional.of(summary), "ben", Stories.at(4000));
  }

  @Test
  void aTextIsPublishedOutOfItsReviewOnlyAndThenThePublicReadsItsSummary() {
    assertThatThrownBy(() -> move(Review.State.IN_REVIEW, ""))
        .isInstanceOf(ReviewDesk.Refused.class)
        .hasMessageContaining("no post-mortem yet");
    postmortems.draft(Stories.resolved(), Stories.at(2525));
    assertThatThrownBy(() -> move(Review.State.PUBLISHED, "It is over."))
        .isInstanceOf(ReviewDesk.Refused.class)
        .hasMessageContaining("send it there first");
    move(Review.State.IN_REVIEW, "It is over.");
    assertThat(shown).hasValue(0);
    assertThat(desk.store().published(10)).isEmpty();

    desk.move(Stories.ID, Review.State.PUBLISHED, Optional.empty(), "ana", Stories.at(4100));
    assertThat(shown).hasValue(1);
    assertThat(desk.store().published(10))
        .singleElement()
        .extracting(Review::publicSummary)
        .isEqualTo(Optional.of("It is over."));

    move(Review.State.IN_REVIEW, " ");
    assertThat(shown).as("taken back is seen too").hasValue(2);
    assertThat(desk.store().review(Stories.ID).orElseThrow().publicSummary()).isEmpty();
  }

  @Test
  void aSummaryHasABound() {
    postmortems.draft(Stories.resolved(), Stories.at(2525));
    assertThatThrownBy(() -> move(Review.State.IN_REVIEW, "x".repeat(10_001)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("public_summary: found 10001 characters, expected at most 10000");
  }

  @Test
  void aStoryKnowsItsDayItsOwnerAndWhetherItIsLate() {
    Evidence evidence = Stories.resolved();
    incidents.save(java.util.List.of(evidence.incident()), evidence.events());
    Story story = desk.story(evidence.incident());
    assertThat(story.version()).isZero();
    assertThat(story.state()).isEqualTo(Review.State.DRAFT);
    assertThat(story.dueAt())
        .contains(
            evidence.incident().resolvedAt().orElseThrow().plus(DuePolicy.DEFAULT.required()));
    assertThat(story.overdue(story.dueAt().orElseThrow())).isFalse();
    assertThat(story.overdue(story.dueAt().orElseThrow().plusSeconds(1))).isTrue();
    postmortems.draft(evidence, Stories.at(2525));
    move(Review.State.IN_REVIEW, "");
    move(Review.State.PUBLISHED, "");
    assertThat(desk.story(evidence.incident()).overdue(Stories.at(100_000_000))).isFalse();
  }
}
