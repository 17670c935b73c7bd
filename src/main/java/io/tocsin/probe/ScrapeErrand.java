package io.tocsin.probe;

import io.tocsin.access.OutboundGuard;
import io.tocsin.series.SampleBatch;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

record ScrapeErrand(ScrapeTarget target, Consumer<SampleBatch> series) implements Errand {
  @Override
  public String name() {
    return target.name();
  }

  @Override
  public Duration interval() {
    return target.interval();
  }

  @Override
  public Duration timeout() {
    return target.timeout();
  }

  @Override
  public String host() {
    return HttpExchange.host(target.request().url());
  }

  @Override
  public Optional<OutboundGuard> guard() {
    return Optional.empty();
  }

  @Override
  public Future<Finding> ask(ProbeRun run) {
    return HttpExchange.send(run, target.request()).map(a -> Finding.success(""));
  }

  @Override
  public Future<Void> deliver(ProbeRun run, Finding finding, Duration took) {
    return Future.succeededFuture();
  }
}
