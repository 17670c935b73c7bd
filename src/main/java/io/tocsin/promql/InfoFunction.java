package io.tocsin.promql;

import com.google.re2j.Pattern;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.Expr.Call;
import io.tocsin.promql.Result.Columns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code info(v, {labels})}: adds labels of the info series that share {@code instance} and {@code
 * job} with a series.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/functions/#info">info</a>
 */
final class InfoFunction {
  static final String NAME = "info";

  private static final List<String> IDENTIFYING = List.of("instance", "job");
  private static final Matcher TARGET_INFO = Matcher.equal(Labels.NAME, "target_info");
  private static final Matcher ANY_INFO = Matcher.of(Labels.NAME, Matcher.Op.REGEX, ".+_info");

  private final Evaluation evaluation;
  private final int steps;
  private final List<Matcher> names;
  private final List<Matcher> data;
  private final Set<String> wanted;
  private final Map<Labels, double[]> results = new LinkedHashMap<>();
  private final Map<Labels, Column> bases = new HashMap<>();

  private InfoFunction(Evaluation evaluation, List<Matcher> matchers) {
    this.evaluation = evaluation;
    this.steps = evaluation.steps().count();
    List<Matcher> named = matchers.stream().filter(m -> m.name().equals(Labels.NAME)).toList();
    this.names = effective(named);
    this.data = matchers.stream().filter(m -> !m.name().equals(Labels.NAME)).toList();
    this.wanted = data.stream().map(Matcher::name).collect(Collectors.toSet());
  }

  static Result info(Evaluation evaluation, Call call) {
    List<Matcher> matchers =
        call.arguments().size() > 1
            ? ((Expr.VectorSelector) call.arguments().get(1)).matchers()
            : List.of();
    Expr base = call.arguments().getFirst();
    return new InfoFunction(evaluation, matchers).enriched(base);
  }

  /** Which metrics count as info: those named, all but those excluded, {@code target_info}. */
  private static List<Matcher> effective(List<Matcher> named) {
    boolean positive =
        named.stream().anyMatch(m -> m.op() == Matcher.Op.EQUAL || m.op() == Matcher.Op.REGEX);
    if (positive) {
      return named;
    }
    if (named.isEmpty()) {
      return List.of(TARGET_INFO);
    }
    var all = new ArrayList<>(named);
    all.add(ANY_INFO);
    return all;
  }

  private Columns enriched(Expr base) {
    List<Column> columns = evaluation.columns(base);
    Map<Labels, Map<String, List<Column>>> infos = infos(base, columns);
    for (Column column : columns) {
      if (isInfo(column)) {
        put(column, column.labels(), column.values());
      } else {
        enrich(column, infos.getOrDefault(column.labels().keep(IDENTIFYING), Map.of()));
      }
    }
    var enriched = new ArrayList<Column>(results.size());
    results.forEach(
        (labels, values) ->
            enriched.add(bases.getOrDefault(labels, Column.of(labels, values)).with(values)));
    return new Columns(enriched);
  }

  private boolean isInfo(Column column) {
    return names.stream().allMatch(m -> m.matches(column.labels().metricName()));
  }

  /** The info series by what identifies them and by metric; their values are their timestamps. */
  private Map<Labels, Map<String, List<Column>>> infos(Expr base, List<Column> columns) {
    var matchers = new ArrayList<Matcher>(names);
    matchers.addAll(data);
    for (String label : IDENTIFYING) {
      Set<String> values = new TreeSet<>();
      for (Column column : columns) {
        if (!isInfo(column) && column.labels().has(label)) {
          values.add(column.labels().get(label));
        }
      }
      if (!values.isEmpty()) {
        String any = values.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        matchers.add(Matcher.of(label, Matcher.Op.REGEX, any));
      }
    }
    if (matchers.size() == names.size() + data.size()) {
      return Map.of();
    }
    var infos = new HashMap<Labels, Map<String, List<Column>>>();
    evaluation
        .selection()
        .current(matchers, evaluation.selection().at(shift(base)), true)
        .each(
            column ->
                infos
                    .computeIfAbsent(column.labels().keep(IDENTIFYING), identity -> new TreeMap<>())
                    .computeIfAbsent(column.labels().metricName(), name -> new ArrayList<>())
                    .add(column));
    return infos;
  }

