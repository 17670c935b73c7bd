package io.tocsin.explain;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertKey;
import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Mute;
import io.tocsin.alert.Severity;
import io.tocsin.incident.IncidentId;
import io.tocsin.label.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One time that an alert breached, from its first breach to its end: what happened to it, also when
 * it never became a page.
 *
 * @param spec the rule behind it
 * @param labels final labels
 * @param severity then
 * @param annotations newest texts
 * @param activeSince first breach
 * @param firingSince when it began to fire; empty when it never did
 * @param endedAt when it was over; empty while it is on
 * @param lastBreach newest evaluation that found it breaching, as far as written
 * @param value newest value, as far as written
 * @param hushes what kept it quiet, and from when to when
 * @param ways the routes it took when it began to fire
 * @param incidents the incidents it opened or joined
 */
public record Episode(
    AlertSpec spec,
    Labels labels,
    Severity severity,
    Map<String, String> annotations,
    Instant activeSince,
    Optional<Instant> firingSince,
    Optional<Instant> endedAt,
    Instant lastBreach,
    double value,
    List<Hush> hushes,
    List<Way> ways,
    List<IncidentId> incidents) {

  /** Something that kept an alert quiet; {@code until} is empty while it does. */
  public record Hush(Mute mute, Instant from, Optional<Instant> until) {}

  /** A route that an alert took. */
  public record Way(String path, String receiver, String description) {}

  public Episode {
    annotations = Map.copyOf(annotations);
    hushes = List.copyOf(hushes);
    ways = List.copyOf(ways);
    incidents = List.copyOf(incidents);
  }

  /** The beginning of one. */
  public static Episode of(Alert alert) {
    return new Episode(
        alert.spec(),
        alert.labels(),
        alert.severity(),
        alert.annotations(),
        alert.activeSince(),
        alert.firingSince(),
        alert.resolvedAt(),
        alert.lastBreach(),
        alert.value(),
        List.of(),
        List.of(),
        List.of());
  }

  public AlertKey key() {
    return new AlertKey(spec.ruleId(), labels);
  }

  /** The alert as it was last. */
  public Alert alert() {
    Alert.Phase phase =
        endedAt.isPresent()
            ? Alert.Phase.RESOLVED
            : fired() ? Alert.Phase.FIRING : Alert.Phase.PENDING;
    return new Alert(
        spec, labels, phase, activeSince, firingSince, endedAt, lastBreach, value, annotations);
  }

  public boolean fired() {
    return firingSince.isPresent();
  }

  /** The same with the alert's newest state. */
  public Episode with(Alert alert) {
    Optional<Instant> end = alert.resolvedAt();
    return new Episode(
        alert.spec(),
        labels,
        alert.severity(),
        alert.annotations(),
        activeSince,
        alert.firingSince().or(() -> firingSince),
        end,
        alert.lastBreach(),
        alert.value(),
        end.map(this::hushedUntil).orElse(hushes),
        ways,
        incidents);
  }

  /** The same, over. */
  Episode ended(Instant at) {
    return copy(Optional.of(at), hushedUntil(at), ways, incidents);
  }

  /** The same with what mutes it now; what no longer does ended at this instant. */
  Episode hushed(List<Mute> now, Instant at) {
    var next = new ArrayList<Hush>();
    for (Hush hush : hushes) {
      boolean still = hush.until().isPresent() || now.contains(hush.mute());
      next.add(still ? hush : new Hush(hush.mute(), hush.from(), Optional.of(at)));
    }
    for (Mute mute : now) {
      boolean known = hushes.stream().anyMatch(h -> h.until().isEmpty() && h.mute().equals(mute));
      if (!known) {
        next.add(new Hush(mute, at, Optional.empty()));
      }
    }
    return copy(endedAt, next, ways, incidents);
  }

  /** Whether just these mute it, as far as is known. */
  boolean hushedBy(List<Mute> now) {
    if (hushes.isEmpty()) {
      return now.isEmpty();
    }
    List<Mute> open =
        hushes.stream().filter(hush -> hush.until().isEmpty()).map(Hush::mute).toList();
    return open.size() == now.size() && open.containsAll(now);
  }

  Episode by(List<Way> taken) {
    return copy(endedAt, hushes, taken, incidents);
  }

  Episode in(IncidentId incident) {
    if (incidents.contains(incident)) {
      return this;
    }
    var all = new ArrayList<>(incidents);
    all.add(incident);
    return copy(endedAt, hushes, ways, all);
  }

  private List<Hush> hushedUntil(Instant at) {
    return hushes.stream()
        .map(h -> h.until().isPresent() ? h : new Hush(h.mute(), h.from(), Optional.of(at)))
        .toList();
  }

  private Episode copy(
      Optional<Instant> end, List<Hush> quiet, List<Way> taken, List<IncidentId> joined) {
    return new Episode(
        spec,
        labels,
        severity,
        annotations,
        activeSince,
        firingSince,
        end,
        lastBreach,
        value,
        quiet,
        taken,
        joined);
  }
}
