package io.tocsin.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tocsin.label.Labels;
import io.tocsin.series.SeriesPoints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs scripts of the kind Prometheus' own query tests use: {@code load}, {@code clear}, {@code
 * eval[_ordered|_fail|_warn|_info] instant at T EXPR}, {@code eval range from A to B step S EXPR},
 * {@code delayed names} and {@code immediate names}; indented lines below are the data or what is
 * expected.
 */
final class QueryScript {
  private static final Pattern INSTANT =
      Pattern.compile("(eval\\w*) instant at (\\S+) (.*)", Pattern.DOTALL);
  private static final Pattern RANGE =
      Pattern.compile("(eval\\w*) range from (\\S+) to (\\S+) step (\\S+) (.*)", Pattern.DOTALL);
  private static final double TOLERANCE = 1e-9;

  /** A line that starts at the margin, with its indented lines. */
  record Command(int line, String text, List<String> body) {}

  private final ListReader reader = new ListReader();
  private Evaluator evaluator = new Evaluator(reader, QueryLimits.DEFAULT);

  static List<Command> commands(List<String> lines) {
    var commands = new ArrayList<Command>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      if (Character.isWhitespace(line.charAt(0))) {
        commands.getLast().body().add(line.strip());
      } else {
        commands.add(new Command(i + 1, line.strip(), new ArrayList<>()));
      }
    }
    return commands;
  }

  void run(Command command) {
    String text = command.text();
    if (text.equals("clear")) {
      reader.clear();
    } else if (text.endsWith(" names")) {
      boolean delayed = text.startsWith("delayed");
      evaluator = new Evaluator(reader, QueryLimits.DEFAULT.withDelayedNames(delayed));
    } else if (text.startsWith("load ")) {
      load(duration(text.substring(5)), command.body());
    } else {
      evaluate(command);
    }
  }

  private void load(long interval, List<String> body) {
    for (String line : body) {
      int end = line.indexOf('}') >= 0 ? line.indexOf('}') + 1 : line.indexOf(' ');
      Labels labels = SeriesNotation.labels(line.substring(0, end));
      List<OptionalDouble> values = SeriesNotation.values(line.substring(end));
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i).isPresent()) {
          reader.add(labels, i * interval, values.get(i).getAsDouble());
        }
      }
    }
  }

  private void evaluate(Command command) {
    Matcher instant = INSTANT.matcher(command.text());
    Matcher range = RANGE.matcher(command.text());
    if (instant.matches()) {
      long time = duration(instant.group(2));
      check(
          instant.group(1),
          command.body(),
          () -> evaluator.instant(Parser.parse(instant.group(3)), time));
    } else if (range.matches()) {
      check(
          range.group(1),
          command.body(),
          () ->
              evaluator.range(
                  Parser.parse(range.group(5)),
                  duration(range.group(2)),
                  duration(range.group(3)),
                  duration(range.group(4))));
    } else {
      throw new IllegalArgumentException("line " + command.line() + ": " + command.text());
    }
  }

  private interface Query {
    Value run();
  }

  private static void check(String kind, List<String> expected, Query query) {
    if (kind.equals("eval_fail")) {
      Throwable problem = catchThrowable(query::run);
      assertThat(problem).isInstanceOfAny(ParseProblem.class, QueryProblem.class);
      expected.forEach(part -> assertThat(problem).hasMessageContaining(part));
      return;
    }
    Value value = query.run();
    assertThat(value.notes().warnings().isEmpty()).isEqualTo(!kind.equals("eval_warn"));
    assertThat(value.notes().infos().isEmpty()).isEqualTo(!kind.equals("eval_info"));
    switch (value) {
      case Value.Scalar scalar -> near(expected.getFirst(), scalar.value());
      case Value.Text text ->
          assertThat(Strings.quote(text.value())).isEqualTo(expected.getFirst());
      case Value.Vector vector -> {
        var found = new LinkedHashMap<Labels, List<OptionalDouble>>();
        vector.samples().forEach(s -> found.put(s.labels(), List.of(OptionalDouble.of(s.value()))));
        compare(expected, found, kind.equals("eval_ordered"));
      }
      case Value.Matrix matrix -> {
        var found = new LinkedHashMap<Labels, List<OptionalDouble>>();
        matrix.series().forEach(s -> found.put(s.labels(), row(s, matrix)));
        compare(expected, found, false);
      }
    }
  }

  /** A series' values at all times at which any series has one. */
  private static List<OptionalDouble> row(SeriesPoints series, Value.Matrix matrix) {
    long[] times =
        matrix.series().stream()
            .flatMapToLong(s -> java.util.Arrays.stream(s.timestamps()))
            .distinct()
            .sorted()
            .toArray();
    var row = new ArrayList<OptionalDouble>();
    for (long time : times) {
      int at = java.util.Arrays.binarySearch(series.timestamps(), time);
      row.add(at < 0 ? OptionalDouble.empty() : OptionalDouble.of(series.values()[at]));
    }
    return row;
  }

  private static void compare(
      List<String> expected, Map<Labels, List<OptionalDouble>> found, boolean ordered) {
    var wanted = new LinkedHashMap<Labels, String>();
    for (String line : expected) {
      int end = line.indexOf('}') >= 0 ? line.lastIndexOf('}') + 1 : line.indexOf(' ');
      wanted.put(SeriesNotation.labels(line.substring(0, end)), line.substring(end).strip());
    }
    if (ordered) {
      assertThat(found.keySet()).containsExactlyElementsOf(wanted.keySet());
    } else {
      assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(wanted.keySet());
    }
    wanted.forEach(
        (labels, values) -> {
          List<OptionalDouble> row = SeriesNotation.values(values);
          assertThat(found.get(labels)).as(labels.toString()).hasSameSizeAs(row);
          for (int i = 0; i < row.size(); i++) {
            OptionalDouble other = found.get(labels).get(i);
            assertThat(other.isPresent()).as(labels.toString()).isEqualTo(row.get(i).isPresent());
            near(labels + " " + i, row.get(i).orElse(0), other.orElse(0));
          }
        });
  }

  private static void near(String expected, double found) {
    near("scalar", Numbers.parseSigned(expected).orElseThrow(), found);
  }

  private static void near(String what, double expected, double found) {
    Consumer<Double> matches =
        value ->
            assertThat(
                    Double.compare(expected, value) == 0
                        || expected == value
                        || Math.abs(expected - value)
                            <= TOLERANCE * Math.max(Math.abs(expected), Math.abs(value)))
                .as("%s: expected %s, found %s", what, expected, value)
                .isTrue();
    matches.accept(found);
  }

  private static long duration(String text) {
    boolean negative = text.startsWith("-");
    String magnitude = negative ? text.substring(1) : text;
    long millis =
        Durations.parse(magnitude)
            .orElseGet(() -> Math.round(Double.parseDouble(magnitude) * 1000));
    return negative ? -millis : millis;
  }
}
