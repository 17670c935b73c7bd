package io.tocsin.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UptimeLedgerTest {

  private static final UptimeSubject WEB = UptimeSubject.component("Web app");
  private static final Instant EVENING = Instant.parse("2026-11-20T23:00:00Z");
  private static final LocalDate FIRST = LocalDate.parse("2026-11-20");
  private static final LocalDate SECOND = LocalDate.parse("2026-11-21");

  @Test
  void aStateThatLastsOverMidnightIsSplitBetweenTheDays() {
    var store = new InMemoryUptimeStore();
    var ledger = new UptimeLedger(store);
    ledger.enter(WEB, DayState.UP, EVENING);
    ledger.enter(WEB, DayState.DOWN, EVENING.plusSeconds(1800));
    ledger.enter(WEB, DayState.DEGRADED, EVENING.plusSeconds(5400));
    ledger.book(EVENING.plusSeconds(7200));

    assertThat(store.days(WEB, FIRST, SECOND))
        .containsExactly(
            new DayUptime(WEB, FIRST, new StateSeconds(1800, 0, 1800, 0, 0)),
            new DayUptime(WEB, SECOND, new StateSeconds(0, 1800, 1800, 0, 0)));
    assertThat(store.bookedUntil(WEB)).contains(EVENING.plusSeconds(7200));
  }

  @Test
  void bookingOftenOrOnceGivesTheSame() {
    var often = new InMemoryUptimeStore();
    var once = new InMemoryUptimeStore();
    var eager = new UptimeLedger(often);
    var lazy = new UptimeLedger(once);
    for (UptimeLedger ledger : List.of(eager, lazy)) {
      ledger.enter(WEB, DayState.UP, EVENING);
    }
    for (int minute = 1; minute <= 120; minute++) {
      eager.book(EVENING.plusSeconds(60L * minute));
    }
    lazy.book(EVENING.plusSeconds(7200));

    assertThat(often.days(WEB, FIRST, SECOND)).isEqualTo(once.days(WEB, FIRST, SECOND));
  }

  @Test
  void timeNobodyWatchedIsUnknown() {
    var store = new InMemoryUptimeStore();
    var before = new UptimeLedger(store);
    before.enter(WEB, DayState.UP, EVENING);
    before.book(EVENING.plusSeconds(60));

    var after = new UptimeLedger(store);
    after.begin(WEB, EVENING.plusSeconds(360));
    after.enter(WEB, DayState.UP, EVENING.plusSeconds(400));
    after.book(EVENING.plusSeconds(460));

    assertThat(DayUptime.sum(store.days(WEB, FIRST, SECOND)))
        .isEqualTo(new StateSeconds(120, 0, 0, 340, 0));
  }

  @Test
  void aClockSetBackBooksNothingTwice() {
    var store = new InMemoryUptimeStore();
    var ledger = new UptimeLedger(store);
    ledger.enter(WEB, DayState.UP, EVENING);
    ledger.book(EVENING.plusSeconds(100));
    ledger.enter(WEB, DayState.DOWN, EVENING.plusSeconds(40));
    ledger.book(EVENING.plusSeconds(150));

    assertThat(DayUptime.sum(store.days(WEB, FIRST, FIRST)))
        .isEqualTo(new StateSeconds(100, 0, 50, 0, 0));
  }

  @Test
  void anEndedSubjectIsBookedToItsEndOnly() {
    var store = new InMemoryUptimeStore();
    var ledger = new UptimeLedger(store);
    ledger.enter(WEB, DayState.UP, EVENING);
    ledger.end(WEB, EVENING.plusSeconds(30));
    ledger.book(EVENING.plusSeconds(100));

    assertThat(DayUptime.sum(store.days(WEB, FIRST, FIRST)).total()).isEqualTo(30);
  }

  @Test
  void whatCouldNotBeStoredIsStoredNextTime() {
    var store = new Failing();
    var ledger = new UptimeLedger(store);
    ledger.enter(WEB, DayState.UP, EVENING);

    assertThatThrownBy(() -> ledger.book(EVENING.plusSeconds(60))).hasMessage("database away");
    store.away = false;
    ledger.book(EVENING.plusSeconds(120));

    assertThat(DayUptime.sum(store.days(WEB, FIRST, FIRST)).up()).isEqualTo(120);
  }

  private static final class Failing implements UptimeStore {
    private final UptimeStore store = new InMemoryUptimeStore();
    private boolean away = true;

    @Override
    public void add(List<DayUptime> added, Instant bookedUntil) {
      if (away) {
        throw new IllegalStateException("database away");
      }
      store.add(added, bookedUntil);
    }

    @Override
    public Optional<Instant> bookedUntil(UptimeSubject subject) {
      return store.bookedUntil(subject);
    }

    @Override
    public Map<UptimeSubject, Instant> booked() {
      return store.booked();
    }

    @Override
    public List<DayUptime> days(UptimeSubject subject, LocalDate first, LocalDate last) {
      return store.days(subject, first, last);
    }

    @Override
    public List<DayUptime> days(UptimeSubject.Kind kind, LocalDate first, LocalDate last) {
      return store.days(kind, first, last);
    }
  }
}
