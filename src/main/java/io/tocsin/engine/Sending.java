package io.tocsin.engine;

import io.tocsin.notify.Channel;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to tell a destination, whatever its channel does.
 *
 * @param channels the channel of a destination as configured now; none when it was removed
 * @param toldAlready how a message was delivered without the outbox, if it was
 */
record Sending(
    Function<Destination, Optional<Channel>> channels,
    Function<Message, Optional<SendResult.Delivered>> toldAlready) {
  private static final Logger log = LoggerFactory.getLogger(Sending.class);

  /** Longer than any channel's own timeout: a guard against one that never answers. */
  static final Duration WITHIN = Duration.ofSeconds(60);

  /** How a message was delivered without the outbox, if it was. */
  Optional<SendResult.Delivered> told(Message message) {
    return toldAlready.apply(message);
  }

  /** Sends it, unless it was told already; blocks, at most {@link #WITHIN}. */
  SendResult send(Message message) throws InterruptedException {
    Optional<SendResult.Delivered> told = told(message);
    if (told.isPresent()) {
      return told.get();
    }
    Optional<Channel> channel = channels.apply(message.destination());
    if (channel.isEmpty()) {
      return new SendResult.Refused("no such destination is configured any more");
    }
    try {
      return channel
          .get()
          .send(message)
          .toCompletableFuture()
          .get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return new SendResult.Retry(
          "no answer within " + WITHIN.toSeconds() + " s", Optional.empty());
    } catch (ExecutionException | RuntimeException broken) {
      log.error("channel of {} failed", message.destination(), broken);
      return new SendResult.Retry("the channel itself failed", Optional.empty());
    }
  }
}
