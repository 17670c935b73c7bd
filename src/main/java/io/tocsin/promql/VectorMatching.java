package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.promql.Expr.Binary;
import io.tocsin.promql.Result.Columns;
import io.tocsin.series.StaleMarker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
  private final boolean delayed;
  private final int steps;
  private final LabelKeys keys;

  /** For each result, where it stands in the order, by the labels it has. */
  private final Map<Labels, Integer> places = new HashMap<>();

  private final List<Column> order = new ArrayList<>();

  /** The elements of both sides that share their matching labels. */
  private record Group(List<Column> many, List<Column> one) {}

  VectorMatching(Evaluation evaluation, Binary binary) {
    this.evaluation = evaluation;
    this.binary = binary;
    this.matching = binary.matching();
    this.swapped = matching.group() == Matching.Group.RIGHT;
    this.filter = binary.op().kind() == BinaryOp.Kind.COMPARISON && !binary.bool();
    this.delayed = evaluation.query().limits().delayedNames();
    this.steps = evaluation.steps().count();
    this.keys = keys(matching);
  }

  /** The labels by which an element finds its partner. */
  static LabelKeys keys(Matching matching) {
    return matching.on() ? LabelKeys.by(matching.labels()) : LabelKeys.without(matching.labels());
  }

  Columns match(List<Column> lefts, List<Column> rights) {
    List<Column> many = swapped ? rights : lefts;
    List<Column> one = swapped ? lefts : rights;
    // As in Prometheus group_right changes the sides before the fills are looked at.
    OptionalDouble fillOne = matching.fill().right();
    OptionalDouble fillMany = matching.fill().left();
    boolean fills = !matching.fill().equals(Matching.Fill.NONE);
    boolean[] manyAlive = alive(many);
    var groups = new ArrayList<Group>();
    many.forEach(column -> group(groups, column).many.add(column));
    one.forEach(column -> group(groups, column).one.add(column));
    for (int number = 0; number < groups.size(); number++) {
      Group group = groups.get(number);
      requireUnique(group.one, number, fills ? null : manyAlive);
      Labels key = keys.labels(number);
      fillOne.ifPresent(value -> fill(group.one, group.many, key, value));
      fillMany.ifPresent(value -> fill(group.many, group.one, key, value));
      meet(group);
    }
    return new Columns(order);
  }

  private Group group(List<Group> groups, Column column) {
    int number = keys.group(column);
    if (number == groups.size()) {
      groups.add(new Group(new ArrayList<>(), new ArrayList<>()));
    }
    return groups.get(number);
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

  /** One element where the other side has any and this one has none. */
  private void fill(List<Column> side, List<Column> other, Labels key, double value) {
    boolean[] here = alive(side);
    boolean[] there = alive(other);
    double[] values = Result.nothing(steps);
    boolean any = false;
    for (int i = 0; i < steps; i++) {
      if (there[i] && !here[i]) {
        values[i] = value;
        any = true;
      }
    }
    if (any) {
      side.add(Column.of(key, values));
    }
  }

  /**
   * @param alive the steps at which the other side has anything; null for all
   */
  private void requireUnique(List<Column> one, int group, boolean @Nullable [] alive) {
    if (one.size() < 2) {
      return;
    }
    var seen = new Column[steps];
    for (Column column : one) {
      for (int i = 0; i < steps; i++) {
        if (column.has(i) && (alive == null || alive[i])) {
          if (seen[i] != null) {
            throw duplicate(column, seen[i], group);
          }
          seen[i] = column;
        }
      }
    }
  }

  private QueryProblem duplicate(Column column, Column other, int group) {
    String both =
        Stream.of(column.labels(), other.labels())
            .sorted()
            .map(VectorMatching::braces)
            .collect(Collectors.joining(", "));
    return Evaluation.failed(
        "found duplicate series for the match group %s on the %s hand-side of the operation: [%s];many-to-many matching not allowed: matching labels must be unique on one side"
            .formatted(braces(keys.labels(group)), swapped ? "left" : "right", both));
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

  private void meet(Group group) {
    var used = new boolean[steps];
    for (Column many : group.many) {
      for (Column one : group.one) {
        meet(many, one, used);
      }
    }
  }

  private void meet(Column many, Column one, boolean[] used) {
    double[] values = Result.nothing(steps);
    boolean any = false;
    for (int i = 0; i < steps; i++) {
      if (!many.has(i) || !one.has(i)) {
        continue;
      }
      if (matching.group() == Matching.Group.NONE && used[i]) {
        throw Evaluation.failed(
            "multiple matches for labels: many-to-one matching must be explicit"
                + " (group_left/group_right)");
      }
      used[i] = true;
      double left = swapped ? one.values()[i] : many.values()[i];
      double right = swapped ? many.values()[i] : one.values()[i];
      double answer = binary.op().apply(left, right);
      if (!filter || answer != 0) {
        any = true;
        values[i] = filter ? left : answer;
      }
    }
    if (any) {
      add(result(many, one, values));
    }
  }

  private void add(Column column) {
    Integer place = places.putIfAbsent(column.labels(), order.size());
    if (place == null) {
      order.add(column);
      return;
    }
    Column earlier = order.get(place);
    double[] joined = earlier.values();
    for (int i = 0; i < steps; i++) {
      if (column.has(i) && !StaleMarker.is(joined[i])) {
        throw Evaluation.failed(
            "multiple matches for labels: grouping labels must ensure unique matches");
      }
      joined[i] = column.has(i) ? column.values()[i] : joined[i];
    }
  }

  private Column result(Column many, Column one, double[] values) {
    boolean single = matching.group() == Matching.Group.NONE;
    boolean arithmetic = binary.op().kind() == BinaryOp.Kind.ARITHMETIC;
    boolean loses = arithmetic || (binary.bool() && !delayed);
    Labels labels = many.labels();
    if (loses) {
      labels = Column.nameless(labels);
    }
    if (single) {
      labels = matching.on() ? labels.keep(matching.labels()) : labels.without(matching.labels());
    }
    for (String name : matching.include()) {
      labels = labels.with(name, one.labels().get(name));
    }
    boolean leaving = delayed && (binary.bool() || many.isNameLeaving());
    return Column.of(labels, values, leaving && labels.has(Labels.NAME));
  }
}
