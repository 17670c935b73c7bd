package io.tocsin.probe;

import io.tocsin.access.OutboundGuard;
import io.tocsin.check.Cause;
import io.tocsin.check.Outcome;
import io.tocsin.ingest.Decoded;
import io.tocsin.ingest.Description;
import io.tocsin.ingest.Format;
import io.tocsin.ingest.Gzip;
import io.tocsin.ingest.IngestLimits;
import io.tocsin.ingest.MalformedInput;
import io.tocsin.ingest.Refused;
import io.tocsin.ingest.ScrapedTarget;
import io.tocsin.ingest.SeenSeries;
import io.tocsin.probe.ScrapeState.Health;
import io.tocsin.series.MetricMetadata;
import io.tocsin.series.SampleBatch;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrapes one target: its samples, {@code up}, and stale markers for what it no longer exposes.
 * Decoding and labelling happen off the event loop.
 */
final class ScrapeErrand implements Errand {
  private static final Logger LOG = LoggerFactory.getLogger(ScrapeErrand.class);

  /**
   * What all targets share.
   *
   * @param seen labels met before
   * @param series takes the samples
   * @param refused is told what was left out of a scrape
   */
  record Surroundings(
      SeenSeries seen,
      Consumer<SampleBatch> series,
      MetricMetadata metadata,
      Consumer<Refused> refused) {}

  private final ScrapeTarget target;
  private final ScrapedTarget scraped;
  private final Surroundings around;
  private final BooleanSupplier tooMany;
  private Optional<Exposed> exposed = Optional.empty();
  private volatile ScrapeState state;
  private volatile boolean told;
  private boolean gone;

  /** What a run found, kept until it is delivered. */
  private record Exposed(ProbeRun run, SampleBatch samples) {}

  /**
   * @param tooMany whether the job has more targets than it may
   */
  ScrapeErrand(ScrapeTarget target, Surroundings around, BooleanSupplier tooMany) {
    this.target = target;
    this.scraped = new ScrapedTarget(target.labels(), target.config().rules());
    this.around = around;
    this.tooMany = tooMany;
    this.state = ScrapeState.before(target);
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
    return HttpExchange.host(target.url());
  }

  @Override
  public Optional<OutboundGuard> outbound() {
    return Optional.empty();
  }

  /** How the last scrape went. */
  ScrapeState state() {
    return state;
  }

  @Override
  public Future<Finding> ask(ProbeRun run) {
    if (tooMany.getAsBoolean()) {
      return Future.succeededFuture(
          Finding.failure(
              "target_limit: more than " + target.config().targetLimit() + " targets found"));
    }
    return HttpExchange.send(run, request())
        .compose(answer -> run.outside().offLoop(() -> finding(run, answer)));
  }

  private HttpExchange.Request request() {
    ScrapeConfig config = target.config();
    var headers = new TreeMap<String, String>();
    headers.put("Accept", config.format().accept(config.protocols()));
    headers.put(
        "X-Prometheus-Scrape-Timeout-Seconds",
        String.valueOf(target.timeout().toMillis() / 1_000.0));
    headers.put("Accept-Encoding", config.compressed() ? "gzip" : "identity");
    return config.http().get(target.url(), Map.copyOf(headers), config.bodyLimit());
  }

  private Finding finding(ProbeRun run, HttpExchange.Answer answer) {
    ScrapeConfig config = target.config();
    if (!config.format().exposes(answer.status())) {
      return Finding.failure("status " + answer.status() + ", expected 200");
    }
    if (answer.cut()) {
      return Finding.failure("body_size_limit: found more than " + config.bodyLimit() + " bytes");
    }
    try {
      long at = run.at().toEpochMilli();
      Decoded decoded = decode(answer, at);
      Description.note(decoded.metadata(), around.metadata);
      refused(decoded.refused());
      SampleBatch samples = decoded.samples();
      synchronized (this) {
        exposed =
            Optional.of(new Exposed(run, config.honorTimestamps() ? samples : timed(samples, at)));
      }
      return Finding.success(samples.size() + " samples");
    } catch (MalformedInput e) {
      return Finding.failure(String.valueOf(e.getMessage()));
    }
  }

  private Decoded decode(HttpExchange.Answer answer, long at) {
    ScrapeConfig config = target.config();
    IngestLimits limits = IngestLimits.DEFAULT.withBodies(config.bodyLimit());
    boolean gzip = "gzip".equalsIgnoreCase(answer.headers().get("Content-Encoding"));
    byte[] body = answer.body().getBytes();
    byte[] plain = gzip ? Gzip.decompressed(body, limits) : body;
    String type = answer.headers().get("Content-Type");
    String mediaType = type == null ? "" : type;
    Format format =
        plain.length == 0 && config.format() == ScrapeFormat.PROMETHEUS
            ? Format.TEXT // nothing is exposed, whatever it is called
            : config.format().decoder(config.protocols(), mediaType);
    return format.decode(plain, new Format.Intake(limits, around.seen, at));
  }

  /** Counts what was left out, and says so once. */
  private void refused(Refused refused) {
    if (!refused.isEmpty()) {
      around.refused.accept(refused);
      if (!told) {
        told = true;
        LOG.warn("{}: {} refused, the first: {}", name(), refused.total(), refused.first());
      }
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
    Optional<Exposed> own = exposed.filter(found -> found.run() == run);
    exposed = Optional.empty();
    boolean ours = finding.cause().map(Cause::side).equals(Optional.of(Cause.Side.OURSELVES));
    if (finding.outcome() == Outcome.SUCCESS && own.isPresent()) {
      succeeded(run, own.get().samples(), took);
    } else if (!ours) {
      failed(run, finding.detail(), took);
    } else {
      state = new ScrapeState(target, Health.UNKNOWN, finding.detail(), run.at(), took);
    }
    return true;
  }

  private void succeeded(ProbeRun run, SampleBatch samples, Duration took) {
    try {
      SampleBatch labelled = scraped.succeeded(samples, run.at().toEpochMilli(), took);
      state = new ScrapeState(target, Health.UP, "", run.at(), took);
      around.series.accept(labelled);
    } catch (MalformedInput e) {
      failed(run, String.valueOf(e.getMessage()), took);
    }
  }

  private void failed(ProbeRun run, String why, Duration took) {
    state = new ScrapeState(target, Health.DOWN, why, run.at(), took);
    around.series.accept(scraped.failed(run.at().toEpochMilli(), took));
  }

  /** Ends the target's series: it is scraped no longer. */
  synchronized void leave(Instant now) {
    gone = true;
    around.series.accept(scraped.gone(now.toEpochMilli()));
  }
}
