package io.tocsin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

  private static final Argon2id CHEAP = new Argon2id(64, 1, 1);

  @Test
  void aPasswordIsKnownAgainFromWhatWasStored() {
    PasswordHash stored = CHEAP.hash("vier laute Uhus am Teich", new SecureRandom());
    PasswordHash read = PasswordHash.parse(stored.phc());
    assertThat(read).isEqualTo(stored);
    assertThat(read.cost()).isEqualTo(CHEAP);
    assertThat(Argon2id.matches("vier laute Uhus am Teich", read)).isTrue();
    assertThat(Argon2id.matches("vier laute Uhus am teich", read)).isFalse();
    assertThat(stored.toString()).isEqualTo("***");
  }

  /** From the reference implementation's own tests (phc-winner-argon2, test.c, version 19). */
  @Test
  void itAgreesWithTheReferenceImplementation() {
    PasswordHash reference =
        PasswordHash.parse(
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
    assertThat(Argon2id.matches("password", reference)).isTrue();
    assertThat(Argon2id.matches("Password", reference)).isFalse();
  }

  @Test
  void equalPasswordsAreStoredDifferently() {
    var random = new SecureRandom();
    assertThat(CHEAP.hash("same", random)).isNotEqualTo(CHEAP.hash("same", random));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21l$AAAAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=9999999,t=1,p=1$c29tZXNhbHRzb21l$AAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void otherFormsAreNotRead(String text) {
    assertThatThrownBy(() -> PasswordHash.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "short",
        "password12345",
        "P@ssw0rd!2026",
        "Summer2026!!!",
        "qwertyuiopas",
        "123456789012",
        "aaaaaaaaaaaab",
        "abcabcabcabcabc",
        "hunter2hunter2",
        "xx-mallory-xx-1"
      })
  void whatIsTriedFirstIsRefused(String password) {
    assertThat(PasswordRules.refusal(password, "mallory")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vier laute Uhus am Teich",
        "correct horse battery staple",
        "k7#pQ9!zXw2m",
        "пароль-с-горы-42"
      })
  void othersAreFine(String password) {
    assertThat(PasswordRules.refusal(password, "mallory")).isEmpty();
  }

  @Test
  void aPasswordMayNotBeWithoutBound() {
    assertThat(PasswordRules.refusal("x1".repeat(100), "ada")).isPresent();
  }
}
