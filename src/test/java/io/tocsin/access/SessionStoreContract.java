package io.tocsin.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.LoginSession.Holder;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every store of sessions promises. */
public abstract class SessionStoreContract {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  /** A store without sessions. */
  protected abstract SessionStore store();

  /** Somebody known. */
  protected abstract Holder person();

  /** A token known. */
  protected abstract Holder token();

  @Test
  void aSessionIsFoundUsedAndEnded() {
    SessionStore store = store();
    LoginSession session = session(person(), NOW);
    store.add(session);
    assertThat(store.find(session.id())).contains(session);
    store.seen(session.id(), NOW.plusSeconds(60));
    assertThat(store.find(session.id())).contains(session.seen(NOW.plusSeconds(60)));
    assertThat(store.end(session.id())).isTrue();
    assertThat(store.end(session.id())).isFalse();
    assertThat(store.find(session.id())).isEmpty();
  }

  @Test
  void allOfAHolderEndTogetherAndNoOthers() {
    SessionStore store = store();
    store.add(session(person(), NOW));
    store.add(session(person(), NOW.plusSeconds(1)));
    LoginSession other = session(token(), NOW);
    store.add(other);
    assertThat(store.endAll(person())).isEqualTo(2);
    assertThat(store.sessions()).containsExactly(other);
  }

  @Test
  void aHolderHasABoundedNumberAndTheOldestEndFirst() {
    SessionStore store = store();
    for (int i = 0; i <= SessionStore.MOST; i++) {
      store.add(session(person(), NOW.plusSeconds(i)));
    }
    assertThat(store.sessions()).hasSize(SessionStore.MOST);
    assertThat(store.sessions().getLast().opened()).isEqualTo(NOW.plusSeconds(1));
  }

  @Test
  void whatIsOverIsForgotten() {
    SessionStore store = store();
    LoginSession old = session(person(), NOW.minusSeconds(100)).seen(NOW);
    LoginSession idle = session(person(), NOW.minusSeconds(50));
    LoginSession good = session(person(), NOW);
    for (LoginSession session : new LoginSession[] {old, idle, good}) {
      store.add(session);
    }
    store.forget(NOW.minusSeconds(60), NOW.minusSeconds(30));
    assertThat(store.sessions()).containsExactly(good);
  }

  private static LoginSession session(Holder holder, Instant opened) {
    var id = SessionSecret.mint(new SecureRandom()).hash();
    return new LoginSession(id, holder, opened, opened, "192.0.2.1", "Firefox");
  }
}
