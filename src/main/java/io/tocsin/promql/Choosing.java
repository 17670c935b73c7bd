package io.tocsin.promql;

import io.tocsin.promql.Expr.Aggregation;
import io.tocsin.promql.Result.Columns;
import io.tocsin.series.StaleMarker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Aggregations that keep some of the series as they are. */
final class Choosing {
  /** Up to so many are found by insertion; more by sorting. */
  private static final int FEW = 64;

  private final Evaluation evaluation;
  private final Aggregation aggregation;
  private final Expr parameter;
  private final int steps;
  private final double[] amounts;

  Choosing(Evaluation evaluation, Aggregation aggregation) {
    this.evaluation = evaluation;
    this.aggregation = aggregation;
    this.parameter = aggregation.parameter().orElseThrow();
    this.steps = evaluation.steps().count();
    this.amounts = evaluation.scalars(parameter);
  }

  /** What is kept of each group. */
  Columns chosen(List<List<Column>> groups) {
    boolean ratio = aggregation.op() == AggregateOp.LIMIT_RATIO;
    for (int i = 0; i < steps; i++) {
      amounts[i] = ratio ? ratio(amounts[i]) : count(amounts[i]);
    }
    var results = new ArrayList<Column>();
    for (List<Column> members : groups) {
      evaluation.query().charge((long) steps * members.size());
      switch (aggregation.op()) {
        case TOPK -> best(members, true, results);
        case BOTTOMK -> best(members, false, results);
        case LIMITK -> first(members, results);
        default -> share(members, results);
      }
    }
    return new Columns(results);
  }

  private static double count(double count) {
    if (Double.isNaN(count)) {
      throw Evaluation.failed("Parameter value is NaN");
    }
    if (count >= 0x1p63) {
      throw Evaluation.failed("Scalar value " + Numbers.format(count) + " overflows int64");
    }
    if (count <= -0x1p63) {
      throw Evaluation.failed("Scalar value " + Numbers.format(count) + " underflows int64");
    }
    return count;
  }

  private double ratio(double ratio) {
    if (Double.isNaN(ratio)) {
      throw Evaluation.failed("Ratio value is NaN");
    }
    double capped = Math.clamp(ratio, -1.0, 1.0);
    if (capped != ratio) {
      String text =
          "ratio value should be between -1 and 1, got %s, capping to %s"
              .formatted(Numbers.format(ratio), Numbers.format(capped));
      evaluation.query().warn(text, parameter.span());
    }
    return capped;
  }

  /** The k largest or smallest at each step, NaN last, the earlier first on a tie. */
  private void best(List<Column> members, boolean largest, List<Column> into) {
    var kept = new double[members.size()][];
    var order = new int[members.size()];
    int wanted = 0;
    for (int i = 0; i < steps; i++) {
      int most = (int) Math.clamp((long) amounts[i], 0, members.size());
      wanted = rank(members, i, largest, order, most);
      for (int place = 0; place < wanted; place++) {
        int m = order[place];
        keep(kept, m, i, members.get(m).values()[i]);
      }
    }
    if (steps > 1) {
      addAll(members, kept, into);
      return;
    }
    for (int place = 0; place < wanted; place++) {
      into.add(members.get(order[place]).with(kept[order[place]]));
    }
  }

  /** Fills {@code order} with the best members, best first; answers how many there are. */
  private static int rank(List<Column> members, int step, boolean largest, int[] order, int most) {
    if (most > FEW) {
      return sorted(members, step, largest, order, most);
    }
    int size = 0;
    for (int m = 0; m < members.size() && most > 0; m++) {
      if (!members.get(m).has(step)) {
        continue;
      }
      double rank = rank(members, m, step, largest);
      boolean full = size == most;
      if (full && Double.compare(rank, rank(members, order[size - 1], step, largest)) >= 0) {
        continue;
      }
      int place = size - (full ? 1 : 0);
      while (place > 0
          && Double.compare(rank(members, order[place - 1], step, largest), rank) > 0) {
        order[place] = order[place - 1];
        place--;
      }
      order[place] = m;
      size += full ? 0 : 1;
    }
    return size;
  }

  private static int sorted(
      List<Column> members, int step, boolean largest, int[] order, int most) {
    int[] sorted =
        IntStream.range(0, members.size())
            .filter(m -> members.get(m).has(step))
            .boxed()
            .sorted(Comparator.comparingDouble(m -> rank(members, m, step, largest)))
            .mapToInt(Integer::intValue)
            .limit(most)
            .toArray();
    System.arraycopy(sorted, 0, order, 0, sorted.length);
    return sorted.length;
  }

  /** Smaller is better; adding zero makes the two zeros one. */
  private static double rank(List<Column> members, int member, int step, boolean largest) {
    double value = members.get(member).values()[step];
    return (largest ? -value : value) + 0.0;
  }

  private void keep(double[][] kept, int member, int step, double value) {
    if (kept[member] == null) {
      kept[member] = Result.nothing(steps);
    }
    kept[member][step] = value;
  }

  private static void addAll(List<Column> members, double[][] kept, List<Column> into) {
    for (int m = 0; m < kept.length; m++) {
      if (kept[m] != null) {
        into.add(members.get(m).with(kept[m]));
      }
    }
  }

  /** The first k at each step. */
  private void first(List<Column> members, List<Column> into) {
    var kept = new double[members.size()][];
    for (int i = 0; i < steps; i++) {
      int left = (int) Math.clamp((long) amounts[i], 0, members.size());
      for (int m = 0; m < members.size() && left > 0; m++) {
        if (members.get(m).has(i)) {
          keep(kept, m, i, members.get(m).values()[i]);
          left--;
        }
      }
    }
    addAll(members, kept, into);
  }

  /** A share of the series by a hash of their labels: always the same ones. */
  private void share(List<Column> members, List<Column> into) {
    for (Column member : members) {
      double place = place(member.labels().fingerprint());
      double[] values = Result.nothing(steps);
      for (int i = 0; i < steps; i++) {
        boolean inside = amounts[i] >= 0 ? place < amounts[i] : place >= 1 + amounts[i];
        values[i] = inside ? member.values()[i] : values[i];
      }
      if (Arrays.stream(values).anyMatch(value -> !StaleMarker.is(value))) {
        into.add(member.with(values));
      }
    }
  }

  /** A hash spread evenly over [0, 1); the mixer is MurmurHash3's finalizer. */
  private static double place(long hash) {
    long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    mixed ^= mixed >>> 33;
    return (mixed >>> 11) * 0x1p-53;
  }
}
