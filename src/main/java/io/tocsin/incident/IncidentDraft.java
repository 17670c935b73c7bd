package io.tocsin.incident;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertKey;
import io.tocsin.alert.Severity;
import io.tocsin.oncall.Contact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An incident being changed by one event; used by the fold alone. */
final class IncidentDraft {
  private final Incident before;
  private final long seq;
  private Severity severity;
  private Incident.State state;
  private Phase phase;
  private boolean published;
  private List<String> components;
  private List<Alert> alerts;
  private Optional<Instant> acknowledgedAt;
  private Optional<String> acknowledgedBy;
  private Optional<String> assignee;
  private Map<String, String> roles;
  private Optional<Instant> resolvedAt;
  private int reopened;
  private int escalationStep;
  private List<ClockState> clocks;
  private List<Incident.Update> updates;
  private Paging paging;
  private Map<String, String> proposed;
  private Masked masked;

  IncidentDraft(IncidentEvent event, Change.Opened opened) {
    this(
        new Incident(
            event.incident(),
            opened.number(),
            opened.group(),
            opened.title(),
            opened.severity(),
            Incident.State.OPEN,
            Phase.INVESTIGATING,
            opened.published(),
            opened.components(),
            opened.alerts(),
            event.at(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            0,
            0,
            List.of(),
            List.of(),
            event.seq(),
            Paging.NONE,
            Map.of(),
            Masked.NONE),
        event.seq());
  }

  IncidentDraft(Incident before, long seq) {
    this.before = before;
    this.seq = seq;
    this.severity = before.severity();
    this.state = before.state();
    this.phase = before.phase();
    this.published = before.published();
    this.components = before.components();
    this.alerts = before.alerts();
    this.acknowledgedAt = before.acknowledgedAt();
    this.acknowledgedBy = before.acknowledgedBy();
    this.assignee = before.assignee();
    this.roles = before.roles();
    this.resolvedAt = before.resolvedAt();
    this.reopened = before.reopened();
    this.escalationStep = before.escalationStep();
    this.clocks = before.clocks();
    this.updates = before.updates();
    this.paging = before.paging();
    this.proposed = before.proposed();
    this.masked = before.masked();
  }

  IncidentDraft severity(Severity now) {
    severity = now;
    return this;
  }

  /** Puts the newest state of alerts in the place of older ones; new ones go to the end. */
  IncidentDraft alerts(List<Alert> joined, List<Alert> left) {
    var newest = new LinkedHashMap<AlertKey, Alert>();
    left.forEach(alert -> newest.put(alert.key(), alert));
    joined.forEach(alert -> newest.put(alert.key(), alert));
    AlertSet changed = AlertSet.of(newest.values());
    var all = new ArrayList<Alert>(alerts.size() + newest.size());
    for (Alert alert : alerts) {
      Alert newer = changed.has(alert) ? newest.remove(alert.key()) : null;
      all.add(newer == null ? alert : newer);
    }
    all.addAll(newest.values());
    alerts = List.copyOf(all);
    return this;
  }

  /** Adds what it hits; what it hit before stays. */
  IncidentDraft components(List<String> more) {
    var all = new LinkedHashSet<>(components);
    all.addAll(more);
    components = List.copyOf(all);
    return this;
  }

  IncidentDraft acknowledged(Optional<Instant> at, Optional<String> by) {
    acknowledgedAt = at;
    acknowledgedBy = by;
    paging = paging.silenced(at.isPresent() ? seq : 0);
    return this;
  }

  IncidentDraft assignee(String name) {
    assignee = Optional.of(name);
    return this;
  }

  IncidentDraft role(String role, String person) {
    roles = new HashMap<>(roles);
    roles.put(role, person);
    proposed = new HashMap<>(proposed);
    proposed.remove(role);
    return this;
  }

  IncidentDraft proposed(String role, String person) {
    proposed = new HashMap<>(proposed);
    proposed.put(role, person);
    return this;
  }

  IncidentDraft masked(Change.AlertsMasked change) {
    masked = masked.with(change);
    return this;
  }

  /** Alerts that are another incident's now. */
  IncidentDraft without(List<Alert> gone) {
    var keys = new HashSet<AlertKey>();
    gone.forEach(alert -> keys.add(alert.key()));
    alerts = alerts.stream().filter(alert -> !keys.contains(alert.key())).toList();
    return this;
  }

  IncidentDraft update(Incident.Update update) {
    updates = new ArrayList<>(updates);
    updates.add(update);
    phase = state == Incident.State.OPEN ? update.phase() : phase;
    return this;
  }

  IncidentDraft escalated(IncidentEvent event, Change.Escalated change) {
    escalationStep = change.step();
    paging = paging.escalated(event, change);
    return this;
  }

  /** People were called beside the escalation. */
  IncidentDraft called(IncidentEvent event, List<Contact> contacts) {
    paging = paging.called(event, contacts);
    return this;
  }

  /** A person did something. */
  IncidentDraft touched(Instant at) {
    paging = paging.touched(at);
    return this;
  }

  IncidentDraft published(boolean now) {
    published = now;
    return this;
  }

  IncidentDraft ended(Incident.State how, Instant at) {
    state = how;
    phase = Phase.RESOLVED;
    resolvedAt = Optional.of(at);
    return this;
  }

  /** Open again, and nobody has it: a page that somebody slept through the first time must ring. */
  IncidentDraft reopened(int times) {
    state = Incident.State.OPEN;
    phase = Phase.INVESTIGATING;
    resolvedAt = Optional.empty();
    reopened = times;
    escalationStep = 0;
    paging = paging.anew();
    return acknowledged(Optional.empty(), Optional.empty());
  }

  IncidentDraft clocks(List<ClockState> now) {
    clocks = now;
    return this;
  }

  Incident build() {
    return new Incident(
        before.id(),
        before.number(),
        before.group(),
        before.title(),
        severity,
        state,
        phase,
        published,
        components,
        alerts,
        before.openedAt(),
        acknowledgedAt,
        acknowledgedBy,
        assignee,
        roles,
        resolvedAt,
        reopened,
        escalationStep,
        clocks,
        updates,
        seq,
        paging,
        proposed,
        masked);
  }
}
