package io.tocsin.notify;

import java.time.Duration;

/**
 * How much one receiver gets at most; what is above goes as one message that says what it stands
 * for.
 *
 * @param messages how many, at least one
 * @param within in what time
 */
public record Throttle(int messages, Duration within) {

  /** The most that can be remembered of one receiver. */
  public static final int MOST = 1000;

  public Throttle {
    if (messages < 1 || messages > MOST) {
      throw new IllegalArgumentException("messages: found " + messages + ", expected 1 to " + MOST);
    }
    if (within.isNegative() || within.isZero()) {
      throw new IllegalArgumentException("within: found " + within + ", expected some time");
    }
  }

  /** Whether a message is never held back: a CRITICAL incident that begins or calls somebody. */
  public static boolean urgent(Message message) {
    return switch (message.incident().severity()) {
      case HIGH, MEDIUM, LOW -> false;
      case CRITICAL ->
          switch (message.transition().kind()) {
            case OPENED, REOPENED, ESCALATED, SEVERITY -> message.incident().open();
            case ALERTS_CHANGED,
                ACKNOWLEDGED,
                UNACKNOWLEDGED,
                UPDATE,
                CLOCK,
                REPEAT,
                RESOLVED,
                NOTE,
                REMINDER ->
                false;
          };
    };
  }
}
