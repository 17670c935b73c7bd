package io.tocsin.statuspage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

public class PageEditsTest {

  private static final PageSpec.Component WEB =
      new PageSpec.Component("web", "Web", Optional.of("Site"), "The site", true);
  private static final PageSpec.Component API =
      new PageSpec.Component("api", "API", Optional.empty(), "");
  private static final PageLook.Announcement NOTE =
      new PageLook.Announcement(PageLook.Announcement.Tone.NOTE, "Hello");
  private static final PageSpec CONFIGURED = configured(Optional.of(NOTE));

  private static PageSpec configured(Optional<PageLook.Announcement> announcement) {
    PageLook plain = PageLook.PLAIN;
    return new PageSpec(
        "Status",
        Optional.empty(),
        List.of(WEB, API),
        new PageLook(
            plain.language(),
            plain.languages(),
            plain.accent(),
            plain.logo(),
            plain.footer(),
            announcement));
  }

  @Test
  void withoutChangesThePageIsAsConfigured() {
    assertThat(PageEdits.NONE.over(CONFIGURED)).isEqualTo(CONFIGURED);
  }

  @Test
  void orderGroupAndDescriptionAreThoseOfTheChangesAndNothingIsListedThatWasNot() {
    var edits =
        new PageEdits(
            List.of(
                new PageEdits.Component("Gone", Optional.empty(), "was listed once"),
                new PageEdits.Component("API", Optional.of("For programs"), "v2")),
            Optional.empty());
    assertThat(edits.over(CONFIGURED).components())
        .containsExactly(
            new PageSpec.Component("api", "API", Optional.of("For programs"), "v2"), WEB);
    assertThat(edits.over(CONFIGURED).look().announcement()).contains(NOTE);
  }

  @Test
  void anAnnouncementIsReplacedByAnotherOrByNone() {
    var other = new PageLook.Announcement(PageLook.Announcement.Tone.WARNING, "Careful");
    var warns = new PageEdits(List.of(), Optional.of(new PageEdits.Banner(Optional.of(other))));
    assertThat(warns.over(CONFIGURED).look().announcement()).contains(other);
    var silent = new PageEdits(List.of(), Optional.of(new PageEdits.Banner(Optional.empty())));
    assertThat(silent.over(CONFIGURED)).isEqualTo(configured(Optional.empty()));
  }

  @Test
  void changesInMemoryKeepTheContract() {
    keepsTheContract(PageEditStore.inMemory());
  }

  /** What every store of them does. */
  public static void keepsTheContract(PageEditStore store) {
    Instant first = Instant.parse("2026-11-21T12:00:00.123456Z");
    var edits =
        new PageEdits(
            List.of(new PageEdits.Component("API", Optional.empty(), "<b>", true)),
            Optional.of(new PageEdits.Banner(Optional.of(NOTE))));
    var kept = new PageEditStore.Kept(edits, "ana", first);
    assertThat(store.load()).isEmpty();
    assertThat(store.save(kept, Optional.of(first))).isFalse();
    assertThat(store.save(kept, Optional.empty())).isTrue();
    assertThat(store.load()).contains(kept);
    var later = new PageEditStore.Kept(PageEdits.NONE, "ben", first.plusSeconds(1));
    assertThat(store.save(later, Optional.empty())).isFalse();
    assertThat(store.save(later, Optional.of(first))).isTrue();
    assertThat(store.save(kept, Optional.of(first))).isFalse();
    assertThat(store.load()).contains(later);
    store.reset();
    assertThat(store.load()).isEmpty();
  }
}
