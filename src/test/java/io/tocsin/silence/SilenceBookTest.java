package io.tocsin.silence;

import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.firing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.label.Matcher;
import io.tocsin.silence.SilenceBook.Draft;
import io.tocsin.silence.SilenceBook.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SilenceBookTest {
  private static final List<Matcher> WEB = List.of(Matcher.equal("team", "web"));
  private static final Instant END = T0.plusSeconds(3_600);

  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicInteger changes = new AtomicInteger();
  private final SilenceBook book = book(true);

  private SilenceBook book(boolean secondPerson) {
    return new SilenceBook(
        new InMemorySilenceStore(),
        () -> "s" + ids.incrementAndGet(),
        secondPerson,
        changes::incrementAndGet);
  }

  private static Draft draft(
      Optional<String> id, List<Matcher> matchers, Instant from, Instant to) {
    return new Draft(id, matchers, from, to, "Ada", "known", Optional.empty());
  }

  private Silence set(Draft draft, Instant now) {
    return ((Outcome.Done) book.set(draft, "ada", now)).silence();
  }

  @Test
  void aNewOneDoesNotBeginInThePast() {
    Silence silence = set(draft(Optional.empty(), WEB, T0.minusSeconds(60), END), T0);
    assertThat(silence.startsAt()).isEqualTo(T0);
    assertThat(silence.state(T0)).isEqualTo(Silence.State.ACTIVE);
    assertThat(changes).hasValue(1);
  }

  @Test
  void onlyItsEndMayMoveWhileItHoldsElseItIsAnotherOne() {
    Silence first = set(draft(Optional.empty(), WEB, T0, END), T0);
    Instant later = T0.plusSeconds(60);
    Silence longer =
        set(draft(Optional.of(first.id()), WEB, T0.plusMillis(3), END.plusSeconds(60)), later);
    assertThat(longer.id()).isEqualTo(first.id());
    List<Matcher> other = List.of(Matcher.equal("team", "db"));
    Silence another = set(draft(Optional.of(first.id()), other, T0, END), later);
    assertThat(another.id()).isNotEqualTo(first.id());
    assertThat(book.find(first.id()).orElseThrow().state(later)).isEqualTo(Silence.State.EXPIRED);
  }

  @Test
  void whatMakesNoSenseIsRefusedWithItsName() {
    assertThatThrownBy(() -> set(draft(Optional.empty(), WEB, END, T0), T0))
        .hasMessageContaining("start time must be before end time");
    assertThatThrownBy(
            () -> set(draft(Optional.empty(), WEB, T0.minusSeconds(9), T0.minusSeconds(1)), T0))
        .hasMessageContaining("end time can't be in the past");
    assertThatThrownBy(
            () -> set(draft(Optional.empty(), List.of(Matcher.equal("a", "")), T0, END), T0))
        .hasMessageContaining("needs a label");
    assertThat(book.set(draft(Optional.of("s99"), WEB, T0, END), "ada", T0))
        .isEqualTo(new Outcome.NotFound("s99"));
  }

  @Test
  void whereNobodyIsKnownTwoPeopleNameThemselvesAndTheApprovalSaysSo() {
    Draft draft = new Draft(Optional.empty(), WEB, T0, END, "local", "known", Optional.empty());
    String unnamed = ((Outcome.Done) book.set(draft, "local", T0)).silence().id();
    assertThat(book.approveByName(unnamed, "Bo", "local", T0)).isInstanceOf(Outcome.Refused.class);

    String id =
        ((Outcome.Done) book.set(draft(Optional.empty(), WEB, T0, END), "local", T0))
            .silence()
            .id();
    assertThat(book.approveByName(id, " ada ", "local", T0)).isInstanceOf(Outcome.Refused.class);
    assertThat(book.approveByName(id, "local", "local", T0)).isInstanceOf(Outcome.Refused.class);
    Silence approved = ((Outcome.Done) book.approveByName(id, "Bo", "local", T0)).silence();
    assertThat(approved.approval()).contains(new Silence.Approval("Bo", T0, true));
  }

  @Test
  void aCriticalAlertIsHiddenOnlyWithASecondPersonsWord() {
    Silence silence = set(draft(Optional.empty(), WEB, T0, END), T0);
    var critical = firing("Down", T0, "team", "web", "severity", "critical");
    var minor = firing("Slow", T0, "team", "web", "severity", "warning");
    var silences = new Silences(List.of(silence), List.of(), List.of());
    assertThat(silences.mark(List.of(critical, minor), T0))
        .extracting(marked -> marked.audible())
        .containsExactly(true, false);

    assertThat(book.approve(silence.id(), "ada", T0)).isInstanceOf(Outcome.Refused.class);
    assertThat(book.approve(silence.id(), "Ada", T0)).isInstanceOf(Outcome.Refused.class);
    Silence approved = ((Outcome.Done) book.approve(silence.id(), "bo", T0)).silence();
    assertThat(approved.hides(critical)).isTrue();

    Draft longer = draft(Optional.of(silence.id()), WEB, T0, END.plusSeconds(1));
    assertThat(set(longer, T0.plusSeconds(1)).approval()).isEmpty();
  }

  @Test
  void theConfigurationMayDoWithoutTheSecondPerson() {
    Outcome outcome = book(false).set(draft(Optional.empty(), WEB, T0, END), "ada", T0);
    var critical = firing("Down", T0, "team", "web", "severity", "critical");
    assertThat(((Outcome.Done) outcome).silence().hides(critical)).isTrue();
  }

  @Test
  void anEndedOneIsEndedOnceAndCannotBeApproved() {
    Silence silence = set(draft(Optional.empty(), WEB, T0, END), T0);
    book.expire(silence.id(), T0.plusSeconds(5));
    assertThat(book.find(silence.id()).orElseThrow().endsAt()).isEqualTo(T0.plusSeconds(5));
    book.expire(silence.id(), T0.plusSeconds(50));
    assertThat(book.find(silence.id()).orElseThrow().endsAt()).isEqualTo(T0.plusSeconds(5));
    assertThat(book.approve(silence.id(), "bo", T0.plusSeconds(60)))
        .isEqualTo(new Outcome.Refused("it has ended"));
    assertThat(book.expire("s99", T0)).isEqualTo(new Outcome.NotFound("s99"));
  }

  @Test
  void arecurringOneHoldsByTheClockOfItsPlaceOverAChangeOfTheClock() {
    Instant first = Instant.parse("2026-03-21T01:00:00Z");
    var weekly =
        new Draft(
            Optional.empty(),
            WEB,
            first,
            first.plus(Duration.ofHours(2)),
            "Ada",
            "backup",
            Optional.of(Recurrence.of("RRULE:FREQ=WEEKLY;BYDAY=SA;COUNT=3", "Europe/Berlin")));
    Silence silence = set(weekly, T0);
    assertThat(silence.active(Instant.parse("2026-03-21T02:59:59Z"))).isTrue();
    assertThat(silence.active(Instant.parse("2026-03-21T03:00:00Z"))).isFalse();
    assertThat(silence.active(Instant.parse("2026-03-28T01:30:00Z"))).isTrue();
    assertThat(silence.active(Instant.parse("2026-04-04T00:00:00Z"))).isTrue();
    assertThat(silence.active(Instant.parse("2026-04-04T02:30:00Z"))).isFalse();
    assertThat(silence.state(Instant.parse("2026-04-02T00:00:00Z")))
        .isEqualTo(Silence.State.PENDING);
    assertThat(silence.state(Instant.parse("2026-04-11T00:30:00Z")))
        .isEqualTo(Silence.State.EXPIRED);
    assertThat(silence.next(Instant.parse("2026-03-22T00:00:00Z")))
        .contains(Instant.parse("2026-03-28T01:00:00Z"));
  }

  @Test
  void aDailyOneHoldsOnTheLeapDayToo() {
    Instant first = Instant.parse("2028-02-27T22:00:00Z");
    var nightly =
        new Draft(
            Optional.empty(),
            WEB,
            first,
            first.plus(Duration.ofHours(3)),
            "Ada",
            "backup over midnight",
            Optional.of(Recurrence.of("RRULE:FREQ=DAILY", "UTC")));
    Silence silence = set(nightly, T0);
    assertThat(silence.active(Instant.parse("2028-02-28T23:59:59Z"))).isTrue();
    assertThat(silence.active(Instant.parse("2028-02-29T00:30:00Z"))).isTrue();
    assertThat(silence.active(Instant.parse("2028-02-29T01:00:00Z"))).isFalse();
    assertThat(silence.next(Instant.parse("2028-02-29T12:00:00Z")))
        .contains(Instant.parse("2028-02-29T22:00:00Z"));
    assertThat(silence.active(Instant.parse("2028-03-01T00:59:59Z"))).isTrue();
  }

  @Test
  void aRuleThatIsNoneIsRefused() {
    assertThatThrownBy(() -> Recurrence.of("every day", "UTC"))
        .hasMessageContaining("rrule: found");
    assertThatThrownBy(() -> Recurrence.of("FREQ=SECONDLY", "UTC"))
        .hasMessageContaining("at most one occurrence a day");
    assertThatThrownBy(() -> Recurrence.of("FREQ=DAILY", "Mars"))
        .hasMessageContaining("a time zone such as");
  }
}
