package io.tocsin.access;

import io.tocsin.access.LoginSession.Holder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where sessions are kept. Calls may block on a database, so never from an event loop. */
public interface SessionStore {

  /** The most sessions one holder has; the oldest end first. */
  int MOST = 50;

  /** Every session, latest used first. */
  List<LoginSession> sessions();

  Optional<LoginSession> find(TokenHash id);

  /** Keeps a new session, and ends the oldest of its holder beyond {@link #MOST}. */
  void add(LoginSession session);

  /** Notes that a session was used. */
  void seen(TokenHash id, Instant now);

  /** Ends one; false when there was none. */
  boolean end(TokenHash id);

  /** Ends all of a holder; tells how many. */
  int endAll(Holder holder);

  /** Forgets those opened before one instant or last seen before another. */
  void forget(Instant openedBefore, Instant seenBefore);
}
