package io.tocsin.probe;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.access.OutboundGuard;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.Yaml;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs single probes against servers on loopback, as the schedule would. */
final class ProbeHarness implements AutoCloseable {

  static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

  final Vertx vertx = Vertx.vertx();
  final Heartbeats heartbeats = new Heartbeats();
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final Context context = vertx.getOrCreateContext();
  private final ProbeLoop loop;

  ProbeHarness() {
    this(InstantSource.system());
  }

  /**
   * @param time what probes take for the time of day
   */
  ProbeHarness(InstantSource time) {
    loop =
        new ProbeLoop(
            context,
            Outside.open(vertx, blocking, heartbeats, time, System::nanoTime),
            ProbeLimits.DEFAULT,
            new ProbeMeters(new SimpleMeterRegistry()));
  }

  static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  static Check check(String yaml) {
    return Check.read(
        Yaml.read("name: it\n" + yaml, "tocsin.yaml", Secrets.none()),
        Optional.empty(),
        Optional.empty());
  }

  /** Runs the check that is written once and gives back what it found. */
  Finding ask(String yaml) throws Exception {
    return ask(check(yaml));
  }

  Finding askUnder(OutboundGuard guard, String yaml) throws Exception {
    Check open = check(yaml);
    return ask(new Check(open.policy(), open.kind(), open.probe(), Optional.of(guard)));
  }

  private Finding ask(Check check) throws Exception {
    var found = new CompletableFuture<Finding>();
    context.runOnContext(
        on -> {
          loop.replace(List.of(new Once(check, found)), Duration.ofSeconds(2));
          loop.runNow(check.policy().name());
        });
    return found.get(10, TimeUnit.SECONDS);
  }

  /** Starts an HTTP server on a free loopback port. */
  int serve(Consumer<HttpServerRequest> answer) throws Exception {
    return serve(new HttpServerOptions(), answer);
  }

  int serve(HttpServerOptions options, Consumer<HttpServerRequest> answer) throws Exception {
    return get(vertx
            .createHttpServer(options)
            .requestHandler(answer::accept)
            .listen(0, "127.0.0.1"))
        .actualPort();
  }

  @Override
  public void close() throws Exception {
    get(vertx.close());
    blocking.shutdownNow();
  }

  private record Once(Check check, CompletableFuture<Finding> found) implements Errand {
    @Override
    public String name() {
      return check.policy().name();
    }

    @Override
    public Duration interval() {
      return Duration.ofHours(1);
    }

    @Override
    public Duration timeout() {
      return check.policy().timeout();
    }

    @Override
    public String host() {
      return check.probe().host();
    }

    @Override
    public Optional<OutboundGuard> outbound() {
      return check.outbound();
    }

    @Override
    public Future<Finding> ask(ProbeRun run) {
      return check.probe().ask(run);
    }

    @Override
    public Future<Void> deliver(ProbeRun run, Finding finding, Duration took) {
      found.complete(finding);
      return Future.succeededFuture();
    }
  }
}
