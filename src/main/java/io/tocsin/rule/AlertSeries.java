package io.tocsin.rule;

import io.tocsin.alert.Alert;
import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;

/**
 * Alerts as series: {@code ALERTS} with the state as a label, {@code ALERTS_FOR_STATE} with the
 * time of the first breach in seconds.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/#inspecting-alerts-during-runtime">
 *     Inspecting alerts during runtime</a>
 */
public final class AlertSeries {

  private AlertSeries() {}

  /**
   * The series of pending and firing alerts at one time; those written before that are not among
   * them end.
   */
  public static Recorded at(Instant time, Collection<Alert> alerts, Recorded before) {
    long millis = time.toEpochMilli();
    var samples = SampleBatch.builder();
    for (Alert alert : alerts) {
      if (alert.phase() == Alert.Phase.RESOLVED) {
        continue;
      }
      String state = alert.phase().name().toLowerCase(Locale.ROOT);
      Labels labels = alert.labels();
      samples.add(labels.with(Labels.NAME, "ALERTS").with("alertstate", state), millis, 1);
      double since = alert.activeSince().toEpochMilli() / 1000.0;
      samples.add(labels.with(Labels.NAME, "ALERTS_FOR_STATE"), millis, since);
    }
    return Recorded.after(before, samples.build(), millis);
  }
}
