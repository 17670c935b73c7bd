package io.tocsin.notify;

import io.tocsin.alert.Alert;
import io.tocsin.incident.Incident;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How much of an incident a message speaks of, as a storm's message cannot name every alert.
 *
 * @param active how many of its alerts fire
 * @param total how many it ever had
 * @param digest the same for the same firing alerts, whatever their order, over restarts
 */
public record Extent(int active, int total, long digest) {

  /** The most alerts that one message carries. */
  public static final int MOST_ALERTS = 50;

  /** Of an incident with all its alerts. */
  public static Extent of(Incident incident) {
    int active = 0;
    long digest = 0;
    for (Alert alert : incident.alerts()) {
      if (alert.active()) {
        active++;
        digest += mixed(alert.labels().fingerprint() ^ alert.spec().ruleId().hashCode());
      }
    }
    return new Extent(active, incident.alerts().size(), digest);
  }

  /** The incident with its worst firing alerts only, when it has more than a message carries. */
  static Incident cut(Incident incident) {
    if (incident.alerts().size() <= MOST_ALERTS) {
      return incident;
    }
    var worst = new ArrayList<>(incident.alerts());
    worst.sort(Comparator.comparing(Alert::active).reversed().thenComparing(Alert::severity));
    return incident.withAlerts(List.copyOf(worst.subList(0, MOST_ALERTS)));
  }

  /** Spreads the bits, so that sums of alike fingerprints differ (the finalizer of SplitMix64). */
  private static long mixed(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
