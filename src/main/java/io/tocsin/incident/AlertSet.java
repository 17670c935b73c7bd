package io.tocsin.incident;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertKey;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Keys of some alerts, made to be asked of many others: a storm holds its hundred newest against
 * the ten thousand of an incident with each piece, and nearly all of them are told apart by a bit.
 */
final class AlertSet {
  private static final int BITS_PER_KEY = 16;
  private static final int FEWEST_BITS = 1 << 10;

  private final Set<AlertKey> keys;
  private final BitSet marks;
  private final int mask;

  private AlertSet(Set<AlertKey> keys, BitSet marks, int mask) {
    this.keys = keys;
    this.marks = marks;
    this.mask = mask;
  }

  static AlertSet of(Collection<Alert> alerts) {
    int bits = Math.max(FEWEST_BITS, Integer.highestOneBit(alerts.size() * BITS_PER_KEY));
    var marks = new BitSet(bits);
    Set<AlertKey> keys = HashSet.newHashSet(alerts.size());
    for (Alert alert : alerts) {
      marks.set(place(alert, bits - 1));
      keys.add(alert.key());
    }
    return new AlertSet(keys, marks, bits - 1);
  }

  private static int place(Alert alert, int mask) {
    int hash = alert.labels().hashCode();
    return (hash ^ (hash >>> 15)) & mask;
  }

  boolean has(Alert alert) {
    return marks.get(place(alert, mask)) && keys.contains(alert.key());
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }
}
