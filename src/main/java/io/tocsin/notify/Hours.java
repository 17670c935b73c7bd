package io.tocsin.notify;

import io.tocsin.alert.Mute;
import io.tocsin.silence.NamedIntervals;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When a route may make a sound. As in Alertmanager a route that is quiet still groups; what still
 * fires when its hours come is told then.
 *
 * @param mute within any of these it is quiet
 * @param active where there are any, outside of all of these it is quiet
 */
public record Hours(List<NamedIntervals> mute, List<NamedIntervals> active) {

  /** At all hours. */
  public static final Hours ALWAYS = new Hours(List.of(), List.of());

  private static final Duration FORESIGHT = Duration.ofDays(14);

  public Hours {
    mute = List.copyOf(mute);
    active = List.copyOf(active);
  }

  /** Whether it is never quiet by its hours. */
  public boolean always() {
    return mute.isEmpty() && active.isEmpty();
  }

  /** What keeps it quiet at an instant, if anything. */
  public Optional<Mute.ByTimeInterval> quiet(Instant at) {
    for (NamedIntervals intervals : mute) {
      if (intervals.contain(at)) {
        return Optional.of(new Mute.ByTimeInterval(intervals.name(), true));
      }
    }
    return active.isEmpty() || active.stream().anyMatch(intervals -> intervals.contain(at))
        ? Optional.empty()
        : Optional.of(new Mute.ByTimeInterval(names(), false));
  }

  /** The first minute after an instant at which it is not quiet; none within two weeks. */
  public Optional<Instant> soundAfter(Instant at) {
    Instant end = at.plus(FORESIGHT);
    for (Instant minute = at.truncatedTo(ChronoUnit.MINUTES).plusSeconds(60);
        minute.isBefore(end);
        minute = minute.plusSeconds(60)) {
      if (quiet(minute).isEmpty()) {
        return Optional.of(minute);
      }
    }
    return Optional.empty();
  }

  private String names() {
    return active.stream().map(NamedIntervals::name).collect(Collectors.joining(", "));
  }
}
