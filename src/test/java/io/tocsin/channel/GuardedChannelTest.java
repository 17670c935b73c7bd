package io.tocsin.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alert.AlertExamples;
import io.tocsin.alert.Severity;
import io.tocsin.notify.Breaker;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import io.tocsin.notify.TestMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class GuardedChannelTest {
  private static final Message MESSAGE =
      TestMessage.of(new Destination("ops", "webhook", 0), Severity.HIGH, true, AlertExamples.T0);

  private Instant now = AlertExamples.T0;
  private boolean broken = true;
  private final GuardedChannel guarded = new GuardedChannel(new Breakable(), () -> now, List::of);

  private final class Breakable implements Channel {
    @Override
    public CompletionStage<SendResult> send(Message message) {
      if (broken) {
        throw new IllegalStateException("a bug");
      }
      return CompletableFuture.completedFuture(new SendResult.Delivered("200"));
    }
  }

  @Test
  void aChannelThatThrowsOpensTheBreakerAndATrialThatThrowsIsNotTheLast() {
    for (int i = 0; i < Breaker.FAILURES; i++) {
      throwsOut();
    }
    assertThat(guarded.breaker().state(now)).isEqualTo(Breaker.State.OPEN);
    now = now.plusSeconds(30);
    throwsOut();
    now = now.plusSeconds(60);
    broken = false;
    assertThat(guarded.send(MESSAGE).toCompletableFuture().join())
        .isEqualTo(new SendResult.Delivered("200"));
    assertThat(guarded.breaker().state(now)).isEqualTo(Breaker.State.CLOSED);
  }

  @Test
  void whileItIsDownNothingIsTriedAndTheLedgerSaysSo() {
    for (int i = 0; i < Breaker.FAILURES; i++) {
      throwsOut();
    }
    assertThat(guarded.send(MESSAGE).toCompletableFuture().join())
        .isEqualTo(
            new SendResult.Retry(
                Breaker.NOT_TRIED + "the receiver is down", Optional.of(Duration.ofSeconds(30))));
  }

  private void throwsOut() {
    assertThatThrownBy(() -> guarded.send(MESSAGE)).hasMessage("a bug");
  }
}
