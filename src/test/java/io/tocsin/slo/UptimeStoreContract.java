package io.tocsin.slo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link UptimeStore} does. */
public abstract class UptimeStoreContract {

  private static final UptimeSubject WEB = UptimeSubject.component("Web app");
  private static final UptimeSubject API = UptimeSubject.component("API");
  private static final UptimeSubject CHECK = UptimeSubject.check("Web app");
  private static final LocalDate FIRST = LocalDate.parse("2026-11-20");
  private static final LocalDate SECOND = LocalDate.parse("2026-11-21");
  private static final Instant UNTIL = Instant.parse("2026-11-21T00:00:30Z");

  /** An empty store. */
  protected abstract UptimeStore store();

  @Test
  void addsToDaysAndRemembersUntilWhen() {
    UptimeStore store = store();
    store.add(List.of(day(WEB, FIRST, 10)), UNTIL.minusSeconds(60));
    store.add(List.of(day(WEB, FIRST, 5.5), day(WEB, SECOND, 30)), UNTIL);

    assertThat(store.days(WEB, FIRST, SECOND))
        .containsExactly(day(WEB, FIRST, 15.5), day(WEB, SECOND, 30));
    assertThat(store.days(WEB, SECOND, SECOND)).containsExactly(day(WEB, SECOND, 30));
    assertThat(store.bookedUntil(WEB)).contains(UNTIL);
    assertThat(store.bookedUntil(API)).isEmpty();
    assertThat(store.booked()).containsEntry(WEB, UNTIL).doesNotContainKey(API);
  }

  @Test
  void tellsChecksFromComponentsOfTheSameName() {
    UptimeStore store = store();
    store.add(List.of(day(WEB, FIRST, 10)), UNTIL);
    store.add(List.of(day(API, FIRST, 20)), UNTIL);
    store.add(List.of(day(CHECK, FIRST, 30)), UNTIL);

    assertThat(store.days(UptimeSubject.Kind.COMPONENT, FIRST, SECOND))
        .containsExactly(day(API, FIRST, 20), day(WEB, FIRST, 10));
    assertThat(store.days(CHECK, FIRST, SECOND)).containsExactly(day(CHECK, FIRST, 30));
  }

  private static DayUptime day(UptimeSubject subject, LocalDate day, double up) {
    return new DayUptime(subject, day, new StateSeconds(up, 2 * up, 3 * up, 4 * up, 5 * up));
  }
}
