package io.tocsin.incident;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The incidents that matter to the desk at one moment: those that are open, and those that ended so
 * lately that they may come back.
 */
public final class Incidents {

  /** None, ever. */
  public static final Incidents NONE = new Incidents(Map.of(), 0);

  private final Map<IncidentId, Incident> byId;
  private final long lastNumber;
  private final List<Incident> open;

  Incidents(Map<IncidentId, Incident> byId, long lastNumber) {
    this.byId = byId;
    this.lastNumber = lastNumber;
    this.open = byId.values().stream().filter(Incident::open).toList();
  }

  /** As restored: the open ones, those that ended lately, and the last number given. */
  public static Incidents of(Collection<Incident> incidents, long lastNumber) {
    var byId = new LinkedHashMap<IncidentId, Incident>();
    incidents.forEach(incident -> byId.put(incident.id(), incident));
    return new Incidents(byId, lastNumber);
  }

  /** Open incidents, oldest first. */
  public List<Incident> open() {
    return open;
  }

  /** Incidents that ended lately. */
  public List<Incident> ended() {
    var ended = new ArrayList<>(byId.values());
    ended.removeIf(Incident::open);
    return ended;
  }

  /** Those of all of them. */
  public Set<IncidentId> ids() {
    return Collections.unmodifiableSet(byId.keySet());
  }

  public Optional<Incident> find(IncidentId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The number of the newest incident. */
  public long lastNumber() {
    return lastNumber;
  }

  Map<IncidentId, Incident> byId() {
    return byId;
  }
}
