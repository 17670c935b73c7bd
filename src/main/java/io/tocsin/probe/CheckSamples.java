package io.tocsin.probe;

import io.tocsin.check.CheckObservation;
import io.tocsin.check.CheckPolicy;
import io.tocsin.check.CheckResult;
import io.tocsin.check.Outcome;
import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.StaleMarker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A check's results as samples, labelled {@code check} and {@code component}. Names are those of
 * Prometheus' blackbox exporter where it has one.
 *
 * <ul>
 *   <li>{@code probe_success}: 1 or 0; ends (stale) while the outcome is unknown
 *   <li>{@code probe_degraded}: 1 or 0; likewise
 *   <li>{@code probe_duration_seconds}
 *   <li>{@code check_verdict}: 0 up, 1 degraded, 2 down, 3 unknown
 *   <li>{@code probe_http_status_code} and {@code probe_ssl_earliest_cert_expiry} (seconds since
 *       the epoch), when there was one
 *   <li>{@code probe_http_duration_seconds}, by {@code phase}, see {@link HttpPhases}: at most
 *       every {@link #PHASES_EVERY}, since they explain a duration and decide nothing, and would
 *       else double what a check that runs each second leaves behind
 * </ul>
 *
 * @see <a href="https://github.com/prometheus/blackbox_exporter">blackbox_exporter</a>
 */
final class CheckSamples {

  /** Milliseconds. */
  static final long PHASES_EVERY = 15_000;

  private final Map<Labels, Labels> phases = new HashMap<>();
  private long lastPhases = -PHASES_EVERY;
  private final Labels own;
  private final Labels success;
  private final Labels degraded;
  private final Labels duration;
  private final Labels verdict;
  private final Labels status;
  private final Labels expiry;

  CheckSamples(CheckPolicy policy) {
    own = Labels.of("check", policy.name(), "component", policy.component());
    success = own.with(Labels.NAME, "probe_success");
    degraded = own.with(Labels.NAME, "probe_degraded");
    duration = own.with(Labels.NAME, "probe_duration_seconds");
    verdict = own.with(Labels.NAME, "check_verdict");
    status = own.with(Labels.NAME, "probe_http_status_code");
    expiry = own.with(Labels.NAME, "probe_ssl_earliest_cert_expiry");
  }

  /** Adds the samples of one result. */
  void addTo(SampleBatch.Builder batch, CheckObservation observation, List<Reading> readings) {
    CheckResult result = observation.result();
    long at = result.at().toEpochMilli();
    boolean unknown = result.outcome() == Outcome.UNKNOWN;
    batch.add(success, at, unknown ? StaleMarker.VALUE : flag(result.outcome() != Outcome.FAILURE));
    batch.add(
        degraded, at, unknown ? StaleMarker.VALUE : flag(result.outcome() == Outcome.DEGRADED));
    batch.add(duration, at, result.durationSeconds());
    batch.add(verdict, at, code(observation));
    result.statusCode().ifPresent(code -> batch.add(status, at, code));
    result.tlsExpiry().ifPresent(end -> batch.add(expiry, at, end.getEpochSecond()));
    boolean phasesDue = at - lastPhases >= PHASES_EVERY || at < lastPhases;
    for (Reading reading : readings) {
      if (!reading.metric().equals(HttpPhases.METRIC)) {
        batch.add(named(reading), at, reading.value());
      } else if (phasesDue) {
        lastPhases = at;
        Labels labels = phases.computeIfAbsent(reading.labels(), key -> named(reading));
        batch.add(labels, at, reading.value());
      }
    }
  }

  private Labels named(Reading reading) {
    return reading.labels().with(own).with(Labels.NAME, reading.metric());
  }

  private static double flag(boolean set) {
    return set ? 1 : 0;
  }

  private static double code(CheckObservation observation) {
    return switch (observation.after()) {
      case UP -> 0;
      case DEGRADED -> 1;
      case DOWN -> 2;
      case UNKNOWN -> 3;
    };
  }
}
