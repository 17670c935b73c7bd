package io.tocsin;

import io.tocsin.settings.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import picocli.CommandLine.ParameterException;

/** Moments as people write them on the command line. */
final class PastMoment {

  private PastMoment() {}

  /**
   * A moment written as {@code now}, a time before it such as {@code -7d}, RFC 3339 or Unix
   * seconds.
   *
   * @throws ParameterException when it is none of these
   */
  static Instant parse(picocli.CommandLine command, String option, String text, Instant now) {
    if (text.equals("now")) {
      return now;
    }
    if (text.startsWith("-")) {
      Optional<Duration> before = Durations.parse(text.substring(1));
      if (before.isPresent()) {
        return now.minus(before.get());
      }
    }
    try {
      return text.matches("[0-9]+(\\.[0-9]+)?")
          ? Instant.ofEpochMilli(Math.round(Double.parseDouble(text) * 1000))
          : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new ParameterException(
          command,
          option
              + ": found \""
              + text
              + "\", expected now, -7d, 2026-01-31T12:00:00Z or Unix seconds");
    }
  }
}
