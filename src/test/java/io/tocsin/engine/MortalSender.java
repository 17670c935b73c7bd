package io.tocsin.engine;

import io.tocsin.alert.Evaluation;
import io.tocsin.incident.IncidentStore;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Message;
import io.tocsin.notify.Outbox;
import io.tocsin.notify.SendResult;
import io.tocsin.silence.Silences;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * One life of the engine with its relay and its direct way out. It ends at a boundary: from then on
 * it reaches neither the database nor a receiver, and hears no answer.
 */
final class MortalSender implements AutoCloseable {

  /** For the threads of the dead, which can write it down nowhere. */
  private static final SendResult UNHEARD =
      new SendResult.Retry("dead", Optional.of(Duration.ofDays(1)));

  /** What only reads. */
  private static final Set<String> READS = Set.of("restore", "deliveries", "backlog");

  private final Outbox durable;
  private final Consumer<Message> receiver;
  private final String killAt;
  private final Set<String> passed = new ConcurrentSkipListSet<>();
  private final List<Message> sentDirectly = new CopyOnWriteArrayList<>();
  private final DirectPages direct;
  private final OutboxRelay relay;
  private final Engine engine;
  private volatile boolean away;
  private volatile boolean dead;

  MortalSender(
      Outbox durable,
      IncidentStore incidents,
      InstantSource clock,
      Consumer<Message> receiver,
      String killAt) {
    this.durable = durable;
    this.receiver = receiver;
    this.killAt = killAt;
    var outbox =
        (Outbox)
            Proxy.newProxyInstance(
                Outbox.class.getClassLoader(),
                new Class<?>[] {Outbox.class},
                (proxy, method, arguments) -> ask(method, arguments));
    this.direct =
        new DirectPages(
            destination -> Optional.of(channel("direct send", sentDirectly::add)),
            RelaySettings.DEFAULT,
            clock,
            new Random(1));
    this.relay =
        new OutboxRelay(
            outbox,
            destination -> Optional.of(channel("send", message -> {})),
            RelaySettings.DEFAULT,
            clock,
            new Random(1),
            direct::told,
            direct::tried);
    this.engine =
        new Engine(
            Road.POLICIES,
            new Engine.Ports(
                outbox,
                incidents,
                clock,
                () -> Silences.NONE,
                relay,
                direct,
                (event, after) -> {},
                CycleListener.NONE,
                () -> {}),
            Duration.ofMillis(200),
            Duration.ofMillis(400));
  }

  void start() {
    direct.start();
    relay.start();
    engine.start();
  }

  void submit(Evaluation evaluation) {
    engine.submit(evaluation);
  }

  int open() {
    return engine.openIncidents().size();
  }

  /** Takes the database away, or gives it back. */
  void away(boolean now) {
    away = now;
  }

  /** Whether so many messages went directly and it knows that they arrived. */
  boolean toldDirectly(int messages) {
    return sentDirectly.size() == messages
        && sentDirectly.stream().allMatch(message -> direct.told(message).isPresent());
  }

  boolean dead() {
    return dead;
  }

  /** The names of the boundaries that it reached. */
  Set<String> passed() {
    return new TreeSet<>(passed);
  }

  private synchronized void pass(String boundary) {
    if (dead) {
      throw new Outbox.Unavailable("dead", new IllegalStateException());
    }
    passed.add(boundary);
    if (boundary.equals(killAt)) {
      dead = true;
      throw new Outbox.Unavailable("killed", new IllegalStateException());
    }
  }

  private Object ask(Method method, Object[] arguments) throws Throwable {
    boolean read = READS.contains(method.getName());
    if (away) {
      throw new Outbox.Unavailable("away", new IllegalStateException());
    }
    if (!read) {
      pass("before " + method.getName());
    }
    Object answer;
    try {
      answer = method.invoke(durable, arguments);
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    }
    if (!read) {
      pass("after " + method.getName());
    }
    return answer;
  }

  private Channel channel(String name, Consumer<Message> note) {
    return message -> {
      try {
        pass("before " + name);
        receiver.accept(message);
        note.accept(message);
        pass("after " + name);
        return CompletableFuture.completedFuture(new SendResult.Delivered("200"));
      } catch (Outbox.Unavailable killed) {
        return CompletableFuture.completedFuture(UNHEARD);
      }
    };
  }

  @Override
  public void close() {
    dead = true;
    try {
      engine.close();
      relay.close();
      direct.close();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
