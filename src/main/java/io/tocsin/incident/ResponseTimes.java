package io.tocsin.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How fast people and machine were on one incident, measured from its opening.
 *
 * @param toAcknowledge to the first acknowledgement (its mean over incidents is the MTTA)
 * @param toFirstPublicUpdate to the first public words of a person
 * @param toResolve to the last end (its mean over incidents is the MTTR); empty while open
 */
public record ResponseTimes(
    Optional<Duration> toAcknowledge,
    Optional<Duration> toFirstPublicUpdate,
    Optional<Duration> toResolve) {

  /** Reads them from a timeline, oldest event first. */
  public static ResponseTimes of(List<IncidentEvent> events) {
    Instant opened = events.getFirst().at();
    return new ResponseTimes(
        first(events, Change.Acknowledged.class::isInstance)
            .map(at -> Duration.between(opened, at)),
        first(
                events,
                change ->
                    change instanceof Change.UpdatePosted posted
                        && posted.isPublic()
                        && !posted.automatic())
            .map(at -> Duration.between(opened, at)),
        end(events).map(at -> Duration.between(opened, at)));
  }

  /** The mean of what is known of several incidents; empty when nothing is. */
  public static Optional<Duration> mean(
      List<ResponseTimes> times, Function<ResponseTimes, Optional<Duration>> which) {
    List<Duration> known = times.stream().map(which).flatMap(Optional::stream).toList();
    return known.isEmpty()
        ? Optional.empty()
        : Optional.of(known.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(known.size()));
  }

  private static Optional<Instant> first(List<IncidentEvent> events, Predicate<Change> which) {
    return events.stream()
        .filter(event -> which.test(event.change()))
        .map(IncidentEvent::at)
        .findFirst();
  }

  private static Optional<Instant> end(List<IncidentEvent> events) {
    Optional<Instant> end = Optional.empty();
    for (IncidentEvent event : events) {
      if (event.change() instanceof Change.Resolved
          || event.change() instanceof Change.MergedInto) {
        end = Optional.of(event.at());
      } else if (event.change() instanceof Change.Reopened) {
        end = Optional.empty();
      }
    }
    return end;
  }
}
