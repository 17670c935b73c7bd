package io.tocsin.web;

import io.tocsin.check.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * A check as the console lists it.
 *
 * @param name of the check
 * @param component it speaks for
 * @param kind http, tcp, dns, ...
 * @param state what we hold to be true of its target
 * @param cause why it is not up, empty when it is
 * @param since when the state began
 * @param lastResult when it last ran
 * @param latency how long it takes, where that was asked for and it has run
 * @param tlsExpiry when its target's certificate ends, if it has one
 * @param paused whether it rests
 */
public record CheckRow(
    String name,
    String component,
    String kind,
    Verdict state,
    String cause,
    Instant since,
    Optional<Instant> lastResult,
    Optional<Latency> latency,
    Optional<Instant> tlsExpiry,
    boolean paused) {

  /** Quantiles over the recent runs, milliseconds. */
  public record Latency(double p50, double p95, double p99) {}

  /** The same with its latency. */
  CheckRow with(Optional<Latency> measured) {
    return new CheckRow(
        name, component, kind, state, cause, since, lastResult, measured, tlsExpiry, paused);
  }
}
