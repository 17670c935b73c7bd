package io.tocsin;

import io.tocsin.incident.ClockSeries;
import io.tocsin.incident.IncidentStore;
import io.tocsin.rule.Recorded;
import io.tocsin.series.Journal;
import java.time.Instant;
import java.time.InstantSource;

/** Writes the running clocks of open incidents as series, for boards and for rules about them. */
final class ClockRecorder {

  private final IncidentStore incidents;
  private final Journal journal;
  private final InstantSource clock;
  private Recorded last = Recorded.NONE;

  ClockRecorder(IncidentStore incidents, Journal journal, InstantSource clock) {
    this.incidents = incidents;
    this.journal = journal;
    this.clock = clock;
  }

  /** Writes the clocks of this moment, and an end to those of the last one that stopped. */
  void record() {
    Instant now = clock.instant();
    last = Recorded.after(last, ClockSeries.at(now, incidents.open()), now.toEpochMilli());
    journal.observe(last.samples());
  }
}
