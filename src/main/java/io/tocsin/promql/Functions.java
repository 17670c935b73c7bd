package io.tocsin.promql;

import static io.tocsin.promql.ValueType.INSTANT_VECTOR;
import static io.tocsin.promql.ValueType.RANGE_VECTOR;
import static io.tocsin.promql.ValueType.SCALAR;
import static io.tocsin.promql.ValueType.STRING;

import io.tocsin.promql.Function.Body;
import io.tocsin.promql.Function.SampleMath;
import io.tocsin.promql.Function.Trait;
import io.tocsin.promql.Function.VectorMath;
import io.tocsin.promql.Function.WindowMath;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every function of the language, one entry each.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/functions/">Functions</a>
 */
public final class Functions {
  private static final int ANY = Integer.MAX_VALUE;

  private static final List<Function> TABLE =
      List.of(
          // each sample by itself
          math("abs", Math::abs),
          math("acos", Math::acos),
          math("acosh", MathFunctions::acosh),
          math("asin", Math::asin),
          math("asinh", MathFunctions::asinh),
          math("atan", Math::atan),
          math("atanh", MathFunctions::atanh),
          math("ceil", Math::ceil),
          math("cos", Math::cos),
          math("cosh", Math::cosh),
          math("deg", v -> v * 180 / Math.PI),
          math("exp", Math::exp),
          math("floor", Math::floor),
          math("ln", Math::log),
          math("log10", Math::log10),
          math("log2", MathFunctions::log2),
          math("rad", v -> v * Math.PI / 180),
          math("sgn", Math::signum),
          math("sin", Math::sin),
          math("sinh", Math::sinh),
          math("sqrt", Math::sqrt),
          math("tan", Math::tan),
          math("tanh", Math::tanh),
          sample("clamp", 3, 3, MathFunctions::clamp),
          sample("clamp_max", 2, 2, (v, s) -> MathFunctions.least(v, s[0])),
          sample("clamp_min", 2, 2, (v, s) -> MathFunctions.most(v, s[0])),
          sample("round", 1, 2, MathFunctions::round),
          // calendar, in UTC
          calendar("day_of_month", LocalDateTime::getDayOfMonth),
          calendar("day_of_week", CalendarFunctions::dayOfWeek),
          calendar("day_of_year", LocalDateTime::getDayOfYear),
          calendar("days_in_month", CalendarFunctions::daysInMonth),
          calendar("hour", LocalDateTime::getHour),
          calendar("minute", LocalDateTime::getMinute),
          calendar("month", LocalDateTime::getMonthValue),
          calendar("year", LocalDateTime::getYear),
          // each series' window
          counter("increase", RateFunctions::increase),
          counter("rate", RateFunctions::rate),
          window("irate", RateFunctions::irate),
          window("delta", RateFunctions::delta),
          window("idelta", RateFunctions::idelta),
          window("deriv", TrendFunctions::deriv),
          window("changes", RateFunctions::changes),
          window("resets", RateFunctions::resets),
          fold("avg_over_time", Statistics::mean),
          fold("count_over_time", Statistics::count),
          fold("mad_over_time", Statistics::medianDistance),
          fold("max_over_time", Statistics::max),
          fold("min_over_time", Statistics::min),
          fold("present_over_time", (values, from, to) -> 1),
          fold("stddev_over_time", Statistics::deviation),
          fold("stdvar_over_time", Statistics::variance),
          fold("sum_over_time", Statistics::sum),
          window("ts_of_first_over_time", (w, s) -> w.seconds(w.from)),
          window("ts_of_last_over_time", (w, s) -> w.seconds(w.to - 1)),
          window("ts_of_max_over_time", (w, s) -> w.seconds(Statistics.last(w, true))),
          window("ts_of_min_over_time", (w, s) -> w.seconds(Statistics.last(w, false))),
          keeping("first_over_time", (w, s) -> w.first()),
          keeping("last_over_time", (w, s) -> w.last()),
          new Function(
              "quantile_over_time",
              List.of(SCALAR, RANGE_VECTOR),
              2,
              2,
              INSTANT_VECTOR,
              new Body.PerWindow(
                  (w, s) -> Statistics.quantile(s[0], w.values, w.from, w.to), Trait.QUANTILE)),
          trend("predict_linear", 2, TrendFunctions::predictLinear),
          trend("double_exponential_smoothing", 3, TrendFunctions::doubleExponentialSmoothing),
          // its name before Prometheus 3
          trend("holt_winters", 3, TrendFunctions::doubleExponentialSmoothing),
          // whole vectors
          whole("absent", INSTANT_VECTOR, AbsentFunctions::absent, INSTANT_VECTOR),
          whole("absent_over_time", INSTANT_VECTOR, AbsentFunctions::absentOverTime, RANGE_VECTOR),
          whole(
              "histogram_quantile",
              INSTANT_VECTOR,
              HistogramFunctions::quantile,
              SCALAR,
              INSTANT_VECTOR),
          many(
              "histogram_quantiles",
              3,
              12,
              HistogramFunctions::quantiles,
              INSTANT_VECTOR,
              STRING,
              SCALAR),
          whole(
              "histogram_fraction",
              INSTANT_VECTOR,
              HistogramFunctions::fraction,
              SCALAR,
              SCALAR,
              INSTANT_VECTOR),
          ofNative("histogram_avg"),
          ofNative("histogram_count"),
          ofNative("histogram_stddev"),
          ofNative("histogram_stdvar"),
          ofNative("histogram_sum"),
          many(InfoFunction.NAME, 1, 2, InfoFunction::info, INSTANT_VECTOR, INSTANT_VECTOR),
          many("label_join", 3, ANY, LabelFunctions::join, INSTANT_VECTOR, STRING),
          many("label_replace", 5, 5, LabelFunctions::replace, INSTANT_VECTOR, STRING),
          whole("end", SCALAR, (e, c) -> e.numbers(e.query().steps().end() / 1000.0)),
          whole(
              "max_of", SCALAR, (e, c) -> VectorFunctions.extreme(e, c, Math::max), SCALAR, SCALAR),
          whole(
              "min_of", SCALAR, (e, c) -> VectorFunctions.extreme(e, c, Math::min), SCALAR, SCALAR),
          whole("range", SCALAR, (e, c) -> e.numbers(e.query().frame().rangeSeconds())),
          whole("start", SCALAR, (e, c) -> e.numbers(e.query().steps().start() / 1000.0)),
          whole("step", SCALAR, (e, c) -> e.numbers(e.query().frame().stepSeconds())),
          whole("pi", SCALAR, (e, c) -> e.numbers(Math.PI)),
          whole("scalar", SCALAR, VectorFunctions::scalar, INSTANT_VECTOR),
          whole("sort", INSTANT_VECTOR, VectorFunctions::sort, INSTANT_VECTOR),
          whole("sort_desc", INSTANT_VECTOR, VectorFunctions::sortDescending, INSTANT_VECTOR),
          many("sort_by_label", 1, ANY, LabelFunctions::sort, INSTANT_VECTOR, STRING),
          many(
              "sort_by_label_desc", 1, ANY, LabelFunctions::sortDescending, INSTANT_VECTOR, STRING),
          whole("start_timestamp", INSTANT_VECTOR, VectorFunctions::startTimestamp, INSTANT_VECTOR),
          whole("time", SCALAR, (e, c) -> new Result.Numbers(VectorFunctions.seconds(e))),
          whole("timestamp", INSTANT_VECTOR, VectorFunctions::timestamp, INSTANT_VECTOR),
          whole("vector", INSTANT_VECTOR, VectorFunctions::vector, SCALAR));

