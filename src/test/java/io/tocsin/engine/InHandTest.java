package io.tocsin.engine;

import static io.tocsin.alert.AlertExamples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Severity;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Destination;
import io.tocsin.notify.TestMessage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InHandTest {
  private final InHand inHand = new InHand();

  private static Delivery delivery(long id, int seconds) {
    return new Delivery(
        id,
        TestMessage.of(new Destination("ops", "webhook", 0), Severity.HIGH, true, T0),
        Delivery.State.PENDING,
        T0.plusSeconds(seconds),
        Optional.empty(),
        List.of());
  }

  @Test
  void whatIsLeasedAgainWhileItIsSentIsLeftToItsSender() {
    assertThat(inHand.take(delivery(1, 0))).isTrue();
    assertThat(inHand.take(delivery(1, 120))).isFalse();
    inHand.dueAgain(1);
    assertThat(inHand.finish(1)).isEmpty();
    assertThat(inHand.size()).isZero();
  }

  @Test
  void whatIsLeasedAgainBetweenItsRecordAndItsThreadsEndIsTheNext() {
    assertThat(inHand.take(delivery(1, 0))).isTrue();
    inHand.dueAgain(1);
    assertThat(inHand.take(delivery(1, 5))).isFalse();
    assertThat(inHand.size()).isEqualTo(1);
    assertThat(inHand.finish(1)).contains(delivery(1, 5));
    assertThat(inHand.take(delivery(1, 5))).isTrue();
    assertThat(inHand.finish(1)).isEmpty();
  }
}
