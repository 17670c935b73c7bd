package io.tocsin.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.check.Cause;
import io.tocsin.check.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeartbeatProbeTest {

  private static final String TOKEN = "backup-0123456789abcdef";
  private static final String YAML =
      "heartbeat: {token: %s, every: 10m, grace: 1m}".formatted(TOKEN);
  private static final TestClock CLOCK = new TestClock(ProbeHarness.START);
  private static ProbeHarness harness;

  @BeforeAll
  static void open() {
    harness = new ProbeHarness(CLOCK);
  }

  @AfterAll
  static void close() throws Exception {
    harness.close();
  }

  @BeforeEach
  void forget() {
    harness.heartbeats.expect(List.of());
    harness.heartbeats.expect(List.of(TOKEN));
    CLOCK.set(ProbeHarness.START);
  }

  @Test
  void theFirstDeadlineRunsFromOurOwnStart() throws Exception {
    CLOCK.advance(Duration.ofMinutes(11));
    assertThat(harness.ask(YAML).cause())
        .contains(Cause.ourselves("no heartbeat yet since we started"));

    CLOCK.advance(Duration.ofSeconds(1));
    Finding late = harness.ask(YAML);
    assertThat(late.outcome()).isEqualTo(Outcome.FAILURE);
    assertThat(late.detail())
        .isEqualTo("no heartbeat for 661s, expected every 600s with 60s grace");
  }

  @Test
  void aPingIsGoodUntilTheNextIsDue() throws Exception {
    assertThat(harness.heartbeats.ping(TOKEN, CLOCK.instant())).isTrue();
    CLOCK.advance(Duration.ofMinutes(11));
    Finding due = harness.ask(YAML);
    CLOCK.advance(Duration.ofSeconds(1));

    assertThat(due.outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(due.readings()).containsExactly(Reading.of("heartbeat_age_seconds", 660));
    assertThat(harness.ask(YAML).outcome()).isEqualTo(Outcome.FAILURE);
  }

  @Test
  void unknownTokensAreNotPings() {
    assertThat(harness.heartbeats.ping("backup-0123456789abcdeX", CLOCK.instant())).isFalse();
    assertThat(harness.heartbeats.ping("", CLOCK.instant())).isFalse();
    assertThat(harness.heartbeats.last(TOKEN)).isEmpty();
  }

  @Test
  void anEarlierPingDoesNotTakeTheLatestOnesPlace() {
    harness.heartbeats.ping(TOKEN, CLOCK.instant());
    harness.heartbeats.ping(TOKEN, CLOCK.instant().minusSeconds(5));

    assertThat(harness.heartbeats.last(TOKEN)).contains(CLOCK.instant());
  }

  @Test
  void theTokenIsNeverPrinted() {
    assertThat(ProbeHarness.check(YAML)).asString().doesNotContain(TOKEN);
  }
}
