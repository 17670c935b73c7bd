package io.tocsin.web;

import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.statuspage.Fabricated;
import io.tocsin.statuspage.Language;
import io.tocsin.statuspage.PageInput;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StatusSiteTest {

  /** The notice of old data, kept back. */
  private static final String HIDDEN = "id=\"stale\" hidden";

  private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
  private final AtomicReference<PageInput> input = new AtomicReference<>(Fabricated.calm(NOW));
  private volatile boolean away;

  private final StatusSite site =
      new StatusSite(Fabricated.spec(), this::read, clock::get, new Assets());

  private PageInput read(Instant now) {
    if (away) {
      throw new IllegalStateException("the database is away");
    }
    PageInput known = input.get();
    return new PageInput(known.incidents(), known.checks(), known.maintenance(), known.days(), now);
  }

  private void later(int seconds) {
    clock.set(clock.get().plusSeconds(seconds));
    site.refresh();
  }

  private String home() {
    return site.edition().home(Language.EN, Theme.AUTO).plain().toString();
  }

  @Test
  void beforeTheFirstReadNothingIsClaimed() {
    assertThat(home()).contains("The state of our systems is not known at the moment");
  }

  @Test
  void aPageIsRenderedOnceForAllWhoAsk() {
    site.refresh();
    RenderedPage first = site.edition().home(Language.EN, Theme.DARK);
    assertThat(site.edition().home(Language.EN, Theme.DARK)).isSameAs(first);
  }

  @Test
  void whatOnlyGrewOlderIsNotRenderedAgainAtOnce() {
    site.refresh();
    Edition first = site.edition();
    later(5);
    assertThat(site.edition()).isSameAs(first);
    later(10);
    assertThat(site.edition()).isNotSameAs(first);
  }

  @Test
  void aChangeIsRenderedAtOnce() {
    site.refresh();
    assertThat(home()).contains("All systems operational");
    input.set(Fabricated.input(NOW));
    later(1);
    assertThat(home()).contains("Major outage: AI models").doesNotContain("All systems");
  }

  @Test
  void whileTheSourceIsAwayTheLastPageStaysAndSoonSaysItsAge() {
    site.refresh();
    away = true;
    later(60);
    assertThat(home()).contains("All systems operational", HIDDEN);
    later(61);
    assertThat(home())
        .contains("All systems operational", "may be out of date", "21 Nov 2026, 14:05:12 UTC")
        .doesNotContain(HIDDEN);
    away = false;
    later(1);
    assertThat(home()).contains(HIDDEN);
  }

  @Test
  void aSourceThatHangsDoesNotKeepThePageFromSayingItsAge() {
    site.refresh();
    clock.set(NOW.plusSeconds(121));
    assertThat(home()).contains("may be out of date").doesNotContain(HIDDEN);
  }

  @Test
  void aWordThatSomethingChangedIsActedUponWithoutWaiting() throws Exception {
    var reads = new CountDownLatch(2);
    try (var live =
        new StatusSite(
            Fabricated.spec(),
            now -> {
              reads.countDown();
              return input.get();
            },
            clock::get,
            new Assets())) {
      live.start();
      live.changed();
      assertThat(reads.await(4, TimeUnit.SECONDS)).isTrue();
    }
  }
}
