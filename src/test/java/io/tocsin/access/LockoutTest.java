package io.tocsin.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LockoutTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final Lockout lockout = new Lockout(3, 100);

  @Test
  void aFewFailuresCostNothingThenEachDoublesTheWait() {
    fail(2);
    assertThat(lockout.wait("ada", NOW)).isEmpty();
    fail(1);
    assertThat(lockout.wait("ada", NOW)).contains(Duration.ofSeconds(2));
    fail(1);
    assertThat(lockout.wait("ada", NOW)).contains(Duration.ofSeconds(4));
    assertThat(lockout.wait("ada", NOW.plusSeconds(4))).isEmpty();
    assertThat(lockout.wait("bo", NOW)).isEmpty();
  }

  @Test
  void theWaitIsBounded() {
    fail(500);
    assertThat(lockout.wait("ada", NOW)).contains(Duration.ofMinutes(15));
  }

  @Test
  void successAndQuietForget() {
    fail(5);
    lockout.succeeded("ada");
    assertThat(lockout.wait("ada", NOW)).isEmpty();
    fail(5);
    assertThat(lockout.failed("ada", NOW.plus(Duration.ofHours(2)))).isEqualTo(1);
  }

  @Test
  void aFloodOfNamesIsForgottenButNotTheOneThatFailedLast() {
    fail(5);
    for (int i = 0; i < 99; i++) {
      lockout.failed("name" + i, NOW);
    }
    assertThat(lockout.wait("ada", NOW)).isPresent();
    lockout.failed("more", NOW);
    lockout.failed("evenmore", NOW);
    assertThat(lockout.wait("name0", NOW)).isEmpty();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      lockout.failed("ada", NOW);
    }
  }
}
