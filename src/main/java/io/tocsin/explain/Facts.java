package io.tocsin.explain;

import io.tocsin.alert.Mute;
import io.tocsin.incident.Change;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.GroupView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All that is known of one episode of an alert.
 *
 * @param episode what happened to the alert
 * @param curve the value over time; empty when its rule or its samples are gone
 * @param muteWords each mute in words for people, as "silence by Ada until 14:00: known"
 * @param incident the incident it is or was part of, if any
 * @param events that incident's timeline
 * @param groups when the incident's destinations hear next, while it is open
 * @param deliveries the incident's messages, newest first
 */
public record Facts(
    Episode episode,
    Optional<Curve> curve,
    Map<Mute, String> muteWords,
    Optional<Incident> incident,
    List<IncidentEvent> events,
    List<GroupView> groups,
    List<Delivery> deliveries) {

  /** A value over time with what the rule compares it with, if with a constant. */
  public record Curve(List<Point> points, OptionalDouble threshold, String unit) {
    public Curve {
      points = List.copyOf(points);
    }
  }

  /** One value. */
  public record Point(Instant at, double value) {}

  /**
   * The messages, newest first, that can have told of the episode: what was sent before its
   * incident was opened again was about trouble that was over.
   */
  List<Delivery> told(Instant now) {
    Instant until = episode.endedAt().orElse(now);
    Instant since =
        events.stream()
            .filter(event -> event.change() instanceof Change.Reopened)
            .map(IncidentEvent::at)
            .filter(at -> !at.isAfter(until))
            .max(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    return deliveries.stream()
        .filter(delivery -> !delivery.message().at().isBefore(since))
        .toList();
  }

  public Facts {
    muteWords = Map.copyOf(muteWords);
    events = List.copyOf(events);
    groups = List.copyOf(groups);
    deliveries = List.copyOf(deliveries);
  }
}
