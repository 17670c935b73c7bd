package io.tocsin;

import io.tocsin.postgres.PostgresResponseTimes;
import io.tocsin.statuspage.PageSpec;
import io.tocsin.statuspage.ResponseCurve;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How fast the components of the page answered in the last day. An hour that is over is read once;
 * only the current one is read again.
 */
final class ResponseBoard {

  private final PostgresResponseTimes times;
  private final Function<String, List<String>> checksOf;
  private final Map<String, NavigableMap<Instant, Double>> known = new HashMap<>();
  private volatile Map<String, ResponseCurve> curves = Map.of();

  /**
   * An empty board.
   *
   * @param checksOf names of a component's checks
   */
  ResponseBoard(PostgresResponseTimes times, Function<String, List<String>> checksOf) {
    this.times = times;
    this.checksOf = checksOf;
  }

  Map<String, ResponseCurve> curves() {
    return curves;
  }

  /** Reads what is new for the components that may show it. Blocks. */
  synchronized void refresh(Collection<PageSpec.Component> components, Instant now) {
    var next = new HashMap<String, ResponseCurve>();
    List<String> shown =
        components.stream()
            .filter(PageSpec.Component::responseTime)
            .map(PageSpec.Component::name)
            .toList();
    known.keySet().retainAll(shown);
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    Instant first = hour.minus(Duration.ofHours(ResponseCurve.HOURS - 1));
    for (String name : shown) {
      NavigableMap<Instant, Double> hours =
          known.computeIfAbsent(name, component -> new TreeMap<>());
      hours.headMap(first, false).clear();
      Instant from = hours.isEmpty() ? first : hours.lastKey();
      hours.putAll(times.medians(checksOf.apply(name), from, now));
      next.put(name, curve(hours, first));
    }
    curves = Map.copyOf(next);
  }

  private static ResponseCurve curve(NavigableMap<Instant, Double> hours, Instant first) {
    var hourly = new ArrayList<OptionalDouble>();
    for (int hour = 0; hour < ResponseCurve.HOURS; hour++) {
      Double median = hours.get(first.plus(Duration.ofHours(hour)));
      hourly.add(median == null ? OptionalDouble.empty() : OptionalDouble.of(median));
    }
    return new ResponseCurve(hourly);
  }
}
