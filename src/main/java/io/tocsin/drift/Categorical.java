package io.tocsin.drift;

import io.tocsin.drift.measure.Alternative;
import io.tocsin.drift.measure.ChiSquare;
import io.tocsin.drift.measure.FisherExact;
import io.tocsin.drift.measure.Pooled;
import io.tocsin.drift.measure.Proportions;
import io.tocsin.drift.measure.Tested;
import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tests of counts per category, as {@link DriftTest} offers them. */
final class Categorical {

  private static final Parameter FORM =
      Parameter.choice(
          "form",
          List.of("contingency", "goodness_of_fit"),
          "contingency",
          "Both samples' noise counts, or the reference is taken as the truth.");
  private static final Parameter POOL =
      Parameter.real(
          "pool_below",
          0,
          1e6,
          5,
          "Categories of which a side expects fewer rows become one; 0 pools none.");
  private static final Parameter CORRECTION =
      Parameter.flag("correction", true, "Yates' correction where there are two categories.");
  private static final Parameter BALANCE =
      Parameter.flag("balance", true, "Scale the larger side down to the smaller first.");
  private static final Parameter RARE =
      Parameter.real(
          "rare", 0, 1, 0, "Categories with less than this share of the reference become one.");
  private static final Parameter SUCCESS =
      Parameter.text("success", "The category that counts; else the last of two.");
  static final List<Parameter> CHI_SQUARE = List.of(FORM, POOL, CORRECTION);
  static final List<Parameter> CRAMERS_V = List.of(BALANCE, CORRECTION, RARE);
  static final List<Parameter> TWO_SHARES = List.of(Ordered.ALTERNATIVE, SUCCESS);

  private Categorical() {}

  static DriftResult chiSquare(Comparison comparison) {
    return chiSquare(comparison, ChiSquare.Sum.PEARSON);
  }

  static DriftResult likelihood(Comparison comparison) {
    return chiSquare(comparison, ChiSquare.Sum.LIKELIHOOD);
  }

  private static DriftResult chiSquare(Comparison comparison, ChiSquare.Sum sum) {
    Options options = comparison.options();
    boolean table = options.text("form").equals("contingency");
    Reference.Aligned counts = comparison.categories();
    if (table) {
      counts = Merging.poolExpected(counts, options.real("pool_below"));
    }
    double[] before = Comparison.doubles(counts.reference());
    double[] after = Comparison.doubles(counts.current());
    Tested tested =
        table
            ? ChiSquare.contingency(before, after, sum, options.flag("correction"))
            : ChiSquare.goodnessOfFit(before, after, sum);
    int kept = occupied(counts);
    double floor =
        comparison.significance() == 0 ? 0 : ChiSquare.critical(kept, comparison.significance());
    DriftScore score =
        DriftScore.of(tested.statistic(), comparison.n(), comparison.m())
            .p(tested.p())
            .effect(tested.effect())
            .bins(kept, 0)
            .floor(floor);
    return kept < 2 ? score.note("there is one category on both sides: nothing can differ") : score;
  }

  private static int occupied(Reference.Aligned counts) {
    int kept = 0;
    for (int i = 0; i < counts.reference().length; i++) {
      kept += counts.reference()[i] + counts.current()[i] > 0 ? 1 : 0;
    }
    return kept;
  }

  static DriftResult cramersV(Comparison comparison) {
    Options options = comparison.options();
    Reference.Aligned counts =
        Merging.pool(comparison.categories(), comparison.guard().rowsPerBin());
    if (options.real("rare") > 0) {
      counts = rare(counts, options.real("rare"));
    }
    double v =
        ChiSquare.cramersV(
            Comparison.doubles(counts.reference()),
            Comparison.doubles(counts.current()),
            options.flag("balance"),
            options.flag("correction"));
    int kept = occupied(counts);
    double floor =
        comparison.significance() == 0
            ? 0
            : Math.sqrt(ChiSquare.critical(kept, comparison.significance()) * comparison.noise())
                / 2;
    return DriftScore.of(v, comparison.n(), comparison.m()).bins(kept, 0).floor(floor);
  }

