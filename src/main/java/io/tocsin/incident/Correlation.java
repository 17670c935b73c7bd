package io.tocsin.incident;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Merges incidents by time and similarity where the policy says so: one that opens now into the
 * most alike that is open already, before anybody is told of it. What people declared, split off or
 * touched stays as they left it.
 */
public final class Correlation {

  private final Desk desk;
  private final CorrelationPolicy policy;

  public Correlation(Desk desk, CorrelationPolicy policy) {
    this.desk = desk;
    this.policy = policy;
  }

  /** Merges what opened in this cycle; nothing where people decide. */
  public void advance(Recorder recorder, Instant now) {
    if (policy.mergeAt().isEmpty()) {
      return;
    }
    for (IncidentEvent event : recorder.events()) {
      boolean ours = event.actor().kind() == Actor.Kind.SYSTEM;
      if (ours && event.change() instanceof Change.Opened) {
        recorder
            .find(event.incident())
            .filter(this::loose)
            .ifPresent(it -> fold(recorder, it, now));
      }
    }
  }

  private boolean loose(Incident incident) {
    return incident.open()
        && !incident.alerts().isEmpty()
        && !Split.is(incident.group())
        && incident.paging().touchedAt().isEmpty();
  }

  private void fold(Recorder recorder, Incident young, Instant now) {
    List<Incident> older =
        recorder.open().stream().filter(other -> other.number() < young.number()).toList();
    Optional<Kinship> kin =
        Kinship.of(young, older, policy, 1).stream()
            .filter(it -> it.share() >= policy.mergeAt().orElse(1.0))
            .findFirst();
    kin.ifPresent(
        it ->
            new Merge(recorder, young, Actor.SYSTEM, now)
                .into(desk, it.other(), Optional.of(it.why())));
  }
}
