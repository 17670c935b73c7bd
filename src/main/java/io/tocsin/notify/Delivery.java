package io.tocsin.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message in the outbox with all that happened to it.
 *
 * @param id row number, in order of planning
 * @param message what to send
 * @param state where it stands
 * @param nextAttemptAt not before this instant
 * @param deliveredAt when the receiver took it
 * @param attempts each try, oldest first
 */
public record Delivery(
    long id,
    Message message,
    State state,
    Instant nextAttemptAt,
    Optional<Instant> deliveredAt,
    List<Attempt> attempts) {

  public Delivery {
    attempts = List.copyOf(attempts);
  }

  /** Waiting (or leased), delivered, given up. */
  public enum State {
    PENDING,
    DELIVERED,
    DEAD
  }

  /** One try, or why there was none. */
  public record Attempt(Instant at, Duration took, boolean delivered, String detail) {

    /** How the detail begins of one that its throttle held back. */
    public static final String HELD_BACK = "held back";

    /** How the detail begins of one that the receiver's standing forbade. */
    public static final String NOT_TRIED = "not tried";

    /** Whether the receiver was asked at all. */
    public boolean tried() {
      return !detail.startsWith(HELD_BACK) && !detail.startsWith(NOT_TRIED);
    }
  }
}
