package io.tocsin.incident;

import java.time.Duration;
import java.util.Optional;

/**
 * What an incident of one severity owes: one row of the owner's table. An empty cell is no clock.
 *
 * @param response somebody acknowledges within
 * @param communication those named by {@code told} are told within
 * @param told whom the communication is for
 * @param publicUpdate first update of the status page by a person within
 * @param publicUpdateEvery then again within this time after each
 * @param resolution it is over within
 * @param postMortem whether a post-mortem is owed
 */
public record ClockTargets(
    Optional<Duration> response,
    Optional<Duration> communication,
    Audience told,
    Optional<Duration> publicUpdate,
    Optional<Duration> publicUpdateEvery,
    Optional<Duration> resolution,
    PostMortemDuty postMortem) {

  /**
   * Whom the communication is for. Affected users are also told by an update of the status page.
   */
  public enum Audience {
    STAKEHOLDERS,
    AFFECTED_USERS
  }

  /** Whether a post-mortem is owed. */
  public enum PostMortemDuty {
    REQUIRED,
    RECOMMENDED,
    AS_NEEDED,
    NOT_REQUIRED
  }

  /** The target of a clock from the moment it starts, if this severity has it. */
  public Optional<Duration> target(Clock clock) {
    return switch (clock) {
      case RESPONSE -> response;
      case COMMUNICATION -> communication;
      case PUBLIC_UPDATE -> publicUpdate;
      case RESOLUTION -> resolution;
    };
  }
}
