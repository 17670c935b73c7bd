package io.tocsin.engine;

import io.tocsin.engine.AttemptListener.Fate;
import io.tocsin.notify.Bundle;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Commit;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.Outbox;
import io.tocsin.notify.SendResult;
import io.tocsin.notify.Throttle;
import io.tocsin.notify.ThrottleGauge;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the outbox holds. The engine commits through it, so that what a commit plans is sent
 * with no look for it; once a second it looks for what is due again. Each leased message has its
 * own virtual thread, and waits there for a place at its destination, so a slow destination holds
 * up only itself.
 */
public final class OutboxRelay implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
  private static final int LEASED_AT_ONCE = 200;

  /** The most messages in hand; beyond it nothing more is leased until some are done. */
  static final int IN_HAND = 5_000;

  /** The longest pause between two looks for due messages while it is woken, in nanoseconds. */
  private static final long LONGEST_BREATH = Duration.ofMillis(20).toNanos();

  private static final Duration TICK = Duration.ofSeconds(1);

  private final Outbox outbox;
  private final Sending sending;
  private final RelaySettings settings;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final AttemptListener listener;
  private final Function<Destination, Optional<ThrottleGauge>> throttles;
  private final Map<Destination, Semaphore> places = new ConcurrentHashMap<>();
  private final Comebacks comebacks = new Comebacks();
  private final InHand inHand = new InHand();
  private final Semaphore due = new Semaphore(0);
  private final Thread thread;
  private volatile boolean running = true;
  private volatile boolean started;
  private volatile long stalledSince = RUNNING;

  /** In the place of the time since when nothing could be leased: all is well. */
  private static final long RUNNING = Long.MIN_VALUE;

  /**
   * @param channels the channel of a destination as configured now; none when it was removed
   * @param toldAlready how a message was delivered without the outbox, if it was
   */
  public OutboxRelay(
      Outbox outbox,
      Function<Destination, Optional<Channel>> channels,
      RelaySettings settings,
      InstantSource clock,
      RandomGenerator random,
      Function<Message, Optional<SendResult.Delivered>> toldAlready,
      AttemptListener listener) {
    this(
        outbox,
        channels,
        settings,
        clock,
        random,
        toldAlready,
        listener,
        destination -> Optional.empty());
  }

  /**
   * @param throttles how much a destination gets at most, if there is a bound
   */
  public OutboxRelay(
      Outbox outbox,
      Function<Destination, Optional<Channel>> channels,
      RelaySettings settings,
      InstantSource clock,
      RandomGenerator random,
      Function<Message, Optional<SendResult.Delivered>> toldAlready,
      AttemptListener listener,
      Function<Destination, Optional<ThrottleGauge>> throttles) {
    this.outbox = outbox;
    this.sending = new Sending(channels, toldAlready);
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.listener = listener;
    this.throttles = throttles;
    this.thread = Thread.ofVirtual().name("relay").unstarted(this::run);
  }

  public void start() {
    started = true;
    thread.start();
  }

  /**
   * Makes a commit durable and sends at once what it plans, without looking for it. Blocks and
   * fails as the outbox does; nothing is sent then.
   */
  void commit(Commit commit) {
    if (commit.messages().isEmpty()) {
      outbox.commit(commit);
      return;
    }
    if (!started || !running || inHand.size() >= IN_HAND) {
      outbox.commit(commit);
      wake();
      return;
    }
    Instant now = clock.instant();
    List<Delivery> leased = outbox.commit(commit, now, settings.lease());
    handOut(leased, now);
    if (leased.size() < commit.messages().size()) {
      wake();
    }
  }

  /** Looks for due messages now. Never blocks. */
  public void wake() {
    due.release();
  }

  /** Whether nothing could be leased for so long, as the database is away. */
  boolean stalled(Duration time) {
    long since = stalledSince;
    return since != RUNNING && System.nanoTime() - since > time.toNanos();
  }

  /** How many messages are leased and not yet recorded. */
  public int inHand() {
    return inHand.size();
  }

  private void run() {
    try {
      while (running) {
        due.drainPermits();
        long began = System.nanoTime();
        boolean more = leaseSome();
        if (!more) {
          // A storm wakes it at every commit: it looks for at most half of its time.
          Thread.sleep(Duration.ofNanos(Math.min(System.nanoTime() - began, LONGEST_BREATH)));
          due.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException stopped) {
      log.debug("relay interrupted");
    }
  }

  /** Leases and hands out; true when there may be more at once. */
  private boolean leaseSome() {
    int room = Math.min(LEASED_AT_ONCE, IN_HAND - inHand.size());
    if (room <= 0) {
      return false;
    }
    Instant now = clock.instant();
    List<Delivery> leased;
    try {
      comebacks.each(destination -> outbox.hasten(destination, now));
      leased = outbox.lease(now, settings.lease(), room);
      stalledSince = RUNNING;
    } catch (RuntimeException away) {
      stalledSince = stalledSince == RUNNING ? System.nanoTime() : stalledSince;
      log.debug("nothing can be leased: {}", away.getMessage());
      return false;
    }
    handOut(leased, now);
    return leased.size() == room;
  }

  private void handOut(List<Delivery> leased, Instant now) {
    var byDestination = new LinkedHashMap<Destination, List<Delivery>>();
    for (Delivery delivery : leased) {
      if (inHand.take(delivery)) {
        byDestination
            .computeIfAbsent(delivery.message().destination(), d -> new ArrayList<>())
            .add(delivery);
      }
    }
    Instant leaseEnds = now.plus(settings.lease());
    byDestination.forEach(
        (destination, due) ->
            throttles
                .apply(destination)
                .ifPresentOrElse(
                    gauge -> throttled(gauge, due, leaseEnds),
                    () -> due.forEach(one -> start(List.of(one), Optional.empty(), leaseEnds))));
  }

  /** What is urgent, or was told already, goes by itself; the rest as its throttle has it. */
  private void throttled(ThrottleGauge gauge, List<Delivery> due, Instant leaseEnds) {
    Instant now = clock.instant();
    var patient = new ArrayList<Delivery>();
    for (Delivery delivery : due) {
      boolean told = sending.told(delivery.message()).isPresent();
      if (told || Throttle.urgent(delivery.message())) {
        start(List.of(delivery), Optional.empty(), leaseEnds);
        if (!told) {
          gauge.went(now);
        }
      } else {
        patient.add(delivery);
      }
    }
    if (patient.isEmpty()) {
      return;
    }
    switch (gauge.plan(patient.size(), now)) {
      case ThrottleGauge.Plan.Hold hold -> hold(patient, gauge.throttle(), now, hold.until());
      case ThrottleGauge.Plan.Go go -> {
        patient
            .subList(0, go.alone())
            .forEach(one -> start(List.of(one), Optional.empty(), leaseEnds));
        List<Delivery> rest = List.copyOf(patient.subList(go.alone(), patient.size()));
        if (!rest.isEmpty()) {
          start(rest, Optional.of(gauge.throttle()), leaseEnds);
        }
      }
    }
  }

  /** Puts deliveries back until there is room; the ledger says why. */
  private void hold(List<Delivery> deliveries, Throttle throttle, Instant now, Instant until) {
    String why =
        Delivery.Attempt.HELD_BACK
            + ": more than "
            + throttle.messages()
            + " in "
            + throttle.within().toSeconds()
            + " s";
    var attempt = new Delivery.Attempt(now, Duration.ZERO, false, why);
    var result = new SendResult.Retry(why, Optional.empty());
    Thread.ofVirtual()
        .name("hold-" + deliveries.getFirst().id())
        .start(
            () -> {
              try {
                for (Delivery delivery : deliveries) {
                  record(delivery.id(), attempt, result, Optional.of(until));
                }
              } catch (InterruptedException stopped) {
                log.debug("holding back interrupted");
              } finally {
                finish(deliveries);
              }
            });
  }

  private void start(List<Delivery> deliveries, Optional<Throttle> bundled, Instant leaseEnds) {
    Thread.ofVirtual()
        .name("deliver-" + deliveries.getFirst().id())
        .start(() -> deliver(deliveries, bundled, leaseEnds));
  }

  private void deliver(List<Delivery> deliveries, Optional<Throttle> bundled, Instant leaseEnds) {
    try {
      Semaphore place =
          places.computeIfAbsent(
              deliveries.getFirst().message().destination(),
              d -> new Semaphore(settings.perDestination()));
      place.acquire();
      try {
        // One that waited so long for its place that the lease may run out while sending is let go.
        if (running && clock.instant().plus(Sending.WITHIN).isBefore(leaseEnds)) {
          attempt(deliveries, bundled);
        }
      } finally {
        place.release();
      }
    } catch (InterruptedException stopped) {
      log.debug("delivery {} interrupted", deliveries.getFirst().id());
    } finally {
      finish(deliveries);
      wake();
    }
  }

  private void finish(List<Delivery> deliveries) {
    List<Delivery> again =
        deliveries.stream().flatMap(one -> inHand.finish(one.id()).stream()).toList();
    if (!again.isEmpty()) {
      handOut(again, clock.instant());
    }
  }

  private void attempt(List<Delivery> deliveries, Optional<Throttle> bundled)
      throws InterruptedException {
    List<Message> messages = deliveries.stream().map(Delivery::message).toList();
    boolean one = messages.size() == 1;
    Message message = one ? messages.getFirst() : Bundle.of(messages, bundled.orElseThrow());
    Instant began = clock.instant();
    long from = System.nanoTime();
    SendResult result = sending.send(message);
    Duration took = Duration.ofNanos(System.nanoTime() - from);
    String detail = result.words() + (one ? "" : "; one message for " + messages.size());

    for (Delivery delivery : deliveries) {
      Optional<Instant> next = next(delivery.message(), result, tries(delivery) + 1, began);
      var attempt =
          new Delivery.Attempt(began, took, result instanceof SendResult.Delivered, detail);
      listener.tried(delivery.message(), attempt, fate(result, next));
      record(delivery.id(), attempt, result, next);
    }
    comebacks.saw(message.destination(), result);
  }

  /** How often it was really tried: no pause grows by what was not. */
  private static int tries(Delivery delivery) {
    return (int) delivery.attempts().stream().filter(Delivery.Attempt::tried).count();
  }

  /** When to try again: never after it was delivered or refused, or when it has become too old. */
  private Optional<Instant> next(Message message, SendResult result, int attempts, Instant at) {
    return switch (result) {
      case SendResult.Delivered delivered -> Optional.empty();
      case SendResult.Refused refused -> Optional.empty();
      case SendResult.Retry retry -> {
        if (Duration.between(message.at(), at).compareTo(settings.giveUpAfter()) >= 0) {
          yield Optional.empty();
        }
        long full = settings.pause(attempts).toMillis();
        Duration pause = Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
        Duration asked = retry.after().orElse(Duration.ZERO);
        yield Optional.of(at.plus(pause.compareTo(asked) > 0 ? pause : asked));
      }
    };
  }

  private static Fate fate(SendResult result, Optional<Instant> next) {
    if (result instanceof SendResult.Delivered) {
      return Fate.DELIVERED;
    }
    return next.isPresent() ? Fate.RETRY : Fate.DEAD;
  }

  /** Records what happened, again until the database takes it: else it would be sent again. */
  private void record(long id, Delivery.Attempt attempt, SendResult result, Optional<Instant> next)
      throws InterruptedException {
    if (next.isPresent()) {
      inHand.dueAgain(id);
    }
    while (true) {
      try {
        outbox.record(id, attempt, result, next);
        return;
      } catch (Outbox.Unavailable away) {
        if (!running) {
          log.warn("delivery {} could not be recorded and may be sent again", id);
          return;
        }
        Thread.sleep(TICK);
      } catch (Outbox.Deposed deposed) {
        log.warn("delivery {} is another node's now: {}", id, deposed.getMessage());
        return;
      }
    }
  }

  /** Leases nothing more and waits for what is being sent, at most eight seconds. */
  @Override
  public void close() throws InterruptedException {
    running = false;
    wake();
    if (thread.isAlive()) {
      thread.join(Duration.ofSeconds(1));
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
    while (inHand.size() > 0 && System.nanoTime() < end) {
      Thread.sleep(5);
    }
  }
}
