package io.tocsin.channel;

import io.tocsin.notify.Breaker;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A channel behind its breaker. While the breaker is open each message also goes once to the
 * fallback receiver; it stays due at its own receiver, which so hears everything in order when it
 * is back.
 */
final class GuardedChannel implements Channel {

  private static final int REMEMBERED = 2000;
  private static final SendResult BROKEN =
      new SendResult.Retry("the channel itself failed", Optional.empty());

  private final Channel channel;
  private final Breaker breaker = new Breaker();
  private final InstantSource clock;
  private final Supplier<List<Channel>> fallback;
  private final Map<String, Boolean> told =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param fallback the channels of the fallback receiver; none without one
   */
  GuardedChannel(Channel channel, InstantSource clock, Supplier<List<Channel>> fallback) {
    this.channel = channel;
    this.clock = clock;
    this.fallback = fallback;
  }

  Channel channel() {
    return channel;
  }

  Breaker breaker() {
    return breaker;
  }

  @Override
  public String preview(Message message) {
    return channel.preview(message);
  }

  @Override
  public CompletionStage<SendResult> send(Message message) {
    Optional<Duration> hold = breaker.hold(clock.instant());
    if (hold.isPresent()) {
      return standIn(message, hold.get());
    }
    CompletionStage<SendResult> sent;
    try {
      sent = channel.send(message);
    } catch (RuntimeException broken) {
      // A trial that ends so is one too: else nothing would go to this receiver any more.
      breaker.result(BROKEN, clock.instant());
      throw broken;
    }
    return sent.handle(
        (result, failure) -> {
          SendResult made = failure == null ? result : BROKEN;
          breaker.result(made, clock.instant());
          return made;
        });
  }

  private CompletionStage<SendResult> standIn(Message message, Duration hold) {
    boolean open = breaker.state(clock.instant()) != Breaker.State.CLOSED;
    String why = Breaker.NOT_TRIED + (open ? "the receiver is down" : "it asked for time");
    List<Channel> others = open ? fallback.get() : List.of();
    if (others.isEmpty() || !first(message)) {
      return CompletableFuture.completedFuture(new SendResult.Retry(why, Optional.of(hold)));
    }
    var sent = others.stream().map(other -> other.send(message).toCompletableFuture()).toList();
    return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
        .handle((done, failure) -> sent.stream().anyMatch(GuardedChannel::arrived))
        .thenApply(
            arrived -> {
              if (!arrived) {
                forget(message);
              }
              return new SendResult.Retry(
                  why + (arrived ? "; the fallback has it" : "; the fallback failed too"),
                  Optional.of(hold));
            });
  }

  private static boolean arrived(CompletableFuture<SendResult> sent) {
    return !sent.isCompletedExceptionally() && sent.join() instanceof SendResult.Delivered;
  }

  private synchronized boolean first(Message message) {
    return told.put(message.idempotencyKey(), true) == null;
  }

  private synchronized void forget(Message message) {
    told.remove(message.idempotencyKey());
  }
}
