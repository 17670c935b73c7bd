package io.tocsin.web;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** So many tries of each caller within a time; of callers only the latest are remembered. */
final class AttemptLimit {

  private static final int REMEMBERED = 10_000;

  private final int most;
  private final Duration within;
  private final Map<String, Count> counts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Count(Instant from, int tries) {}

  AttemptLimit(int most, Duration within) {
    this.most = most;
    this.within = within;
  }

  /** Counts a try; false when it is one too many. */
  synchronized boolean take(String caller, Instant now) {
    Count count = counts.get(caller);
    if (count == null || !count.from.plus(within).isAfter(now)) {
      counts.remove(caller);
      counts.put(caller, new Count(now, 1));
      return true;
    }
    counts.put(caller, new Count(count.from, Math.min(count.tries + 1, most + 1)));
    return count.tries < most;
  }
}
