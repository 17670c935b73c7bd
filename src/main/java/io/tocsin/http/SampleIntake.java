package io.tocsin.http;

import io.tocsin.ingest.Decoded;
import io.tocsin.ingest.Description;
import io.tocsin.ingest.Format;
import io.tocsin.ingest.Gzip;
import io.tocsin.ingest.IngestLimits;
import io.tocsin.ingest.MalformedInput;
import io.tocsin.ingest.OtlpSettings;
import io.tocsin.ingest.Refused;
import io.tocsin.ingest.SeenSeries;
import io.tocsin.series.Journal;
import io.tocsin.series.MetricMetadata;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesStore.AppendResult;
import io.tocsin.series.Unadmitted;
import io.tocsin.telemetry.Meter;
import io.tocsin.telemetry.Telemetry;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The way in for samples, whatever their format: decoded, then journaled. It completes when they
 * are durable and readable.
 *
 * <p>Samples too old for the store do not spoil their batch, and where a format's rules ask for it
 * neither does a wrong series: the others are kept and {@link Written} says what was not.
 */
public final class SampleIntake {

  /** Larger bodies are decoded off the event loop. */
  private static final int SMALL = 64 * 1024;

  private static final int EXPECTED_SERIES = 4_000_000;
  private static final AppendResult NOTHING = new AppendResult(0, 0);

  /**
   * What became of a request.
   *
   * @param samples how many are durable and readable now
   * @param left how many are not
   * @param problem why they are not, "" when all are
   */
  public record Written(int samples, int left, String problem) {

    /** Everything, or 400 with the reason, which tells a sender not to try again. */
    Written whole() {
      if (!problem.isEmpty()) {
        throw ProblemException.badRequest(problem);
      }
      return this;
    }
  }

  private final Journal journal;
  private final MetricMetadata metadata;
  private final IngestLimits limits;
  private final Blocking blocking;
  private final Telemetry telemetry;
  private final InstantSource clock;
  private final SeenSeries seen = new SeenSeries(EXPECTED_SERIES);
  private final OtlpSettings otlp;

  public SampleIntake(
      Journal journal,
      MetricMetadata metadata,
      OtlpSettings otlp,
      IngestLimits limits,
      Blocking blocking,
      Telemetry telemetry,
      InstantSource clock) {
    this.journal = journal;
    this.metadata = metadata;
    this.otlp = otlp;
    this.limits = limits;
    this.blocking = blocking;
    this.telemetry = telemetry;
    this.clock = clock;
  }

  /** The most bytes a body may have. */
  int maxBytes() {
    return limits.bodyBytes();
  }

  /** The most characters a label's value may have. */
  int longestValue() {
    return limits.valueLength();
  }

  InstantSource clock() {
    return clock;
  }

  /** What is done to the samples of a request before they are kept. */
  interface Labelling {
    /**
     * @param receivedMillis the timestamp of samples that brought none
     * @throws MalformedInput when they are not taken after all
     */
    SampleBatch apply(SampleBatch samples, long receivedMillis);
  }

  private record Ready(Decoded decoded, SampleBatch samples) {}

  /** Takes in a request's body. */
  Future<Written> accept(Request request, Format format) {
    return accept(request, format, (samples, at) -> samples);
  }

  /** Takes in a request's body whose timestamps are in a unit that the request names. */
  Future<Written> accept(Request request, Format format, TimeUnit timestamps) {
    return accept(request, format, (samples, at) -> samples, timestamps);
  }

  /** Takes in a request's body, with something done to its samples. */
  Future<Written> accept(Request request, Format format, Labelling labelling) {
    return accept(request, format, labelling, TimeUnit.NANOSECONDS);
  }

  private Future<Written> accept(
      Request request, Format format, Labelling labelling, TimeUnit timestamps) {
    byte[] body = request.body().getBytes();
    boolean gzip = isGzip(request);
    Future<Ready> ready =
        body.length <= SMALL && !gzip
            ? Future.succeededFuture(decode(format, body, false, labelling, timestamps))
            : blocking.call(() -> decode(format, body, gzip, labelling, timestamps));
    return ready.compose(
        found ->
            keep(request, found.samples())
                .map(
                    result -> {
                      Description.note(found.decoded().metadata(), metadata);
                      return settled(format, result, found.decoded().refused());
                    }));
  }

  /** Takes in samples of our own making. */
  Future<AppendResult> keep(Request request, SampleBatch batch) {
    return batch.isEmpty()
        ? Future.succeededFuture(NOTHING)
        : Future.fromCompletionStage(
            journal.accept(batch), request.context().vertx().getOrCreateContext());
  }

  /** Snappy belongs to the formats that use it. */
  private static boolean isGzip(Request request) {
    String encoding = request.header("Content-Encoding").toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "gzip", "x-gzip" -> true;
      case "", "identity", "snappy" -> false;
      default ->
          throw ProblemException.of(
              415, "Content-Encoding: found \"" + encoding + "\", expected gzip or none");
    };
  }

  private Ready decode(
      Format format, byte[] body, boolean gzip, Labelling labelling, TimeUnit timestamps) {
    try {
      byte[] plain = gzip ? Gzip.decompressed(body, limits) : body;
      var around = new Format.Intake(limits, seen, clock.millis(), otlp, timestamps);
      Decoded decoded = format.decode(plain, around);
      return new Ready(decoded, labelling.apply(decoded.samples(), around.receivedMillis()));
    } catch (MalformedInput e) {
      telemetry.count(Meter.SAMPLES_REJECTED, e.isTooLarge() ? "too_large" : "malformed");
      throw ProblemException.of(e.isTooLarge() ? 413 : 400, String.valueOf(e.getMessage()));
    }
  }

  private Written settled(Format format, AppendResult result, Refused refused) {
    telemetry.add(Meter.SAMPLES, result.appended(), format.name().toLowerCase(Locale.ROOT));
    refused
        .counts()
        .forEach((reason, count) -> telemetry.add(Meter.SAMPLES_REJECTED, count, reason.word()));
    telemetry.add(Meter.SAMPLES_REJECTED, result.tooOld(), "too_old");
    Map<Unadmitted.Reason, Integer> unadmitted = result.unadmitted().byReason();
    for (Unadmitted.Reason reason : Unadmitted.Reason.values()) {
      telemetry.add(Meter.SAMPLES_REJECTED, unadmitted.getOrDefault(reason, 0), reason.word());
    }
    var reasons = new ArrayList<String>();
    if (!refused.isEmpty()) {
      reasons.add(refused.total() + " refused, the first: " + refused.first());
    }
    if (result.tooOld() > 0) {
      reasons.add(result.tooOld() + " refused as older than the out-of-order window");
    }
    if (result.tooMany() > 0) {
      reasons.add(
          result.tooMany()
              + " refused because their series are not let in, the first: "
              + result.unadmitted().first());
    }
    return new Written(
        result.appended(),
        refused.total() + result.tooOld() + result.tooMany(),
        reasons.isEmpty()
            ? ""
            : result.appended() + " samples kept, " + String.join(", ", reasons));
  }
}