  /** When the first selector of the base looks: info is read at the same time. */
  private Shift shift(Expr base) {
    return shift(base, Shift.NONE).orElse(Shift.NONE);
  }

  private Optional<Shift> shift(Expr expr, Shift around) {
    return switch (expr) {
      case Expr.VectorSelector selector -> Optional.of(within(selector.shift(), around));
      case Expr.MatrixSelector matrix -> shift(matrix.vector(), around);
      case Expr.Subquery subquery -> shift(subquery.expr(), within(subquery.shift(), around));
      default ->
          expr.children().stream()
              .map(child -> shift(child, around))
              .flatMap(Optional::stream)
              .findFirst();
    };
  }

  /** An {@code @} inside makes what lies around it irrelevant; offsets add up. */
  private Shift within(Shift inner, Shift around) {
    if (inner.at().isPresent()) {
      return inner;
    }
    DurationExpr.Frame frame = evaluation.query().frame();
    long offset = inner.offset().millis(frame) + around.offset().millis(frame);
    return new Shift(DurationExpr.ofMillis(offset), around.at());
  }

  private void enrich(Column base, Map<String, List<Column>> metrics) {
    for (int i = 0; i < steps; i++) {
      if (!base.has(i)) {
        continue;
      }
      var added = new TreeMap<String, String>();
      boolean met = false;
      for (List<Column> series : metrics.values()) {
        Column newest = newest(series, i);
        if (newest != null) {
          met = true;
          add(base, newest.labels(), added);
        }
      }
      if (met || data.stream().allMatch(m -> m.matches(""))) {
        Labels labels = base.labels().with(Labels.from(added));
        put(base, labels, i, base.values()[i]);
      }
    }
  }

  private void add(Column base, Labels info, Map<String, String> added) {
    info.forEach(
        (name, value) -> {
          boolean asked = wanted.isEmpty() || wanted.contains(name);
          if (name.equals(Labels.NAME) || !asked) {
            return;
          }
          String before = added.get(name);
          if (before != null && !before.equals(value)) {
            throw Evaluation.failed("conflicting label: " + name);
          }
          if (!base.labels().has(name)) {
            added.put(name, value);
          }
        });
  }

  /** Of info series that overlap the one with the newest sample counts. */
  private static @Nullable Column newest(List<Column> series, int step) {
    @Nullable Column newest = null;
    for (Column column : series) {
      if (!column.has(step)) {
        continue;
      }
      if (newest != null && newest.values()[step] == column.values()[step]) {
        throw Evaluation.failed(
            "found duplicate series for info metric: existing %s @ %d, new %s @ %d"
                .formatted(
                    newest.labels(),
                    Math.round(newest.values()[step] * 1000),
                    column.labels(),
                    Math.round(column.values()[step] * 1000)));
      }
      if (newest == null || newest.values()[step] < column.values()[step]) {
        newest = column;
      }
    }
    return newest;
  }

  private void put(Column base, Labels labels, double[] values) {
    for (int i = 0; i < steps; i++) {
      if (base.has(i)) {
        put(base, labels, i, values[i]);
      }
    }
  }

  private void put(Column base, Labels labels, int step, double value) {
    double[] row = results.computeIfAbsent(labels, key -> Result.nothing(steps));
    bases.putIfAbsent(labels, base.with(labels));
    if (Column.of(labels, row).has(step)) {
      throw Evaluation.failed("vector cannot contain metrics with the same labelset");
    }
    row[step] = value;
  }
}
