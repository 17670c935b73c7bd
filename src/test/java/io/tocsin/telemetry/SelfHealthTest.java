package io.tocsin.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SelfHealthTest {

  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private final Telemetry telemetry = new Telemetry();
  private final SelfHealth health = new SelfHealth(telemetry, () -> now);

  @AfterEach
  void close() {
    health.close();
    telemetry.close();
  }

  @Test
  void nothingIsReadyBeforeTheFirstCheck() {
    health.register("database", Optional::empty);
    assertThat(health.ready().fine()).isFalse();
    assertThat(health.alive().fine()).isTrue();
  }

  @Test
  void allChecksFineIsReady() {
    health.register("database", Optional::empty);
    health.register("journal", Optional::empty);
    health.refresh();
    assertThat(health.ready().fine()).isTrue();
    assertThat(health.ready().checks()).containsOnlyKeys("database", "journal");
    assertThat(telemetry.scrape()).contains("tocsin_health{check=\"database\"} 1.0\n");
  }

  @Test
  void oneCheckInTroubleIsNotReadyAndIsNamed() {
    health.register("database", () -> Optional.of("no connection for 4 s"));
    health.register("journal", Optional::empty);
    health.refresh();
    assertThat(health.ready().status()).isEqualTo("failing");
    assertThat(health.ready().checks()).containsEntry("database", "no connection for 4 s");
    assertThat(health.ready().brief().checks()).containsEntry("database", "failing");
    assertThat(telemetry.scrape()).contains("tocsin_health{check=\"database\"} 0.0\n");
  }

  @Test
  void aCheckThatThrowsIsInTrouble() {
    health.register(
        "outbox",
        () -> {
          throw new IllegalStateException("lost");
        });
    health.refresh();
    assertThat(health.ready().checks()).containsEntry("outbox", "lost");
  }

  @Test
  void aHangingCheckMakesTheOldResultWorthless() {
    health.register("database", Optional::empty);
    health.refresh();
    now = now.plus(Duration.ofSeconds(11));
    assertThat(health.ready().fine()).isFalse();
    assertThat(health.ready().checks()).containsKey("self-health");
  }

  @Test
  void checksRunByThemselvesOnceStarted() throws Exception {
    var ran = new CompletableFuture<String>();
    health.register(
        "database",
        () -> {
          ran.complete(Thread.currentThread().getName());
          return Optional.empty();
        });
    health.start();
    assertThat(ran.get(5, TimeUnit.SECONDS)).isEqualTo("self-health");
  }
}
