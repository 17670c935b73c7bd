package io.tocsin.postmortem;

import io.tocsin.alert.Alert;
import io.tocsin.incident.Change;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.notify.Delivery;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * When each step from the first bad sample to the end was reached; empty for steps never taken.
 *
 * @param firstBadSample first breach of any of its alerts, or the first failure of a streak that
 *     made a check DOWN, whichever came first
 * @param detected the incident was opened
 * @param paged the first message was taken by a receiver
 * @param acknowledged somebody took it
 * @param publicUpdate a person first told the public; automatic posts do not count
 * @param resolved it was over, for good
 */
public record Gaps(
    Optional<Instant> firstBadSample,
    Optional<Instant> detected,
    Optional<Instant> paged,
    Optional<Instant> acknowledged,
    Optional<Instant> publicUpdate,
    Optional<Instant> resolved) {

  /** Measures them. */
  public static Gaps of(Evidence evidence) {
    List<IncidentEvent> events = evidence.events();
    return new Gaps(
        Stream.concat(
                evidence.incident().alerts().stream().map(Alert::activeSince),
                evidence.firstFailures().stream())
            .min(Comparator.naturalOrder()),
        first(events, Change.Opened.class::isInstance),
        evidence.deliveries().stream()
            .map(Delivery::deliveredAt)
            .flatMap(Optional::stream)
            .min(Comparator.naturalOrder()),
        first(events, Change.Acknowledged.class::isInstance),
        first(
            events,
            change ->
                change instanceof Change.UpdatePosted posted
                    && posted.isPublic()
                    && !posted.automatic()),
        evidence.incident().resolvedAt());
  }

  private static Optional<Instant> first(List<IncidentEvent> events, Predicate<Change> which) {
    return events.stream()
        .filter(event -> which.test(event.change()))
        .map(IncidentEvent::at)
        .findFirst();
  }
}
