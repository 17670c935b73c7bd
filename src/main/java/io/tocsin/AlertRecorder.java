package io.tocsin;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertView;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.rule.AlertSeries;
import io.tocsin.rule.Recorded;
import io.tocsin.series.Journal;
import java.time.InstantSource;
import java.util.stream.Stream;

/** Writes {@code ALERTS} and {@code ALERTS_FOR_STATE}, for boards and for rules about alerts. */
final class AlertRecorder {

  private final AlertView alerts;
  private final Journal journal;
  private final InstantSource clock;
  private Recorded last = Recorded.NONE;

  AlertRecorder(AlertView alerts, Journal journal, InstantSource clock) {
    this.alerts = alerts;
    this.journal = journal;
    this.clock = clock;
  }

  /** Writes the alerts of this moment, and an end to those of the last one that are gone. */
  void record() {
    Stream<Alert> active =
        Stream.concat(alerts.firing().stream().map(MarkedAlert::alert), alerts.pending().stream());
    last = AlertSeries.at(clock.instant(), active.toList(), last);
    journal.observe(last.samples());
  }
}
