package io.tocsin;

import io.tocsin.label.Labels;
import io.tocsin.promql.Expr;
import io.tocsin.promql.Parser;
import io.tocsin.promql.QueryLimits;
import io.tocsin.rule.InstantQueries;
import io.tocsin.series.Journal;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesReader;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A sample that travels the whole road as a stranger's would: accepted, made durable, readable, and
 * read by the thread that evaluates a rule. While it arrives in time, so do alerts.
 */
final class Canary {

  /** The series: when each canary set out, in seconds since the epoch. */
  static final String NAME = "tocsin_canary_timestamp_seconds";

  private static final Labels LABELS = Labels.of(Labels.NAME, NAME, "job", "tocsin");
  private static final Expr NEWEST = Parser.parse("max(" + NAME + ")");
  private static final long NEVER = Long.MIN_VALUE;

  private final InstantQueries queries;
  private final Journal journal;
  private final InstantSource clock;
  private final AtomicLong seenMillis = new AtomicLong(NEVER);

  Canary(SeriesReader reader, Journal journal, InstantSource clock) {
    this.queries = InstantQueries.of(reader, QueryLimits.DEFAULT);
    this.journal = journal;
    this.clock = clock;
  }

  /** Lets one set out. It is lost when the journal refuses it, which is what its age then tells. */
  void fly() {
    long now = clock.millis();
    var unused = journal.accept(SampleBatch.builder().add(LABELS, now, now / 1e3).build());
  }

  /** Looks for the newest that has arrived; called by whoever has just evaluated rules. */
  void look() {
    for (var sample : queries.ask(NEWEST, clock.millis()).samples()) {
      seenMillis.accumulateAndGet(Math.round(sample.value() * 1e3), Math::max);
    }
  }

  /** How old the newest is that rules have seen; NaN before the first. */
  double ageSeconds() {
    long seen = seenMillis.get();
    return seen == NEVER ? Double.NaN : (clock.millis() - seen) / 1e3;
  }
}
