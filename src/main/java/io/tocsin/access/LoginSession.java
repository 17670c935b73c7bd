package io.tocsin.access;

import java.time.Duration;
import java.time.Instant;

/**
 * A browser that is logged in.
 *
 * @param id hash of what its cookie holds
 * @param holder whose it is
 * @param opened when it logged in
 * @param lastSeen when it last asked for something, to the minute
 * @param address from where it logged in
 * @param agent what the browser calls itself, shortened
 */
public record LoginSession(
    TokenHash id, Holder holder, Instant opened, Instant lastSeen, String address, String agent) {

  private static final int HANDLE = 16;
  private static final int LONGEST_AGENT = 200;

  public LoginSession {
    agent = agent.length() <= LONGEST_AGENT ? agent : agent.substring(0, LONGEST_AGENT);
  }

  /** Who logged in. */
  public sealed interface Holder {}

  /** A person. */
  public record OfAccount(String accountId) implements Holder {}

  /** Whoever holds a token. */
  public record OfToken(String tokenId) implements Holder {}

  /**
   * How long a session lasts.
   *
   * @param idle without a request
   * @param absolute whatever happens
   */
  public record Life(Duration idle, Duration absolute) {
    /** A working day without a request, a week at most. */
    public static final Life USUAL = new Life(Duration.ofHours(12), Duration.ofDays(7));
  }

  /** Names it in lists; nobody can log in with it. */
  public String handle() {
    return id.hex().substring(0, HANDLE);
  }

  /** When it ends unless it is used again. */
  public Instant ends(Life life) {
    Instant idle = lastSeen.plus(life.idle);
    Instant absolute = opened.plus(life.absolute);
    return idle.isBefore(absolute) ? idle : absolute;
  }

  /** Whether its time is over. */
  public boolean over(Life life, Instant now) {
    return !now.isBefore(ends(life));
  }

  /** This session, used at an instant. */
  public LoginSession seen(Instant now) {
    return new LoginSession(id, holder, opened, now, address, agent);
  }
}
