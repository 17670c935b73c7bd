package io.tocsin.engine;

import java.time.Duration;

/**
 * How the relay sends.
 *
 * @param perDestination how many messages go to one destination at the same time
 * @param firstPause wait after the first failed attempt; doubles with each
 * @param longestPause the most it waits between attempts
 * @param giveUpAfter a message older than this becomes a dead letter when it fails again
 * @param lease how long a leased message is ours
 */
public record RelaySettings(
    int perDestination,
    Duration firstPause,
    Duration longestPause,
    Duration giveUpAfter,
    Duration lease) {

  /** Four at a time; one second to five minutes; given up after a day. */
  public static final RelaySettings DEFAULT =
      new RelaySettings(
          4,
          Duration.ofSeconds(1),
          Duration.ofMinutes(5),
          Duration.ofHours(24),
          Duration.ofMinutes(2));

  public RelaySettings {
    if (perDestination < 1) {
      throw new IllegalArgumentException(
          "per_destination: found " + perDestination + ", expected at least 1");
    }
  }

  /** The wait before attempt {@code n + 1}, at full length; the relay takes half to all of it. */
  Duration pause(int attempts) {
    return new DoublingPause(firstPause, longestPause).after(attempts - 1);
  }
}
