package io.tocsin.notify;

import io.tocsin.alert.Alert;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Mute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Marks the alerts all of whose routes are quiet at this hour. Where one of several routes may
 * sound, the alert may, and the planner keeps the others quiet.
 */
public final class QuietHours {
  private final RoutingTree tree;
  private final boolean needed;

  public QuietHours(RoutingTree tree) {
    this.tree = tree;
    this.needed = limited(tree.root());
  }

  private static boolean limited(Route route) {
    return !route.hours().always() || route.routes().stream().anyMatch(QuietHours::limited);
  }

  /** The alerts with one more mute where their hours ask for it. */
  public List<MarkedAlert> mark(List<MarkedAlert> firing, Instant now) {
    if (!needed) {
      return firing;
    }
    var marked = new ArrayList<MarkedAlert>(firing.size());
    for (MarkedAlert one : firing) {
      marked.add(quiet(one.alert(), now).map(mute -> with(one, mute)).orElse(one));
    }
    return marked;
  }

  private Optional<Mute.ByTimeInterval> quiet(Alert alert, Instant now) {
    Optional<Mute.ByTimeInterval> first = Optional.empty();
    for (Route route : tree.routes(alert)) {
      Optional<Mute.ByTimeInterval> quiet = route.hours().quiet(now);
      if (quiet.isEmpty()) {
        return quiet;
      }
      first = first.or(() -> quiet);
    }
    return first;
  }

  private static MarkedAlert with(MarkedAlert one, Mute mute) {
    var mutes = new ArrayList<>(one.mutes());
    mutes.add(mute);
    return new MarkedAlert(one.alert(), mutes);
  }
}
