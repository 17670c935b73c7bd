package io.tocsin.http;

import io.tocsin.access.AuditEntry;
import io.tocsin.access.AuditEntry.Outcome;
import io.tocsin.access.AuditLog;
import io.tocsin.access.Principal;
import io.tocsin.access.Scope;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down every change that somebody known asked for, once it was answered: mount it before all
 * resources. What {@code access} writes itself is left out here, and so are reads and the intake of
 * data. Entries wait in a bounded queue; while the database is away they wait there, and beyond it
 * they go to the log of the process.
 */
public final class AuditTrail implements Routes, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
  private static final String TOLD = "tocsin.audited";
  private static final String DEEDS = "tocsin.deeds";

  /** How many entries may wait to be written. */
  public static final int WAITING = 10_000;

  private static final int AGAIN_SECONDS = 1;
  private static final Set<Scope> CHANGING =
      EnumSet.of(Scope.COMMUNICATE, Scope.RESPOND, Scope.ADMIN);
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final AuditLog log;
  private final ClientAddress addresses;
  private final InstantSource clock;
  private final BlockingQueue<AuditEntry> waiting = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong unwritten = new AtomicLong();
  private final Thread writer;

  public AuditTrail(AuditLog log, ClientAddress addresses, InstantSource clock) {
    this.log = log;
    this.addresses = addresses;
    this.clock = clock;
    this.writer = Thread.ofVirtual().name("audit").start(this::write);
  }

  @Override
  public void mount(Router router) {
    router
        .route()
        .handler(
            context -> {
              if (!SAFE.contains(context.request().method())) {
                context.addEndHandler(done -> answered(context));
              }
              context.next();
            });
  }

  /** This request's deed is in the log already. */
  public static void told(RoutingContext context) {
    context.put(TOLD, true);
  }

  /**
   * One of several things that a request did.
   *
   * @param subject to what
   * @param done whether it was done
   * @param asked what was asked for, without secrets
   */
  public record Deed(String subject, boolean done, Map<String, String> asked) {
    public Deed {
      asked = Map.copyOf(asked);
    }
  }

  /** This request did several things: each gets an entry of its own. */
  public static void each(RoutingContext context, List<Deed> deeds) {
    context.put(DEEDS, List.copyOf(deeds));
  }

  /** How many entries wait to be written. */
  public int waiting() {
    return waiting.size();
  }

  /** How many entries found no room and stand in the log of the process only. */
  public long unwritten() {
    return unwritten.get();
  }

  private void answered(RoutingContext context) {
    Scope scope = context.get(Operation.SCOPE);
    Optional<Principal> who = Authentication.known(context);
    if (scope == null || !CHANGING.contains(scope) || who.isEmpty() || context.get(TOLD) != null) {
      return;
    }
    List<Deed> deeds = context.get(DEEDS);
    if (deeds == null) {
      int status = context.response().getStatusCode();
      write(
          context,
          who.get(),
          String.join(" ", context.pathParams().values()),
          status < 400 ? Outcome.DONE : status == 403 ? Outcome.REFUSED : Outcome.FAILED,
          Audited.of(context));
      return;
    }
    for (Deed deed : deeds) {
      write(
          context,
          who.get(),
          deed.subject(),
          deed.done() ? Outcome.DONE : Outcome.FAILED,
          deed.asked());
    }
  }

  private void write(
      RoutingContext context,
      Principal who,
      String subject,
      Outcome outcome,
      Map<String, String> asked) {
    var entry =
        new AuditEntry(
            clock.instant(),
            who.name(),
            addresses.of(context),
            action(context),
            subject,
            outcome,
            Map.of(),
            asked);
    if (!waiting.offer(entry)) {
      unwritten.incrementAndGet();
      LOG.warn("the audit log cannot be written; {}", entry);
    }
  }

  private static String action(RoutingContext context) {
    Route route = context.currentRoute();
    String path =
        route == null || route.getPath() == null ? context.normalizedPath() : route.getPath();
    return context.request().method() + " " + path;
  }

  private void write() {
    try {
      while (true) {
        keep(waiting.take());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep(AuditEntry entry) throws InterruptedException {
    boolean told = false;
    while (true) {
      try {
        log.append(entry);
        return;
      } catch (RuntimeException away) {
        if (!told) {
          LOG.warn("the audit log cannot be written, trying again: {}", away.getMessage());
          told = true;
        }
        TimeUnit.SECONDS.sleep(AGAIN_SECONDS);
      }
    }
  }

  /** Writes what waits, if that can be done at once. */
  @Override
  public void close() throws InterruptedException {
    writer.interrupt();
    writer.join(TimeUnit.SECONDS.toMillis(2));
    AuditEntry entry = waiting.poll();
    try {
      while (entry != null) {
        log.append(entry);
        entry = waiting.poll();
      }
    } catch (RuntimeException away) {
      LOG.warn("{} entries of the audit log could not be written", waiting.size() + 1);
    }
  }
}