  private static Reference.Aligned rare(Reference.Aligned counts, double share) {
    double n = Arrays.stream(counts.reference()).sum();
    double m = Arrays.stream(counts.current()).sum();
    var before = new ArrayList<Long>();
    var after = new ArrayList<Long>();
    long other = 0;
    long otherToo = 0;
    for (int i = 0; i < counts.reference().length; i++) {
      if (counts.reference()[i] < share * n) {
        other += counts.reference()[i];
        otherToo += counts.current()[i];
      } else {
        before.add(counts.reference()[i]);
        after.add(counts.current()[i]);
      }
    }
    if (other > share * n || otherToo > share * m) {
      before.add(other);
      after.add(otherToo);
    }
    return new Reference.Aligned(longs(before), longs(after));
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  static DriftResult fisher(Comparison comparison) {
    Hits hits = Hits.of(comparison);
    Tested tested =
        FisherExact.test(
            hits.before(),
            comparison.n() - hits.before(),
            hits.after(),
            comparison.m() - hits.after(),
            comparison.options().choice("alternative", Alternative.class));
    return DriftScore.of(tested.statistic(), comparison.n(), comparison.m())
        .p(tested.p())
        .effect(tested.effect())
        .bins(2, 0)
        .significant(comparison.significance());
  }

  static DriftResult proportions(Comparison comparison) {
    Hits hits = Hits.of(comparison);
    Tested tested =
        Proportions.z(
            hits.before(),
            comparison.n(),
            hits.after(),
            comparison.m(),
            comparison.options().choice("alternative", Alternative.class));
    return DriftScore.of(tested.statistic(), comparison.n(), comparison.m())
        .p(tested.p())
        .effect(tested.effect())
        .bins(2, 0)
        .significant(comparison.significance());
  }

  /** Rows of either side in the category that counts. */
  private record Hits(long before, long after) {

    static Hits of(Comparison comparison) {
      TreeMap<String, long[]> rows = rows(comparison);
      String success =
          comparison
              .options()
              .given("success")
              .orElseGet(
                  () -> {
                    if (rows.size() > 2) {
                      throw new IllegalArgumentException(
                          "parameters.success must name one of the %d categories"
                              .formatted(rows.size()));
                    }
                    return rows.lastKey();
                  });
      long[] found = rows.getOrDefault(success, new long[2]);
      return new Hits(found[0], found[1]);
    }

    private static TreeMap<String, long[]> rows(Comparison comparison) {
      var rows = new TreeMap<String, long[]>();
      switch (comparison.reference()) {
        case CategoricalReference categories -> {
          add(rows, categories.counts(), 0);
          if (comparison.window() instanceof Window.Categories(var counts)) {
            add(rows, counts, 1);
          }
        }
        case NumericReference ignored -> {
          Comparison.Raw raw =
              comparison
                  .raw()
                  .orElseThrow(
                      () -> new IllegalArgumentException("shares need categories or raw numbers"));
          Pooled pooled = Pooled.of(raw.reference(), raw.current());
          if (pooled.size() > Comparison.FEW) {
            throw new IllegalArgumentException(
                "numbers with more than %d distinct values are not categories"
                    .formatted(Comparison.FEW));
          }
          for (int i = 0; i < pooled.size(); i++) {
            rows.put(
                number(pooled.values()[i]), new long[] {pooled.first()[i], pooled.second()[i]});
          }
        }
      }
      return rows;
    }

    private static String number(double value) {
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? String.valueOf((long) value)
          : String.valueOf(value);
    }

    private static void add(TreeMap<String, long[]> rows, Map<String, Long> counts, int side) {
      counts.forEach(
          (name, count) -> rows.computeIfAbsent(name, absent -> new long[2])[side] += count);
    }
  }
}
