package io.tocsin.http;

import io.tocsin.ingest.Decoded;
import io.tocsin.ingest.Format;
import io.tocsin.ingest.IngestLimits;
import io.tocsin.ingest.MalformedInput;
import io.tocsin.ingest.SeenSeries;
import io.tocsin.series.Journal;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesStore.AppendResult;
import io.tocsin.telemetry.Meter;
import io.tocsin.telemetry.Telemetry;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The way in for samples, whatever their format: decoded whole or refused, then journaled. It
 * completes when they are durable and readable.
 *
 * <p>As in Prometheus, samples too old for the store do not spoil their batch: the others are kept
 * and the answer is 400 with the reason, which tells a sender not to try again.
 */
public final class SampleIntake {

  /** Larger bodies are decoded off the event loop. */
  private static final int SMALL = 64 * 1024;

  private static final int EXPECTED_SERIES = 100_000;

  private final Journal journal;
  private final IngestLimits limits;
  private final Blocking blocking;
  private final Telemetry telemetry;
  private final InstantSource clock;
  private final SeenSeries seen = new SeenSeries(EXPECTED_SERIES);

  public SampleIntake(
      Journal journal,
      IngestLimits limits,
      Blocking blocking,
      Telemetry telemetry,
      InstantSource clock) {
    this.journal = journal;
    this.limits = limits;
    this.blocking = blocking;
    this.telemetry = telemetry;
    this.clock = clock;
  }

  /** The most bytes a body may have. */
  int maxBytes() {
    return limits.bodyBytes();
  }

  InstantSource clock() {
    return clock;
  }

  /** Takes in a request's body. */
  Future<Void> accept(Request request, Format format) {
    return accept(request, format, UnaryOperator.identity());
  }

  /**
   * Takes in a request's body.
   *
   * @param labelling what is done to the samples before they are kept
   */
  Future<Void> accept(Request request, Format format, UnaryOperator<SampleBatch> labelling) {
    byte[] body = request.body().getBytes();
    Future<SampleBatch> decoded =
        body.length <= SMALL
            ? Future.succeededFuture(labelling.apply(decode(format, body)))
            : blocking.call(() -> labelling.apply(decode(format, body)));
    return decoded.compose(batch -> keep(request, format, batch));
  }

  private SampleBatch decode(Format format, byte[] body) {
    try {
      Decoded decoded = format.decode(body, new Format.Intake(limits, seen, clock.millis()));
      if (decoded.unsupported() > 0) {
        telemetry.add(Meter.SAMPLES_REJECTED, decoded.unsupported(), "unsupported");
      }
      return decoded.samples();
    } catch (MalformedInput e) {
      telemetry.count(Meter.SAMPLES_REJECTED, e.isTooLarge() ? "too_large" : "malformed");
      throw ProblemException.of(e.isTooLarge() ? 413 : 400, String.valueOf(e.getMessage()));
    }
  }

  private Future<Void> keep(Request request, Format format, SampleBatch batch) {
    if (batch.isEmpty()) {
      return Future.succeededFuture();
    }
    return Future.fromCompletionStage(
            journal.accept(batch), request.context().vertx().getOrCreateContext())
        .map(
            result -> {
              settle(format, result);
              return null;
            });
  }

  private void settle(Format format, AppendResult result) {
    telemetry.add(Meter.SAMPLES, result.appended(), format.name().toLowerCase(Locale.ROOT));
    if (result.tooOld() == 0 && result.tooMany() == 0) {
      return;
    }
    telemetry.add(Meter.SAMPLES_REJECTED, result.tooOld(), "too_old");
    telemetry.add(Meter.SAMPLES_REJECTED, result.tooMany(), "series_limit");
    throw ProblemException.badRequest(
        result.appended()
            + " samples kept, "
            + result.tooOld()
            + " refused as older than the out-of-order window, "
            + result.tooMany()
            + " refused because their series would exceed the limit");
  }
}
