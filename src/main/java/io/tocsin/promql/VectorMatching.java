package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.promql.Expr.Binary;
import io.tocsin.promql.Result.Column;
import io.tocsin.promql.Result.Columns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Arithmetic or comparison between two vectors: elements with the same matching labels meet.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/querying/operators/#vector-matching">Vector
 *     matching</a>
 */
final class VectorMatching {
  private final Evaluation evaluation;
  private final Binary binary;
  private final Matching matching;
  private final boolean swapped;
  private final boolean filter;
  private final int steps;

  /** For each result: at which steps it has been set, by the labels it has. */
  private final Map<Labels, double[]> results = new HashMap<>();

  private final List<Column> order = new ArrayList<>();

  VectorMatching(Evaluation evaluation, Binary binary) {
    this.evaluation = evaluation;
    this.binary = binary;
    this.matching = binary.matching();
    this.swapped = matching.group() == Matching.Group.RIGHT;
    this.filter = binary.op().kind() == BinaryOp.Kind.COMPARISON && !binary.bool();
    this.steps = evaluation.steps().count();
  }

  /** The labels by which an element finds its partner. */
  static Labels key(Matching matching, Labels labels) {
    return matching.on()
        ? labels.keep(matching.labels())
        : labels.without(Labels.NAME).without(matching.labels());
  }

  Columns match(List<Column> lefts, List<Column> rights) {
    List<Column> many = swapped ? rights : lefts;
    List<Column> one = swapped ? lefts : rights;
    Map<Labels, List<Column>> partners = partners(one, alive(many));
    var taken = new HashMap<Labels, boolean[]>();
    for (Column column : many) {
      Labels key = key(matching, column.labels());
      boolean[] used = taken.computeIfAbsent(key, k -> new boolean[steps]);
      for (Column partner : partners.getOrDefault(key, List.of())) {
        meet(column, partner, used);
      }
    }
    return new Columns(order);
  }

  /** The steps at which a side has any element. */
  private boolean[] alive(List<Column> columns) {
    var alive = new boolean[steps];
    for (Column column : columns) {
      for (int i = 0; i < steps; i++) {
        alive[i] |= column.has(i);
      }
    }
    return alive;
  }

  private Map<Labels, List<Column>> partners(List<Column> one, boolean[] manyAlive) {
    var partners = new HashMap<Labels, List<Column>>();
    for (Column column : one) {
      List<Column> group =
          partners.computeIfAbsent(key(matching, column.labels()), key -> new ArrayList<>());
      for (Column other : group) {
        for (int i = 0; i < steps; i++) {
          if (manyAlive[i] && column.has(i) && other.has(i)) {
            throw duplicate(column, other);
          }
        }
      }
      group.add(column);
    }
    return partners;
  }

  private QueryProblem duplicate(Column column, Column other) {
    return Evaluation.failed(
        "found duplicate series for the match group %s on the %s hand-side of the operation: [%s, %s];many-to-many matching not allowed: matching labels must be unique on one side"
            .formatted(
                braces(key(matching, column.labels())),
                swapped ? "left" : "right",
                braces(column.labels()),
                braces(other.labels())));
  }

  /** Labels as Go's Prometheus prints them: the name is a label like the others. */
  private static String braces(Labels labels) {
    var text = new StringBuilder("{");
    labels.forEach(
        (name, value) ->
            text.append(text.length() > 1 ? ", " : "")
                .append(Printer.label(name))
                .append('=')
                .append(Strings.quote(value)));
    return text.append('}').toString();
  }

  private void meet(Column many, Column one, boolean[] used) {
    double[] values = Result.nothing(steps);
    boolean any = false;
    for (int i = 0; i < steps; i++) {
      if (!many.has(i) || !one.has(i)) {
        continue;
      }
      double left = swapped ? one.values()[i] : many.values()[i];
      double right = swapped ? many.values()[i] : one.values()[i];
      if (matching.group() == Matching.Group.NONE && used[i]) {
        throw Evaluation.failed(
            "multiple matches for labels: many-to-one matching must be explicit"
                + " (group_left/group_right)");
      }
      used[i] = true;
      double answer = binary.op().apply(left, right);
      if (filter && answer == 0) {
        continue;
      }
      any = true;
      values[i] = filter ? left : answer;
    }
    if (any) {
      add(new Column(labels(many.labels(), one.labels()), values));
    }
  }

  private void add(Column column) {
    double[] before = results.putIfAbsent(column.labels(), column.values());
    if (before == null) {
      order.add(column);
      return;
    }
    var earlier = new Column(column.labels(), before);
    for (int i = 0; i < steps; i++) {
      if (column.has(i) && earlier.has(i)) {
        throw Evaluation.failed(
            "multiple matches for labels: grouping labels must ensure unique matches");
      }
      before[i] = column.has(i) ? column.values()[i] : before[i];
    }
  }

  private Labels labels(Labels many, Labels one) {
    Labels result = filter ? many : many.without(Labels.NAME);
    if (matching.group() == Matching.Group.NONE) {
      result = matching.on() ? result.keep(matching.labels()) : result.without(matching.labels());
    }
    for (String name : matching.include()) {
      result = result.with(name, one.get(name));
    }
    return result;
  }
}
