package io.tocsin.access;

import io.tocsin.access.LoginSession.Holder;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sessions for as long as the process lives. */
public final class MemorySessionStore implements SessionStore {

  private final Map<String, LoginSession> all = new LinkedHashMap<>();

  @Override
  public synchronized List<LoginSession> sessions() {
    return all.values().stream()
        .sorted(Comparator.comparing(LoginSession::lastSeen).reversed())
        .toList();
  }

  @Override
  public synchronized Optional<LoginSession> find(TokenHash id) {
    return Optional.ofNullable(all.get(id.hex()));
  }

  @Override
  public synchronized void add(LoginSession session) {
    all.put(session.id().hex(), session);
    List<LoginSession> own =
        all.values().stream()
            .filter(other -> other.holder().equals(session.holder()))
            .sorted(Comparator.comparing(LoginSession::opened).reversed())
            .toList();
    own.stream().skip(MOST).forEach(old -> all.remove(old.id().hex()));
  }

  @Override
  public synchronized void seen(TokenHash id, Instant now) {
    all.computeIfPresent(id.hex(), (key, session) -> session.seen(now));
  }

  @Override
  public synchronized boolean end(TokenHash id) {
    return all.remove(id.hex()) != null;
  }

  @Override
  public synchronized int endAll(Holder holder) {
    int before = all.size();
    all.values().removeIf(session -> session.holder().equals(holder));
    return before - all.size();
  }

  @Override
  public synchronized void forget(Instant openedBefore, Instant seenBefore) {
    all.values()
        .removeIf(
            session ->
                session.opened().isBefore(openedBefore) || session.lastSeen().isBefore(seenBefore));
  }
}
