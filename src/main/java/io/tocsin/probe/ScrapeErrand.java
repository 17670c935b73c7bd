package io.tocsin.probe;

import io.tocsin.access.OutboundGuard;
import io.tocsin.check.Cause;
import io.tocsin.check.Outcome;
import io.tocsin.ingest.Format;
import io.tocsin.ingest.IngestLimits;
import io.tocsin.ingest.MalformedInput;
import io.tocsin.ingest.ScrapedTarget;
import io.tocsin.ingest.SeenSeries;
import io.tocsin.series.SampleBatch;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Scrapes one target: its samples, {@code up}, and stale markers for what it no longer exposes.
 * Decoding and labelling happen off the event loop.
 */
final class ScrapeErrand implements Errand {

  private final ScrapeTarget target;
  private final ScrapedTarget scraped;
  private final SeenSeries seen;
  private final Consumer<SampleBatch> series;
  private Optional<Exposed> exposed = Optional.empty();
  private boolean gone;

  /** What a run found, kept until it is delivered. */
  private record Exposed(ProbeRun run, SampleBatch samples) {}

  /**
   * @param seen labels met before, shared by all targets
   * @param series takes the samples
   */
  ScrapeErrand(ScrapeTarget target, SeenSeries seen, Consumer<SampleBatch> series) {
    this.target = target;
    this.scraped = new ScrapedTarget(target.labels(), target.honorLabels());
    this.seen = seen;
    this.series = series;
  }

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
    return HttpExchange.send(run, target.request())
        .compose(answer -> run.outside().offLoop(() -> finding(run, answer)));
  }

  private Finding finding(ProbeRun run, HttpExchange.Answer answer) {
    if (answer.status() != 200) {
      return Finding.failure("status " + answer.status() + ", expected 200");
    }
    if (answer.cut()) {
      return Finding.failure("body: found more than 16 MiB");
    }
    try {
      long at = run.at().toEpochMilli();
      var intake = new Format.Intake(IngestLimits.DEFAULT, seen, at);
      SampleBatch decoded = Format.TEXT.decode(answer.body().getBytes(), intake).samples();
      synchronized (this) {
        exposed =
            Optional.of(new Exposed(run, target.honorTimestamps() ? decoded : timed(decoded, at)));
      }
      return Finding.success(decoded.size() + " samples");
    } catch (MalformedInput e) {
      return Finding.failure(String.valueOf(e.getMessage()));
    }
  }

  private static SampleBatch timed(SampleBatch samples, long atMillis) {
    var timed = SampleBatch.builder();
    for (int i = 0; i < samples.size(); i++) {
      timed.add(samples.labels(i), atMillis, samples.value(i));
    }
    return timed.build();
  }

  @Override
  public Future<Void> deliver(ProbeRun run, Finding finding, Duration took) {
    return run.outside().offLoop(() -> store(run, finding, took)).mapEmpty();
  }

  private synchronized boolean store(ProbeRun run, Finding finding, Duration took) {
    if (gone) {
      return false;
    }
    long at = run.at().toEpochMilli();
    Optional<Exposed> own = exposed.filter(found -> found.run() == run);
    boolean ours = finding.cause().map(Cause::side).equals(Optional.of(Cause.Side.OURSELVES));
    if (finding.outcome() == Outcome.SUCCESS && own.isPresent()) {
      series.accept(scraped.succeeded(own.get().samples(), at, took));
    } else if (!ours) {
      series.accept(scraped.failed(at, took));
    }
    exposed = Optional.empty();
    return true;
  }

  /** Ends the target's series: it is scraped no longer. */
  synchronized void leave(Instant now) {
    gone = true;
    series.accept(scraped.gone(now.toEpochMilli()));
  }
}
