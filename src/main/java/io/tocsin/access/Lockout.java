package io.tocsin.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down those who guess. After a few failures each further one doubles the wait, up to a
 * bound; a success or a long quiet forgets them. It remembers a bounded number of names, those that
 * failed last.
 */
public final class Lockout {

  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration QUIET = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 20;

  private record Tries(int failures, Instant last) {}

  private final int free;
  private final Map<String, Tries> tries;

  /**
   * @param free how many failures cost nothing
   * @param remembered for how many names at most
   */
  public Lockout(int free, int remembered) {
    this.free = free;
    this.tries =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
            return size() > remembered;
          }
        };
  }

  /** How long a name has yet to wait; empty when it may try. */
  public synchronized Optional<Duration> wait(String name, Instant now) {
    Tries known = tries.get(name);
    if (known == null || known.failures < free) {
      return Optional.empty();
    }
    Instant until = known.last.plus(pause(known.failures));
    return now.isBefore(until) ? Optional.of(Duration.between(now, until)) : Optional.empty();
  }

  private Duration pause(int failures) {
    Duration pause = FIRST.multipliedBy(1L << Math.min(failures - free, MOST_DOUBLINGS));
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }

  /** A try that failed; tells how many did. */
  public synchronized int failed(String name, Instant now) {
    Tries known = tries.get(name);
    int failures = known == null || known.last.plus(QUIET).isBefore(now) ? 1 : known.failures + 1;
    tries.put(name, new Tries(failures, now));
    return failures;
  }

  /** A try that went well. */
  public synchronized void succeeded(String name) {
    tries.remove(name);
  }
}
