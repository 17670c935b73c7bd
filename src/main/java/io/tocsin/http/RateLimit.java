package io.tocsin.http;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** So many calls a second for each of a known set of callers, with room for a burst. */
final class RateLimit {

  private final double perSecond;
  private final double burst;
  private final Map<String, Bucket> buckets = new HashMap<>();

  private record Bucket(double tokens, Instant at) {}

  RateLimit(double perSecond, double burst) {
    this.perSecond = perSecond;
    this.burst = burst;
  }

  /** Takes one call's worth; false when there is none. A clock that jumps back grants nothing. */
  synchronized boolean take(String caller, Instant now) {
    Bucket bucket = buckets.getOrDefault(caller, new Bucket(burst, now));
    double seconds = Math.max(0, Duration.between(bucket.at, now).toMillis() / 1_000.0);
    double tokens = Math.min(burst, bucket.tokens + seconds * perSecond);
    boolean granted = tokens >= 1;
    buckets.put(caller, new Bucket(granted ? tokens - 1 : tokens, now));
    return granted;
  }
}
