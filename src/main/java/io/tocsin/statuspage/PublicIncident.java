package io.tocsin.statuspage;

import io.tocsin.alert.Severity;
import io.tocsin.incident.Clock;
import io.tocsin.incident.ClockState;
import io.tocsin.incident.Incident;
import io.tocsin.incident.Phase;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An incident as the public sees it: listed components, severity in customers' words, and the
 * public updates.
 *
 * @param id the incident's own
 * @param title made from components and severity, in English
 * @param severity worst word for customers
 * @param phase where the work stands
 * @param startedAt when it began
 * @param resolvedAt when it ended
 * @param components ids of the listed components it hits, in the page's order
 * @param updates newest first
 * @param nextUpdateBy when the public is told again at the latest, if that is still ahead
 * @param summary what the published post-mortem says to the public, if it does
 */
public record PublicIncident(
    String id,
    String title,
    Severity severity,
    Phase phase,
    Instant startedAt,
    Optional<Instant> resolvedAt,
    List<PageSpec.Component> components,
    List<Update> updates,
    Optional<Instant> nextUpdateBy,
    Optional<String> summary) {

  /**
   * Words on an incident; the id never changes.
   *
   * @param text a person's words, or ours in English
   * @param automatic whether the words are ours
   */
  public record Update(String id, Instant at, Phase phase, String text, boolean automatic) {}

  public PublicIncident {
    components = List.copyOf(components);
    updates = List.copyOf(updates);
  }

  public boolean open() {
    return resolvedAt.isEmpty();
  }

  /** Names of the components it hits. */
  public List<String> names() {
    return components.stream().map(PageSpec.Component::name).toList();
  }

  /** Whether it was going on at some time of a day (UTC). */
  boolean on(LocalDate day, Instant now) {
    LocalDate last = PageSnapshot.dateOf(resolvedAt.orElse(now));
    return !day.isBefore(PageSnapshot.dateOf(startedAt)) && !day.isAfter(last);
  }

  /** When the public last saw something new. */
  public Instant updatedAt() {
    return updates.get(0).at();
  }

  /** As it stood when an update was posted. */
  PublicIncident upTo(Update last) {
    boolean over = last.phase() == Phase.RESOLVED;
    return new PublicIncident(
        id,
        title,
        severity,
        last.phase(),
        startedAt,
        over ? resolvedAt : Optional.empty(),
        components,
        updates.stream().dropWhile(update -> !update.equals(last)).toList(),
        nextUpdateBy,
        Optional.empty());
  }

  /** What it makes of the components it hits. */
  public ComponentState impact() {
    return switch (severity) {
      case CRITICAL -> ComponentState.MAJOR_OUTAGE;
      case HIGH -> ComponentState.PARTIAL_OUTAGE;
      case MEDIUM -> ComponentState.DEGRADED_PERFORMANCE;
      case LOW -> ComponentState.OPERATIONAL;
    };
  }

  static PublicIncident of(
      Incident incident, Optional<String> summary, PageSpec spec, Instant now) {
    List<PageSpec.Component> hit =
        spec.components().stream()
            .filter(component -> incident.components().contains(component.name()))
            .toList();
    List<String> names = hit.stream().map(PageSpec.Component::name).toList();
    Optional<Instant> ended = ended(incident);
    return new PublicIncident(
        incident.id().value(),
        PublicWords.ENGLISH.title(incident.severity(), names),
        incident.severity(),
        ended.isPresent() ? Phase.RESOLVED : incident.phase(),
        incident.openedAt(),
        ended,
        hit,
        updates(incident, names, ended),
        nextUpdateBy(incident, now),
        summary);
  }

  private static Optional<Instant> ended(Incident incident) {
    if (incident.open()) {
      return Optional.empty();
    }
    return incident
        .resolvedAt()
        .or(
            () ->
                incident.updates().stream().map(Incident.Update::at).max(Comparator.naturalOrder()))
        .or(() -> Optional.of(incident.openedAt()));
  }

  private static List<Update> updates(
      Incident incident, List<String> names, Optional<Instant> ended) {
    List<Update> updates = new ArrayList<>();
    for (Incident.Update update : incident.updates()) {
      if (update.isPublic()) {
        String text =
            update.automatic() && update.text().isBlank()
                ? PublicWords.ENGLISH.automatic(update.phase(), incident.severity(), names)
                : update.text();
        String id = incident.id() + "-" + (updates.size() + 1);
        updates.add(new Update(id, update.at(), update.phase(), text, update.automatic()));
      }
    }
    if (updates.isEmpty()) {
      updates.add(automatic(incident, "0", incident.openedAt(), Phase.INVESTIGATING, names));
    }
    Phase newest = updates.get(updates.size() - 1).phase();
    if (newest != Phase.RESOLVED) {
      ended.ifPresent(at -> updates.add(automatic(incident, "end", at, Phase.RESOLVED, names)));
    }
    return updates.reversed();
  }

  private static Update automatic(
      Incident incident, String suffix, Instant at, Phase phase, List<String> names) {
    String text = PublicWords.ENGLISH.automatic(phase, incident.severity(), names);
    return new Update(incident.id() + "-" + suffix, at, phase, text, true);
  }

  private static Optional<Instant> nextUpdateBy(Incident incident, Instant now) {
    return incident
        .clock(Clock.PUBLIC_UPDATE)
        .filter(clock -> incident.open() && clock.running() && clock.deadline().isAfter(now))
        .map(ClockState::deadline);
  }
}
