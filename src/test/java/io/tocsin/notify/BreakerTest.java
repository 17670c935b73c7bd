package io.tocsin.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BreakerTest {

  private static final SendResult FAILED = new SendResult.Retry("500", Optional.empty());
  private static final SendResult FINE = new SendResult.Delivered("200");

  private final Breaker breaker = new Breaker();
  private Instant now = Samples.T0;

  private void fails(int times) {
    for (int i = 0; i < times; i++) {
      breaker.result(FAILED, now);
    }
  }

  @Test
  void threeFailuresInARowOpenIt() {
    fails(2);
    breaker.result(FINE, now);
    fails(2);
    assertThat(breaker.hold(now)).isEmpty();
    fails(1);
    assertThat(breaker.state(now)).isEqualTo(Breaker.State.OPEN);
    assertThat(breaker.hold(now)).contains(Duration.ofSeconds(30));
  }

  @Test
  void afterAWhileOneMessageIsTheTrialAndTheWaitDoubles() {
    fails(3);
    now = now.plusSeconds(30);
    assertThat(breaker.state(now)).isEqualTo(Breaker.State.HALF_OPEN);
    assertThat(breaker.hold(now)).as("the trial").isEmpty();
    assertThat(breaker.hold(now)).as("all others").isPresent();
    breaker.result(FAILED, now);
    assertThat(breaker.hold(now)).contains(Duration.ofSeconds(60));
    now = now.plusSeconds(60);
    assertThat(breaker.hold(now)).isEmpty();
    breaker.result(FINE, now);
    assertThat(breaker.state(now)).isEqualTo(Breaker.State.CLOSED);
  }

  @Test
  void aReceiverThatAsksForTimeGetsItAndIsNotDown() {
    breaker.result(new SendResult.Retry("429", Optional.of(Duration.ofSeconds(7))), now);
    assertThat(breaker.hold(now)).contains(Duration.ofSeconds(7));
    assertThat(breaker.state(now)).isEqualTo(Breaker.State.CLOSED);
    assertThat(breaker.hold(now.plusSeconds(7))).isEmpty();
  }

  @Test
  void whatWasUnderWayWhenItOpenedDoesNotLengthenTheWait() {
    fails(Breaker.FAILURES + 3);
    assertThat(breaker.hold(now)).contains(Duration.ofSeconds(30));
    now = now.plusSeconds(30);
    assertThat(breaker.hold(now)).as("the trial").isEmpty();
    breaker.result(FAILED, now);
    assertThat(breaker.hold(now)).contains(Duration.ofSeconds(60));
  }

  @Test
  void duringATrialTheOthersWaitShortlyAndATrialThatNeverEndsIsForgotten() {
    fails(3);
    now = now.plusSeconds(30);
    assertThat(breaker.hold(now)).as("the trial").isEmpty();
    assertThat(breaker.hold(now)).contains(Duration.ofSeconds(5));
    now = now.plus(Duration.ofMinutes(2));
    assertThat(breaker.hold(now)).as("another trial").isEmpty();
    assertThat(breaker.hold(now)).isPresent();
  }

  @Test
  void aRefusalIsAnAnswer() {
    fails(2);
    breaker.result(new SendResult.Refused("400"), now);
    fails(2);
    assertThat(breaker.state(now)).isEqualTo(Breaker.State.CLOSED);
  }
}
