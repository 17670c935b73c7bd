package io.tocsin.explain;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertKey;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.incident.Change;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentId;
import io.tocsin.notify.Commit;
import io.tocsin.notify.Route;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns what each cycle of the engine did into episodes. Used by one thread. */
public final class Episodes {
  private final Function<Alert, List<Route>> routes;
  private final Map<AlertKey, Episode> on = new HashMap<>();
  private final Map<AlertKey, Episode> changed = new LinkedHashMap<>();

  /** Those of {@link #on} that were muted at some time; mostly none, while thousands are on. */
  private final Set<AlertKey> hushed = new HashSet<>();

  /**
   * @param routes the routes that an alert takes now
   */
  public Episodes(Function<Alert, List<Route>> routes) {
    this.routes = routes;
  }

  /**
   * Begins with what was on when we stopped.
   *
   * @param alive alerts that are still on
   * @return the episodes that ended meanwhile
   */
  public List<Episode> restore(List<Episode> open, Set<AlertKey> alive, Instant now) {
    for (Episode episode : open) {
      if (alive.contains(episode.key())) {
        put(episode);
      } else {
        changed.put(episode.key(), episode.ended(now));
      }
    }
    return drain();
  }

  /** The episodes that a commit changed, as they are now. */
  public List<Episode> advance(Commit commit, Instant now) {
    for (Alert alert : commit.alerts()) {
      take(alert);
    }
    for (AlertKey key : commit.gone()) {
      Episode episode = remove(key);
      if (episode != null) {
        changed.put(key, episode.ended(now));
      }
    }
    for (IncidentEvent event : commit.events()) {
      joined(event.change()).forEach(alert -> join(alert, event.incident()));
    }
    return drain();
  }

  /** The episodes that are muted otherwise than before, as they are now. */
  public List<Episode> hush(List<MarkedAlert> firing, Instant now) {
    for (MarkedAlert marked : firing) {
      if (hushed.isEmpty() && marked.mutes().isEmpty()) {
        continue;
      }
      Episode episode = on.get(marked.alert().key());
      if (episode != null && !episode.hushedBy(marked.mutes())) {
        keep(episode.hushed(marked.mutes(), now));
      }
    }
    return drain();
  }

  private void take(Alert alert) {
    Episode known = on.get(alert.key());
    Episode same = known != null && known.activeSince().equals(alert.activeSince()) ? known : null;
    if (same == null && !alert.active()) {
      return;
    }
    Episode next = same == null ? Episode.of(alert) : same.with(alert);
    if (next.fired() && next.ways().isEmpty()) {
      next = next.by(ways(alert));
    }
    if (alert.active()) {
      keep(next);
    } else {
      remove(alert.key());
      changed.put(alert.key(), next);
    }
  }

  private List<Episode.Way> ways(Alert alert) {
    return routes.apply(alert).stream()
        .map(route -> new Episode.Way(route.path(), route.receiver(), route.describe()))
        .toList();
  }

  private void join(Alert alert, IncidentId incident) {
    Episode episode = on.get(alert.key());
    if (episode != null) {
      keep(episode.in(incident));
    }
  }

  private static List<Alert> joined(Change change) {
    return switch (change) {
      case Change.Opened opened -> opened.alerts();
      case Change.AlertsChanged alerts -> alerts.joined();
      case Change.Reopened reopened -> reopened.alerts();
      default -> List.of();
    };
  }

  private void keep(Episode episode) {
    put(episode);
    changed.put(episode.key(), episode);
  }

  private void put(Episode episode) {
    on.put(episode.key(), episode);
    if (!episode.hushes().isEmpty()) {
      hushed.add(episode.key());
    }
  }

  private @Nullable Episode remove(AlertKey key) {
    hushed.remove(key);
    return on.remove(key);
  }

  private List<Episode> drain() {
    Collection<Episode> all = List.copyOf(changed.values());
    changed.clear();
    return List.copyOf(all);
  }
}
