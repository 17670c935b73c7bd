package io.tocsin.alert;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * What an advance did to the firing alerts: the list in order before it, and what left and came.
 * Where ten thousand fire and a few change, only these are compared.
 *
 * @param before in order
 * @param gone some of {@code before}
 * @param come in any order, none that stays
 */
record FiringEdit(List<Alert> before, List<Alert> gone, List<Alert> come) {

  /** Worst first, then by key. */
  static final Comparator<Alert> ORDER =
      Comparator.comparing(Alert::severity)
          .thenComparing(alert -> alert.spec().ruleId())
          .thenComparing(Alert::labels);

  /** The list in order after it. */
  List<Alert> apply() {
    if (gone.isEmpty() && come.isEmpty()) {
      return before;
    }
    var cut = new BitSet();
    gone.forEach(alert -> cut.set(Collections.binarySearch(before, alert, ORDER)));
    var arriving = new ArrayList<>(come);
    arriving.sort(ORDER);
    var after = new ArrayList<Alert>(before.size() + come.size() - gone.size());
    int from = 0;
    for (Alert alert : arriving) {
      int found = Collections.binarySearch(before, alert, ORDER);
      int to = found >= 0 ? found : -found - 1;
      keep(from, to, cut, after);
      after.add(alert);
      from = to;
    }
    keep(from, before.size(), cut, after);
    return Collections.unmodifiableList(after);
  }

  private void keep(int from, int to, BitSet cut, List<Alert> after) {
    int start = from;
    for (int hole = cut.nextSetBit(from); hole >= 0 && hole < to; hole = cut.nextSetBit(hole + 1)) {
      after.addAll(before.subList(start, hole));
      start = hole + 1;
    }
    after.addAll(before.subList(start, to));
  }
}