  private static final Map<String, Function> BY_NAME =
      TABLE.stream().collect(Collectors.toUnmodifiableMap(Function::name, f -> f));

  private Functions() {}

  /** The function of that name. */
  static Optional<Function> find(String name) {
    Optional<Function> found = Optional.ofNullable(BY_NAME.get(name));
    return found.isPresent() || !DurationParser.isFunction(name)
        ? found
        : Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The names of all functions. */
  public static SortedSet<String> names() {
    return new TreeSet<>(BY_NAME.keySet());
  }

  private static Function math(String name, DoubleUnaryOperator math) {
    return sample(name, 1, 1, (v, s) -> math.applyAsDouble(v));
  }

  private static Function sample(String name, int least, int most, SampleMath math) {
    return new Function(
        name,
        Stream.of(INSTANT_VECTOR, SCALAR).limit(most).toList(),
        least,
        most,
        INSTANT_VECTOR,
        new Body.PerSample(math));
  }

  private static Function calendar(String name, ToIntFunction<LocalDateTime> part) {
    return sample(name, 0, 1, (v, s) -> CalendarFunctions.part(v, part));
  }

  private static Function window(String name, WindowMath math) {
    return over(name, math, Trait.PLAIN);
  }

  private static Function counter(String name, WindowMath math) {
    return over(name, math, Trait.COUNTER);
  }

  private static Function keeping(String name, WindowMath math) {
    return over(name, math, Trait.KEEPS_NAME);
  }

  private static Function fold(String name, Statistics.Fold fold) {
    return window(name, (w, s) -> fold.apply(w.values, w.from, w.to));
  }

  private static Function over(String name, WindowMath math, Trait trait) {
    return new Function(
        name, List.of(RANGE_VECTOR), 1, 1, INSTANT_VECTOR, new Body.PerWindow(math, trait));
  }

  private static Function trend(String name, int arguments, WindowMath math) {
    return new Function(
        name,
        List.of(RANGE_VECTOR, SCALAR),
        arguments,
        arguments,
        INSTANT_VECTOR,
        new Body.PerWindow(math, Trait.PLAIN));
  }

  private static Function ofNative(String name) {
    return whole(name, INSTANT_VECTOR, HistogramFunctions::ofNative, INSTANT_VECTOR);
  }

  private static Function whole(
      String name, ValueType returns, VectorMath math, ValueType... parameters) {
    int count = parameters.length;
    return new Function(name, List.of(parameters), count, count, returns, new Body.Whole(math));
  }

  private static Function many(
      String name, int least, int most, VectorMath math, ValueType... parameters) {
    return new Function(
        name, List.of(parameters), least, most, INSTANT_VECTOR, new Body.Whole(math));
  }
}
