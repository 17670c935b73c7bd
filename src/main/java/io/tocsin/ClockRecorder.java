package io.tocsin;

import io.tocsin.incident.ClockSeries;
import io.tocsin.incident.Incident;
import io.tocsin.rule.Recorded;
import io.tocsin.series.Journal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Writes the running clocks of open incidents as series, for boards and for rules about them. */
final class ClockRecorder {

  private final Supplier<List<Incident>> open;
  private final Journal journal;
  private final InstantSource clock;
  private Recorded last = Recorded.NONE;

  /**
   * @param open the open incidents as the engine knows them; reading a storm's from the database
   *     each time would hold up its commits
   */
  ClockRecorder(Supplier<List<Incident>> open, Journal journal, InstantSource clock) {
    this.open = open;
    this.journal = journal;
    this.clock = clock;
  }

  /** Writes the clocks of this moment, and an end to those of the last one that stopped. */
  void record() {
    Instant now = clock.instant();
    last = Recorded.after(last, ClockSeries.at(now, open.get()), now.toEpochMilli());
    journal.observe(last.samples());
  }
}
