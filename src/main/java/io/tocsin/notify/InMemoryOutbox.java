package io.tocsin.notify;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertKey;
import io.tocsin.incident.InMemoryIncidentStore;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The outbox in memory: nothing outlives the process. */
public final class InMemoryOutbox implements Outbox {
  private final InMemoryIncidentStore incidents;
  private final Map<AlertKey, Alert> alerts = new LinkedHashMap<>();
  private final NavigableMap<Long, Delivery> deliveries = new TreeMap<>();
  private final Set<String> byKey = new HashSet<>();
  private final Map<Long, Instant> leasedUntil = new HashMap<>();
  private long lastNumber;
  private long lastId;

  /** The incidents of each commit are put into the store given. */
  public InMemoryOutbox(InMemoryIncidentStore incidents) {
    this.incidents = incidents;
  }

  @Override
  public synchronized Restored restore() {
    return new Restored(List.copyOf(alerts.values()), incidents.open(), lastNumber);
  }

  @Override
  public synchronized void commit(Commit commit) {
    commit.alerts().forEach(alert -> alerts.put(alert.key(), alert));
    commit.gone().forEach(alerts::remove);
    incidents.save(commit.incidents(), commit.events());
    for (Incident incident : commit.incidents()) {
      lastNumber = Math.max(lastNumber, incident.number());
    }
    for (Message message : commit.messages()) {
      if (byKey.add(message.idempotencyKey())) {
        put(
            new Delivery(
                ++lastId,
                message,
                Delivery.State.PENDING,
                message.at(),
                Optional.empty(),
                List.of()));
      }
    }
  }

  @Override
  public synchronized List<Delivery> lease(Instant now, Duration leaseFor, int limit) {
    var lanes = new HashSet<Lane>();
    var leased = new ArrayList<Delivery>();
    for (Delivery delivery : deliveries.values()) {
      if (leased.size() < limit
          && delivery.state() == Delivery.State.PENDING
          && lanes.add(Lane.of(delivery.message()))
          && !delivery.nextAttemptAt().isAfter(now)
          && !leasedUntil.getOrDefault(delivery.id(), Instant.MIN).isAfter(now)) {
        leasedUntil.put(delivery.id(), now.plus(leaseFor));
        leased.add(delivery);
      }
    }
    return leased;
  }

  private record Lane(Destination destination, IncidentId incident) {
    static Lane of(Message message) {
      return new Lane(message.destination(), message.incident().id());
    }
  }

  @Override
  public synchronized void record(
      long deliveryId, Delivery.Attempt attempt, SendResult result, Optional<Instant> next) {
    Delivery delivery = deliveries.get(deliveryId);
    if (delivery == null) {
      return;
    }
    var attempts = new ArrayList<>(delivery.attempts());
    attempts.add(attempt);
    leasedUntil.remove(deliveryId);
    boolean delivered = result instanceof SendResult.Delivered;
    Delivery.State state =
        delivered
            ? Delivery.State.DELIVERED
            : next.isPresent() ? Delivery.State.PENDING : Delivery.State.DEAD;
    put(
        new Delivery(
            deliveryId,
            delivery.message(),
            state,
            next.orElse(delivery.nextAttemptAt()),
            delivered ? Optional.of(attempt.at().plus(attempt.took())) : Optional.empty(),
            attempts));
  }

  @Override
  public synchronized void hasten(Destination destination, Instant now) {
    deliveries.values().stream()
        .filter(delivery -> delivery.state() == Delivery.State.PENDING)
        .filter(delivery -> delivery.message().destination().equals(destination))
        .filter(delivery -> delivery.nextAttemptAt().isAfter(now))
        .toList()
        .forEach(
            delivery ->
                put(
                    new Delivery(
                        delivery.id(),
                        delivery.message(),
                        Delivery.State.PENDING,
                        now,
                        Optional.empty(),
                        delivery.attempts())));
  }

  @Override
  public synchronized boolean replay(long deliveryId, Instant now) {
    Delivery dead = deliveries.get(deliveryId);
    if (dead == null || dead.state() != Delivery.State.DEAD) {
      return false;
    }
    put(
        new Delivery(
            deliveryId,
            dead.message(),
            Delivery.State.PENDING,
            now,
            Optional.empty(),
            dead.attempts()));
    return true;
  }

  @Override
  public synchronized List<Delivery> deliveries(Optional<IncidentId> incident, int limit) {
    return deliveries.descendingMap().values().stream()
        .filter(
            delivery ->
                incident.map(id -> delivery.message().incident().id().equals(id)).orElse(true))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Backlog backlog(Instant now) {
    int pending = 0;
    int dead = 0;
    Duration oldest = Duration.ZERO;
    for (Delivery delivery : deliveries.values()) {
      switch (delivery.state()) {
        case PENDING -> {
          pending++;
          Duration waited = Duration.between(delivery.nextAttemptAt(), now);
          oldest = waited.compareTo(oldest) > 0 ? waited : oldest;
        }
        case DEAD -> dead++;
        case DELIVERED -> {}
      }
    }
    return new Backlog(pending, dead, oldest);
  }

  private void put(Delivery delivery) {
    deliveries.put(delivery.id(), delivery);
  }

  /** Forgets every message; numbers go on, and what is still being sent is no longer recorded. */
  public synchronized void clear() {
    deliveries.clear();
    byKey.clear();
    leasedUntil.clear();
  }
}
