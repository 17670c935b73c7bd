package io.tocsin.incident;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertKey;
import io.tocsin.alert.MarkedAlert;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What fires, as one cycle sees it: all of it, or only what just changed, so that in a storm ten
 * thousand alerts need not be held against the incidents for the sake of a hundred.
 */
public final class Burning {

  private final List<MarkedAlert> seen;
  private final AlertSet firing;
  private final Set<AlertKey> muted;

  /**
   * Those that changed and fire no more; empty when all that fires is seen, which tells as well.
   */
  private final Optional<AlertSet> over;

  private Burning(
      List<MarkedAlert> seen, Set<AlertKey> muted, AlertSet firing, Optional<AlertSet> over) {
    this.seen = seen;
    this.muted = muted;
    this.firing = firing;
    this.over = over;
  }

  /**
   * All of it.
   *
   * @param firing every firing alert with what mutes it
   */
  public static Burning all(List<MarkedAlert> firing) {
    return new Burning(firing, mutedOf(firing), keys(firing), Optional.empty());
  }

  /**
   * Only what changed.
   *
   * @param firing every firing alert with what mutes it
   * @param changed the alerts that began, fired or ended
   */
  public static Burning changes(List<MarkedAlert> firing, Collection<Alert> changed) {
    AlertSet all = AlertSet.of(changed);
    List<MarkedAlert> seen =
        changed.isEmpty()
            ? List.of()
            : firing.stream().filter(marked -> all.has(marked.alert())).toList();
    AlertSet keys = keys(seen);
    AlertSet over = AlertSet.of(changed.stream().filter(alert -> !keys.has(alert)).toList());
    return new Burning(seen, mutedOf(firing), keys, Optional.of(over));
  }

  private static AlertSet keys(List<MarkedAlert> firing) {
    return AlertSet.of(firing.stream().map(MarkedAlert::alert).toList());
  }

  private static Set<AlertKey> mutedOf(List<MarkedAlert> firing) {
    var muted = new HashSet<AlertKey>();
    for (MarkedAlert marked : firing) {
      if (!marked.audible()) {
        muted.add(marked.alert().key());
      }
    }
    return muted;
  }

  /** The firing alerts that are seen, worst first as given. */
  List<MarkedAlert> seen() {
    return seen;
  }

  /** Whether an alert is among them. */
  boolean sees(Alert alert) {
    return firing.has(alert);
  }

  /** Whether an alert that an incident holds as active fires no more, as far as is seen. */
  boolean over(Alert alert) {
    return over.map(ended -> ended.has(alert)).orElseGet(() -> !sees(alert));
  }

  /** Whether nothing is seen to be over. */
  boolean noneOver() {
    return over.map(AlertSet::isEmpty).orElse(false);
  }

  /** Every alert that fires and may make no sound, seen or not. */
  Set<AlertKey> muted() {
    return muted;
  }
}
