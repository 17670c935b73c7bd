package io.tocsin.notify;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A receiver as people may see it: no secret in sight.
 *
 * @param name as routes name it
 * @param fallback who gets its messages too while it is down
 * @param ways how it is reached
 */
public record ReceiverView(String name, Optional<String> fallback, List<Way> ways) {

  /**
   * One way to it.
   *
   * @param settings as configured, with secrets as {@code ***}
   * @param breaker whether it is tried
   * @param pausedUntil until when it asked for time
   * @param throttle how much it gets at most, if there is a bound
   */
  public record Way(
      Destination destination,
      Map<String, String> settings,
      Breaker.State breaker,
      Optional<Instant> pausedUntil,
      Optional<Throttle> throttle) {}
}
