package io.tocsin.notify;

import io.tocsin.incident.IncidentId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What each destination was last told of each incident: an immutable value. */
public final class Sent {

  /** Nobody was told anything. */
  public static final Sent NOTHING = new Sent(Map.of());

  private final Map<IncidentId, Map<Conversation, Told>> told;

  private Sent(Map<IncidentId, Map<Conversation, Told>> told) {
    this.told = told;
  }

  /**
   * The end of a conversation so far.
   *
   * @param at when the last message was planned
   * @param seq number of the newest event that the receiver may know of
   * @param open whether the receiver believes that the trouble is on
   * @param digest of what it was told fires, see {@link Extent}
   * @param repeats how often it was told the same again
   */
  record Told(Instant at, long seq, boolean open, long digest, int repeats) {}

  /** As remembered by the outbox. */
  public static Sent of(Collection<Delivery> deliveries) {
    List<Message> messages =
        deliveries.stream()
            .sorted(Comparator.comparingLong(Delivery::id))
            .map(Delivery::message)
            .toList();
    return NOTHING.with(messages);
  }

  /** With more messages planned, oldest first. */
  public Sent with(List<Message> messages) {
    if (messages.isEmpty()) {
      return this;
    }
    var next = new HashMap<>(told);
    var copied = new HashSet<IncidentId>();
    for (Message message : messages) {
      Transition.Kind kind = message.transition().kind();
      if (kind == Transition.Kind.NOTE || kind == Transition.Kind.REMINDER) {
        // Neither begins a conversation or puts a repeat off.
        continue;
      }
      IncidentId id = message.incident().id();
      var ofIncident = next.getOrDefault(id, Map.of());
      if (copied.add(id)) {
        ofIncident = new HashMap<>(ofIncident);
        next.put(id, ofIncident);
      }
      var conversation = new Conversation(message.destination(), message.dedupKey());
      ofIncident.put(
          conversation, after(message, Optional.ofNullable(ofIncident.get(conversation))));
    }
    return new Sent(next);
  }

  private static Told after(Message message, Optional<Told> before) {
    Transition.Kind kind = message.transition().kind();
    int repeats =
        kind == Transition.Kind.REPEAT
            ? message.transition().count()
            : before.map(Told::repeats).orElse(0);
    return new Told(
        message.at(),
        message.incident().lastSeq(),
        kind != Transition.Kind.RESOLVED,
        message.extent().digest(),
        repeats);
  }

  /** Without the incidents that are not among those given. */
  public Sent keep(Set<IncidentId> incidents) {
    if (incidents.containsAll(told.keySet())) {
      return this;
    }
    var kept = new HashMap<>(told);
    kept.keySet().retainAll(incidents);
    return new Sent(kept);
  }

  /** Who was told of an incident. */
  Map<Conversation, Told> of(IncidentId incident) {
    return told.getOrDefault(incident, Map.of());
  }
}
