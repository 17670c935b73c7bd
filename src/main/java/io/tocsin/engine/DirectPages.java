package io.tocsin.engine;

import io.tocsin.alert.Severity;
import io.tocsin.engine.AttemptListener.Fate;
import io.tocsin.incident.InMemoryIncidentStore;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Commit;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Destination;
import io.tocsin.notify.InMemoryOutbox;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The way out while the database is away: messages of CRITICAL and HIGH incidents go through an
 * outbox in memory with the same lanes, retries and keys. Their rows are written when the database
 * is back; {@link #told} then says that they need not be sent again.
 */
public final class DirectPages implements AutoCloseable {

  /** How many messages are remembered as planned or told; the oldest are forgotten. */
  private static final int REMEMBERED = 5_000;

  private final InMemoryOutbox outbox = new InMemoryOutbox(new InMemoryIncidentStore());
  private final OutboxRelay relay;
  private final Map<String, Message> undelivered = bounded();
  private final Map<String, Boolean> told = bounded();
  private boolean active;

  public DirectPages(
      Function<Destination, Optional<Channel>> channels,
      RelaySettings settings,
      InstantSource clock,
      RandomGenerator random) {
    this.relay =
        new OutboxRelay(
            outbox, channels, settings, clock, random, message -> Optional.empty(), this::sent);
  }

  public void start() {
    relay.start();
  }

  /** Remembers urgent messages until they are delivered, by whichever way. */
  synchronized void planned(List<Message> messages) {
    for (Message message : messages) {
      if (!Severity.HIGH.worseThan(message.incident().severity())) {
        undelivered.put(message.idempotencyKey(), message);
      }
    }
  }

  /** To be told of the attempts of the relay behind the database. */
  public synchronized void tried(Message message, Delivery.Attempt attempt, Fate fate) {
    if (fate != Fate.RETRY) {
      undelivered.remove(message.idempotencyKey());
    }
  }

  /** Sends every urgent message that is not delivered yet, in order. */
  void send() {
    List<Message> messages;
    synchronized (this) {
      active = true;
      messages = new ArrayList<>(undelivered.values());
    }
    outbox.commit(new Commit(List.of(), List.of(), List.of(), List.of(), messages));
    relay.wake();
  }

  private synchronized void sent(Message message, Delivery.Attempt attempt, Fate fate) {
    if (fate == Fate.DELIVERED) {
      told.put(message.idempotencyKey(), true);
      undelivered.remove(message.idempotencyKey());
    }
  }

  /** The database is back: what is still undelivered is its relay's again. */
  synchronized void end() {
    if (active) {
      active = false;
      outbox.clear();
    }
  }

  /** How a message was delivered while the database was away, if it was. */
  public synchronized Optional<SendResult.Delivered> told(Message message) {
    return told.containsKey(message.idempotencyKey())
        ? Optional.of(new SendResult.Delivered("sent directly while the database was away"))
        : Optional.empty();
  }

  private static <V> Map<String, V> bounded() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > REMEMBERED;
      }
    };
  }

  @Override
  public void close() throws InterruptedException {
    relay.close();
  }
}
