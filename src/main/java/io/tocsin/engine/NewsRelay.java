package io.tocsin.engine;

import io.tocsin.notify.SendResult;
import io.tocsin.statuspage.News;
import io.tocsin.statuspage.Subscriber;
import io.tocsin.statuspage.SubscriberStore;
import io.tocsin.statuspage.SubscriberStore.Pending;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits for subscribers, beside and never before the pages: its own outbox, few at a
 * time, mails and posts counted apart so that slow webhooks do not hold up mails.
 */
public final class NewsRelay implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(NewsRelay.class);

  /** How many of each way are sent at a time. */
  static final int AT_ONCE = 8;

  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration SEND_WITHIN = Duration.ofSeconds(45);
  private static final DoublingPause PAUSE =
      new DoublingPause(Duration.ofSeconds(30), Duration.ofHours(1));
  private static final Duration GIVE_UP = Duration.ofHours(24);

  /** A subscriber to whom nothing arrived for so long is given up. */
  static final Duration DISABLE_AFTER = Duration.ofHours(24);

  private final SubscriberStore store;
  private final BiFunction<Subscriber, News, CompletionStage<SendResult>> send;
  private final InstantSource clock;
  private final Semaphore mails = new Semaphore(AT_ONCE);
  private final Semaphore posts = new Semaphore(AT_ONCE);

  public NewsRelay(
      SubscriberStore store,
      BiFunction<Subscriber, News, CompletionStage<SendResult>> send,
      InstantSource clock) {
    this.store = store;
    this.send = send;
    this.clock = clock;
  }

  /**
   * Begins to send what is due, as far as there are places; does not wait for it. Blocks briefly.
   */
  public void round() {
    begin(true, mails);
    begin(false, posts);
  }

  private void begin(boolean byMail, Semaphore places) {
    int room = places.drainPermits();
    int used = 0;
    try {
      if (room > 0) {
        for (Pending pending : store.lease(byMail, clock.instant(), LEASE, room)) {
          used++;
          Thread.ofVirtual().name("news-" + pending.id()).start(() -> deliver(pending, places));
        }
      }
    } finally {
      places.release(room - used);
    }
  }

  private void deliver(Pending pending, Semaphore places) {
    try {
      record(pending, attempt(pending));
    } catch (InterruptedException stopped) {
      log.debug("delivery {} interrupted", pending.id());
    } catch (RuntimeException away) {
      // Its lease runs out, and it is sent again.
      log.warn("delivery {} to a subscriber is not recorded: {}", pending.id(), away.toString());
    } finally {
      places.release();
    }
  }

  private SendResult attempt(Pending pending) throws InterruptedException {
    try {
      return send.apply(pending.subscriber(), pending.news())
          .toCompletableFuture()
          .get(SEND_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return new SendResult.Retry("no answer in time", Optional.empty());
    } catch (ExecutionException | RuntimeException broken) {
      log.error("news to a subscriber failed", broken);
      return new SendResult.Retry("sending itself failed", Optional.empty());
    }
  }

  private void record(Pending pending, SendResult result) {
    Instant now = clock.instant();
    if (result instanceof SendResult.Delivered) {
      store.delivered(pending.id(), now);
      return;
    }
    boolean again =
        result instanceof SendResult.Retry
            && Duration.between(pending.plannedAt(), now).compareTo(GIVE_UP) < 0;
    Optional<Instant> next =
        again ? Optional.of(now.plus(PAUSE.after(pending.attempts()))) : Optional.empty();
    store.failed(pending.id(), result.words(), next, now);
    boolean forLong =
        pending
            .subscriber()
            .failingSince()
            .filter(since -> Duration.between(since, now).compareTo(DISABLE_AFTER) >= 0)
            .isPresent();
    if (forLong && !pending.news().kind().personal()) {
      store.disable(pending.subscriber().id(), now);
    }
  }

  /** Waits until nothing is being sent; false when that takes longer. */
  public boolean idle(Duration atMost) throws InterruptedException {
    for (Semaphore places : new Semaphore[] {mails, posts}) {
      if (!places.tryAcquire(AT_ONCE, atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
      places.release(AT_ONCE);
    }
    return true;
  }

  @Override
  public void close() throws InterruptedException {
    idle(Duration.ofSeconds(8));
  }
}
