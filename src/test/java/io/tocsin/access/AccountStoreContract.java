package io.tocsin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of accounts promises. */
public abstract class AccountStoreContract {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final PasswordHash HASH =
      new Argon2id(8, 1, 1).hash("correct horse", new SecureRandom());

  /** An empty store. */
  protected abstract AccountStore store();

  @Test
  void anAccountIsFoundAsItWasAddedWhateverTheCaseOfItsName() {
    AccountStore store = store();
    Account ada = Account.local("a1", "Ada", Role.ADMIN, HASH, NOW);
    Account bo =
        Account.foreign("b1", "bo@example.com", Role.VIEWER, "https://id.example.com 7", NOW)
            .seen(NOW.plusSeconds(5));
    store.add(ada);
    store.add(bo);
    assertThat(store.accounts()).containsExactly(ada, bo);
    assertThat(store.find("a1")).contains(ada);
    assertThat(store.named("ADA")).contains(ada);
    assertThat(store.ofSubject("https://id.example.com 7")).contains(bo);
    assertThat(store.named("nobody")).isEmpty();
    assertThat(store.ofSubject("")).isEmpty();
  }

  @Test
  void aNameIsTakenOnceWhateverItsCase() {
    AccountStore store = store();
    store.add(Account.local("a1", "ada", Role.ADMIN, HASH, NOW));
    assertThatThrownBy(() -> store.add(Account.local("a2", "ADA", Role.ADMIN, HASH, NOW)))
        .isInstanceOf(AccountStore.Refused.class)
        .hasMessage("the name ADA is taken");
    store.add(Account.local("b1", "bo", Role.ADMIN, HASH, NOW));
    assertThatThrownBy(() -> store.change("b1", it -> it.named("Ada")))
        .isInstanceOf(AccountStore.Refused.class);
  }

  @Test
  void theFirstAccountIsMadeOnceOnly() {
    AccountStore store = store();
    assertThat(store.addFirst(Account.local("a1", "ada", Role.ADMIN, HASH, NOW))).isTrue();
    assertThat(store.addFirst(Account.local("b1", "bo", Role.ADMIN, HASH, NOW))).isFalse();
    assertThat(store.accounts()).hasSize(1);
  }

  @Test
  void aChangeTellsWhatWasAndWhatIs() {
    AccountStore store = store();
    store.add(Account.local("a1", "ada", Role.ADMIN, HASH, NOW));
    store.add(Account.local("b1", "bo", Role.ADMIN, HASH, NOW));
    var changed = store.change("b1", it -> it.as(Role.VIEWER).disabled(true)).orElseThrow();
    assertThat(changed.before().role()).isEqualTo(Role.ADMIN);
    assertThat(store.find("b1")).contains(changed.after());
    assertThat(changed.after().disabled()).isTrue();
    assertThat(store.change("zz", it -> it)).isEqualTo(Optional.empty());
  }

  @Test
  void theLastOneWhoAdministersStaysSo() {
    AccountStore store = store();
    store.add(Account.local("a1", "ada", Role.ADMIN, HASH, NOW));
    store.add(Account.local("b1", "bo", Role.ADMIN, HASH, NOW).disabled(true));
    assertThatThrownBy(() -> store.change("a1", it -> it.as(Role.RESPONDER)))
        .isInstanceOf(AccountStore.Refused.class)
        .hasMessageContaining("make another admin first");
    assertThatThrownBy(() -> store.change("a1", it -> it.disabled(true)))
        .isInstanceOf(AccountStore.Refused.class);
    assertThat(store.find("a1").orElseThrow().administers()).isTrue();
  }
}
