package io.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.Role;
import org.junit.jupiter.api.Test;

class RunbookPagesTest {

  @Test
  void theListSaysWhatNobodyHasReviewedForNinetyDaysAndShowsOnlyThatWhenAsked() throws Exception {
    try (var door = new DoorFixture().open()) {
      door.person("vera", Role.VIEWER);
      Visitor vera = door.loggedIn("vera");

      assertThat(vera.get("/runbooks").body())
          .contains("1 page was not reviewed in 90 days", "2026-07-01, review it", "2026-11-01")
          .doesNotContain("2026-11-01, review it");
      assertThat(vera.get("/runbooks?stale=true").body())
          .contains("/runbooks/QueueGrows")
          .doesNotContain("/runbooks/InferenceSlow");
      assertThat(vera.get("/runbooks?stale=true&q=InferenceSlow").body())
          .contains("Every page that fits was reviewed in the last 90 days.");
    }
  }

  @Test
  void whoFoundItHelpfulIsCountedOncePerPersonAndListed() throws Exception {
    try (var door = new DoorFixture().open()) {
      door.person("max", Role.RESPONDER);
      Visitor max = door.loggedIn("max");
      max.get("/runbooks/InferenceSlow");

      assertThat(max.submit("/runbooks/InferenceSlow/votes", "helpful", "yes").statusCode())
          .isEqualTo(303);
      max.submit("/runbooks/InferenceSlow/votes", "helpful", "yes");
      assertThat(max.get("/runbooks/InferenceSlow").body()).contains("1 yes, 0 no");
      assertThat(max.get("/runbooks").body()).contains("1 yes, 0 no");
      max.submit("/runbooks/InferenceSlow/votes", "helpful", "no");
      assertThat(max.get("/runbooks").body()).contains("0 yes, 1 no");
    }
  }

  @Test
  void aPageIsReadBesideTheIncidentWithoutLeavingIt() throws Exception {
    try (var door = new DoorFixture().open()) {
      door.person("vera", Role.VIEWER);

      assertThat(door.loggedIn("vera").get("/runbooks/InferenceSlow?beside=true").body())
          .startsWith("<article")
          .contains("Mitigation", "href=\"/runbooks/InferenceSlow\"")
          .doesNotContain("<html");
    }
  }
}
