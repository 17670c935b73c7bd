package io.tocsin.rule.drift;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What one evaluation of a rule measured on one model.
 *
 * @param from begin of the current window
 * @param to its end
 * @param before the reference, as far as it is a stretch of time
 * @param rows figures, the worst first
 * @param accuracy how well it answered before and in the window, where labels are known
 * @param confidence how sure it was
 */
public record Reading(
    Target target,
    Instant from,
    Instant to,
    Optional<Span> before,
    List<Row> rows,
    Optional<BeforeAfter> accuracy,
    Optional<BeforeAfter> confidence) {

  /** A stretch of time. */
  public record Span(Instant from, Instant to) {}

  /**
   * A figure of both sides with its 95 % interval.
   *
   * @param n rows before
   * @param m rows after
   */
  public record BeforeAfter(
      double before,
      double low,
      double high,
      long n,
      double after,
      double lowAfter,
      double highAfter,
      long m) {}

  public Reading {
    rows = rows.stream().sorted(ORDER).toList();
  }

  private static final Comparator<Row> ORDER =
      Comparator.comparing((Row row) -> rank(row.state()))
          .thenComparing(Comparator.comparingDouble(Reading::severity).reversed())
          .thenComparing(Row::name);

  private static int rank(Row.State state) {
    return switch (state) {
      case CRITICAL -> 0;
      case WARNING -> 1;
      case IMPROVED -> 2;
      case QUIET -> 3;
      case INSUFFICIENT_DATA -> 4;
      case UNSUITABLE -> 5;
    };
  }

  private static double severity(Row row) {
    return Double.isNaN(row.effect()) ? -1 : row.effect() / row.thresholds().critical();
  }

  /** A reading without context. */
  static Reading of(
      Target target, Instant from, Instant to, Optional<Span> before, List<Row> rows) {
    return new Reading(target, from, to, before, rows, Optional.empty(), Optional.empty());
  }

  /** With how well the model answered and how sure it was. */
  Reading with(Optional<BeforeAfter> accurate, Optional<BeforeAfter> sure) {
    return new Reading(target, from, to, before, rows, accurate, sure);
  }

  /** These rows in place of the others. */
  Reading with(List<Row> others) {
    return new Reading(target, from, to, before, others, accuracy, confidence);
  }

  /** Whether any row says anything about the model. */
  public boolean measured() {
    return rows.stream().anyMatch(Row::measured);
  }
}
