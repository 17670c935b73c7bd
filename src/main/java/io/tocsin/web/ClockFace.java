package io.tocsin.web;

import io.tocsin.incident.Clock;
import io.tocsin.incident.ClockState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * An incident's clock as a pill.
 *
 * @param name what is owed: Respond, Inform, Update, Resolve
 * @param words time left, time over, or how long it took
 * @param tone how it looks
 * @param title the deadline in full
 */
public record ClockFace(String name, String words, Tone tone, String title) {

  /** Share of the target from which a clock is shown as near its end. */
  private static final double NEAR = 0.75;

  /** Met in time, running, from 75 % on near, past its deadline. */
  public enum Tone {
    MET,
    RUNNING,
    NEAR,
    OVER;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A clock as it stands at an instant. */
  public static ClockFace of(ClockState clock, Instant now) {
    String deadline = "Due " + Times.full(clock.deadline());
    Duration left = clock.left(now);
    if (clock.metAt().isPresent()) {
      Duration took =
          Duration.between(clock.startedAt(), clock.metAt().get()).minus(clock.paused());
      boolean late = clock.metAt().get().isAfter(clock.deadline());
      return new ClockFace(
          name(clock.clock()),
          (late ? "late, after " : "done in ") + Times.span(took),
          late ? Tone.OVER : Tone.MET,
          deadline);
    }
    if (clock.pausedAt().isPresent()) {
      return new ClockFace(
          name(clock.clock()),
          "paused, " + Times.span(left) + " left",
          Tone.RUNNING,
          "Stands still since " + Times.full(clock.pausedAt().get()));
    }
    if (left.isNegative()) {
      return new ClockFace(name(clock.clock()), Times.span(left) + " over", Tone.OVER, deadline);
    }
    Tone tone = clock.used(now) >= NEAR ? Tone.NEAR : Tone.RUNNING;
    return new ClockFace(name(clock.clock()), Times.span(left) + " left", tone, deadline);
  }

  /** What a clock asks for. */
  public static String name(Clock clock) {
    return switch (clock) {
      case RESPONSE -> "Respond";
      case COMMUNICATION -> "Inform";
      case PUBLIC_UPDATE -> "Update";
      case RESOLUTION -> "Resolve";
    };
  }
}
