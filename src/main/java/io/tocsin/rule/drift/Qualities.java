package io.tocsin.rule.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Shares of values that are no good. A share counts from a point above the reference's on, when it
 * is also three standard deviations above it.
 *
 * @param unseen share of unseen categories that counts
 */
record Qualities(DriftTerms terms, Thresholds unseen) {

  private static final double DEVIATIONS = 3;

  /** A single odd row in a small window is no change of schema. */
  private static final long LEAST_UNSEEN = 3;

  List<Row> rows(String name, Optional<ModelHistory.Sides> sides) {
    long before = sides.map(it -> it.before().rows() + it.before().missing()).orElse(0L);
    long now = sides.map(it -> it.now().rows() + it.now().missing()).orElse(0L);
    if (sides.isEmpty() || before < terms.minReference() || now < terms.minSamples()) {
      return List.of(
          Row.without(
              name,
              "missing",
              Row.State.INSUFFICIENT_DATA,
              terms.thresholds(),
              before,
              now,
              "%d rows in the window (%d needed), %d in the reference (%d needed)"
                  .formatted(now, terms.minSamples(), before, terms.minReference())));
    }
    ModelHistory.Stretch then = sides.get().before();
    ModelHistory.Stretch current = sides.get().now();
    var rows = new ArrayList<Row>();
    rows.add(
        row(
            name,
            "missing",
            (double) then.missing(),
            before,
            current.missing(),
            now,
            terms.thresholds()));
    if (current.rows() >= terms.minSamples()) {
      rows.add(unseen(name, current, before));
      rows.add(
          row(
              name,
              "outside",
              outside(then),
              before,
              current.outside(),
              current.rows(),
              terms.thresholds()));
    }
    return rows;
  }

  /** New rows pass the least and the largest of n old ones by chance, once each in n + 1. */
  private static double outside(ModelHistory.Stretch before) {
    return Math.max((double) before.outside(), 2.0 * before.rows() / (before.rows() + 1));
  }

  private Row row(
      String name, String what, double hits, long n, long hitsNow, long m, Thresholds thresholds) {
    double was = hits / n;
    double is = (double) hitsNow / m;
    double floor = DEVIATIONS * Math.sqrt(was * (1 - was) * (1.0 / n + 1.0 / m));
    double rise = is - was;
    return new Row(
        name,
        what,
        rise > floor
            ? thresholds.level(rise).map(Distributions::state).orElse(Row.State.QUIET)
            : Row.State.QUIET,
        is,
        rise,
        thresholds,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        was + floor,
        n,
        m,
        what.equals("missing") ? hitsNow : 0,
        "%s from %s to %s"
            .formatted(
                what.equals("missing") ? "missing" : "outside the range of the reference",
                Spread.percent(was),
                Spread.percent(is)),
        List.of(),
        Optional.empty());
  }

  private Row unseen(String name, ModelHistory.Stretch now, long before) {
    double share = (double) now.unseen() / now.rows();
    return new Row(
        name,
        "unseen",
        now.unseen() >= LEAST_UNSEEN
            ? unseen.level(share).map(Distributions::state).orElse(Row.State.QUIET)
            : Row.State.QUIET,
        share,
        share,
        unseen,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        (double) (LEAST_UNSEEN - 1) / now.rows(),
        before,
        now.rows(),
        0,
        "%d rows (%s) in categories that the reference does not have"
            .formatted(now.unseen(), Spread.percent(share)),
        List.of(),
        Optional.empty());
  }
}
