package io.tocsin.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what happens to incidents within one cycle: every change gets the next number of its
 * incident and is folded at once, so whoever writes next sees it.
 *
 * <p>A cycle looks at every open incident, but while a storm's alerts wait only at those that it
 * wrote on: what time alone brings to the others is found by the next whole look.
 */
public final class Recorder {
  private final IncidentFold fold;
  private Incidents before;
  private final boolean whole;
  private final List<IncidentEvent> events = new ArrayList<>();
  private final Set<IncidentId> changed = new LinkedHashSet<>();
  private @Nullable Map<IncidentId, Incident> edited;
  private @Nullable List<Incident> open;
  private long lastNumber;

  public Recorder(IncidentFold fold, Incidents before) {
    this(fold, before, true);
  }

  /**
   * @param whole whether every open incident is looked at, or those alone that are written on
   */
  public Recorder(IncidentFold fold, Incidents before, boolean whole) {
    this.fold = fold;
    this.before = before;
    this.whole = whole;
    this.lastNumber = before.lastNumber();
  }

  /** Whether every open incident is looked at. */
  public boolean whole() {
    return whole;
  }

  /** The open incidents that are looked at, as they are now, oldest first. */
  public List<Incident> lookedAt() {
    return whole
        ? open()
        : open().stream().filter(incident -> changed.contains(incident.id())).toList();
  }

  /** Open incidents as they are now, oldest first. */
  public List<Incident> open() {
    if (edited == null) {
      return before.open();
    }
    List<Incident> known = open;
    if (known == null) {
      known = edited.values().stream().filter(Incident::open).toList();
      open = known;
    }
    return known;
  }

  /** Incidents that ended lately, as they are now. */
  public List<Incident> ended() {
    return current().values().stream().filter(incident -> !incident.open()).toList();
  }

  public Optional<Incident> find(IncidentId id) {
    return Optional.ofNullable(current().get(id));
  }

  /** Brings an older incident back to mind, so that it can be written on. */
  public void recall(Incident incident) {
    if (find(incident.id()).isEmpty()) {
      edit().put(incident.id(), incident);
    }
  }

  /** Opens a new incident with the next number. */
  public Incident open(IncidentId id, Actor actor, Opening opening, Instant at) {
    Change.Opened opened = opening.numbered(++lastNumber);
    var event = new IncidentEvent(id, 1, at, actor, opened);
    return keep(event, fold.opened(event));
  }

  /** What an incident begins with, but for its number. */
  @FunctionalInterface
  public interface Opening {
    Change.Opened numbered(long number);
  }

  /**
   * Writes one change on a known incident.
   *
   * @throws IllegalArgumentException when the incident is not known
   */
  public Incident record(IncidentId id, Actor actor, Change change, Instant at) {
    Incident incident =
        find(id).orElseThrow(() -> new IllegalArgumentException("no incident " + id));
    var event = new IncidentEvent(id, incident.lastSeq() + 1, at, actor, change);
    return keep(event, fold.apply(incident, event));
  }

  private Incident keep(IncidentEvent event, Incident after) {
    events.add(event);
    changed.add(event.incident());
    edit().put(after.id(), after);
    return after;
  }

  /** Forgets ended incidents that nothing can come of any more. */
  void forgetEnded(Predicate<Incident> forgettable) {
    for (Incident incident : ended()) {
      if (!changed.contains(incident.id()) && forgettable.test(incident)) {
        edit().remove(incident.id());
      }
    }
  }

  /** What was written, in order. */
  public List<IncidentEvent> events() {
    return List.copyOf(events);
  }

  /** The incidents written on, as they are now. */
  public List<Incident> changed() {
    return changed.stream().map(id -> find(id).orElseThrow()).toList();
  }

  /** All incidents as they are now; what is edited later is a copy again. */
  public Incidents incidents() {
    if (edited != null) {
      before = new Incidents(edited, lastNumber);
      edited = null;
    }
    return before;
  }

  private Map<IncidentId, Incident> current() {
    return edited == null ? before.byId() : edited;
  }

  private Map<IncidentId, Incident> edit() {
    open = null;
    if (edited == null) {
      edited = new LinkedHashMap<>(before.byId());
    }
    return edited;
  }
}
