package io.tocsin.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.access.OutboundGuard;
import io.tocsin.check.Cause;
import io.tocsin.check.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProbeLoopTest {

  private final Vertx vertx = Vertx.vertx();
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final Context context = vertx.getOrCreateContext();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final BlockingQueue<Finding> delivered = new LinkedBlockingQueue<>();

  @AfterEach
  void close() throws Exception {
    ProbeHarness.get(vertx.close());
    blocking.shutdownNow();
  }

  private ProbeLoop loop(int inFlight, int perHost) {
    var outside =
        Outside.open(vertx, blocking, new Heartbeats(), InstantSource.system(), System::nanoTime);
    return new ProbeLoop(
        context, outside, new ProbeLimits(1, inFlight, perHost), new ProbeMeters(registry));
  }

  /** Stays out until told, and counts how many are out. */
  private class Waits implements Errand {
    final String name;
    final String host;
    final Duration timeout;
    final Promise<Finding> answer = Promise.promise();
    final BlockingQueue<ProbeRun> started = new LinkedBlockingQueue<>();

    Waits(String name, String host, Duration timeout) {
      this.name = name;
      this.host = host;
      this.timeout = timeout;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Duration interval() {
      return Duration.ofMillis(100);
    }

    @Override
    public Duration timeout() {
      return timeout;
    }

    @Override
    public String host() {
      return host;
    }

    @Override
    public Optional<OutboundGuard> outbound() {
      return Optional.empty();
    }

    @Override
    public Future<Finding> ask(ProbeRun run) {
      started.add(run);
      return answer.future();
    }

    @Override
    public Future<Void> deliver(ProbeRun run, Finding finding, Duration took) {
      delivered.add(finding);
      return Future.succeededFuture();
    }
  }

  private void run(ProbeLoop loop, Errand... errands) {
    context.runOnContext(on -> loop.replace(List.of(errands), Duration.ofMillis(100)));
  }

  @Test
  void aRunThatDoesNotComeBackTimesOutAndIsClosed() throws Exception {
    var errand = new Waits("a", "", Duration.ofMillis(50));
    run(loop(10, 10), errand);

    assertThat(delivered.poll(10, TimeUnit.SECONDS))
        .satisfies(finding -> assertThat(finding.detail()).contains("no answer within 50 ms"));
    assertThat(errand.started.take().over()).isTrue();
  }

  @Test
  void aRunIsNotStartedWhileTheOneBeforeIsOut() throws Exception {
    var errand = new Waits("a", "", Duration.ofSeconds(30));
    run(loop(10, 10), errand);
    errand.started.poll(10, TimeUnit.SECONDS);

    var skipped = registry.get("tocsin.probe.skipped").counter();
    eventually(() -> skipped.count() >= 2);
    assertThat(errand.started).isEmpty();
  }

  @Test
  void whatFindsNoPlaceWaitsAndSaysThatItWasOurFault() throws Exception {
    var first = new Waits("first", "host", Duration.ofSeconds(30));
    var second = new Waits("second", "host", Duration.ofSeconds(30));
    ProbeLoop loop = loop(10, 1);
    run(loop, first, second);

    Finding finding = delivered.poll(10, TimeUnit.SECONDS);
    assertThat(finding).isNotNull();
    assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(finding.cause().orElseThrow().side()).isEqualTo(Cause.Side.OURSELVES);
    Waits out = first.started.isEmpty() ? second : first;
    Waits waiting = out == first ? second : first;
    assertThat(waiting.started).isEmpty();
    context.runOnContext(on -> out.answer.complete(Finding.success("")));
    assertThat(waiting.started.poll(10, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void theLimitOfAllHoldsAcrossHosts() throws Exception {
    var errands =
        List.of(
            new Waits("a", "one", Duration.ofSeconds(30)),
            new Waits("b", "two", Duration.ofSeconds(30)),
            new Waits("c", "three", Duration.ofSeconds(30)));
    run(loop(2, 2), errands.toArray(Errand[]::new));

    eventually(() -> registry.get("tocsin.probe.waiting").gauge().value() == 1);
    assertThat(errands.stream().filter(errand -> !errand.started.isEmpty())).hasSize(2);
    assertThat(registry.get("tocsin.probe.in.flight").gauge().value()).isEqualTo(2);
  }

  @Test
  void anErrorInOneRunDoesNotStopTheOthers() throws Exception {
    var broken =
        new Waits("broken", "", Duration.ofMillis(50)) {
          @Override
          public Future<Finding> ask(ProbeRun run) {
            super.ask(run);
            throw new NoClassDefFoundError("no file handles to load it");
          }
        };
    var sound = new Waits("sound", "", Duration.ofMillis(50));
    run(loop(10, 10), broken, sound);

    eventually(() -> broken.started.size() >= 2 && sound.started.size() >= 2);
    assertThat(broken.started.take().over()).isTrue();
  }

  private static void eventually(BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within 10 s").isLessThan(deadline);
      LockSupport.parkNanos(5_000_000);
    }
  }
}
