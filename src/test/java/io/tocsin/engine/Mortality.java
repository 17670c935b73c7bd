package io.tocsin.engine;

import io.tocsin.notify.Channel;
import io.tocsin.notify.Message;
import io.tocsin.notify.Outbox;
import io.tocsin.notify.SendResult;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Ends one life at a boundary: from then on it reaches neither the database nor a receiver, and
 * hears no answer. Whatever asks the outbox for a change is a boundary before and after, and so is
 * every sending.
 */
final class Mortality {

  /** For the threads of the dead, which can write it down nowhere. */
  private static final SendResult UNHEARD =
      new SendResult.Retry("dead", Optional.of(Duration.ofDays(1)));

  /** What only reads. */
  private static final Set<String> READS = Set.of("restore", "deliveries", "backlog");

  private final String killAt;
  private final int occurrence;
  private final Map<String, Integer> passed = new TreeMap<>();
  private volatile boolean away;
  private volatile boolean dead;

  /**
   * @param killAt the boundary; empty for none
   * @param occurrence the how-manieth time, from 1
   */
  Mortality(String killAt, int occurrence) {
    this.killAt = killAt;
    this.occurrence = occurrence;
  }

  /** Takes the database away, or gives it back. */
  void away(boolean now) {
    away = now;
  }

  boolean dead() {
    return dead;
  }

  /** It ends now, wherever it is. */
  void end() {
    dead = true;
  }

  /** The names of the boundaries that were reached. */
  synchronized Set<String> passed() {
    return new TreeSet<>(passed.keySet());
  }

  private synchronized void pass(String boundary) {
    if (dead) {
      throw new Outbox.Unavailable("dead", new IllegalStateException());
    }
    int times = passed.merge(boundary, 1, Integer::sum);
    if (boundary.equals(killAt) && times == occurrence) {
      dead = true;
      throw new Outbox.Unavailable("killed", new IllegalStateException());
    }
  }

  /** The outbox as this life sees it. */
  Outbox over(Outbox durable) {
    return (Outbox)
        Proxy.newProxyInstance(
            Outbox.class.getClassLoader(),
            new Class<?>[] {Outbox.class},
            (proxy, method, arguments) -> ask(durable, method, arguments));
  }

  private Object ask(Outbox durable, Method method, Object[] arguments) throws Throwable {
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

  /** A receiver that takes what this life sends. */
  Channel channel(String name, Consumer<Message> receiver) {
    return message -> {
      try {
        pass("before " + name);
        receiver.accept(message);
        pass("after " + name);
        return CompletableFuture.completedFuture(new SendResult.Delivered("200"));
      } catch (Outbox.Unavailable killed) {
        return CompletableFuture.completedFuture(UNHEARD);
      }
    };
  }
}
