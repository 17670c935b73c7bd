package io.tocsin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of tokens promises. */
public abstract class TokenStoreContract {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  /** An empty store. */
  protected abstract TokenStore store();

  @Test
  void aTokenIsFoundAsItWasAdded() {
    TokenStore store = store();
    ApiToken token = token(NOW);
    store.add(token);
    assertThat(store.find(token.id())).contains(token);
    assertThat(store.find("00000000")).isEmpty();
  }

  @Test
  void tokensAreListedOldestFirst() {
    TokenStore store = store();
    ApiToken younger = token(NOW.plusSeconds(1));
    ApiToken older = token(NOW);
    store.add(younger);
    store.add(older);
    assertThat(store.tokens()).containsExactly(older, younger);
  }

  @Test
  void anIdIsTakenOnce() {
    TokenStore store = store();
    ApiToken token = token(NOW);
    store.add(token);
    assertThatThrownBy(() -> store.add(token)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRevokedTokenIsGone() {
    TokenStore store = store();
    ApiToken token = token(NOW);
    store.add(token);
    assertThat(store.revoke(token.id())).isTrue();
    assertThat(store.revoke(token.id())).isFalse();
    assertThat(store.find(token.id())).isEmpty();
  }

  @Test
  void useIsNoted() {
    TokenStore store = store();
    ApiToken token = token(NOW);
    store.add(token);
    store.used(token.id(), NOW.plusSeconds(60));
    assertThat(store.find(token.id())).contains(token.usedAt(NOW.plusSeconds(60)));
  }

  private static ApiToken token(Instant created) {
    return ApiToken.of(
        TokenText.mint(new SecureRandom()),
        "ci",
        Set.of(Scope.INGEST, Scope.READ),
        created,
        Optional.of(created.plusSeconds(3_600)));
  }
}
