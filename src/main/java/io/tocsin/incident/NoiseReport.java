package io.tocsin.incident;

import io.tocsin.alert.Alert;
import io.tocsin.incident.ResponseReport.Story;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which rules wake people for nothing.
 *
 * @param rows the noisiest rule first
 */
public record NoiseReport(List<Row> rows) {

  /** An end within this time, without anybody's doing, was hardly worth a page. */
  public static final Duration SHORT = Duration.ofMinutes(5);

  /**
   * One rule.
   *
   * @param rule name of its alert
   * @param incidents how many it opened or joined
   * @param alerts how many alerts of it were in them
   * @param acknowledged incidents that somebody took
   * @param endedShort incidents that ended by themselves within {@link #SHORT}
   * @param neverActedOn incidents on which no person did anything
   */
  public record Row(
      String rule, int incidents, int alerts, int acknowledged, int endedShort, int neverActedOn) {

    Row plus(Row other) {
      return new Row(
          rule,
          incidents + other.incidents,
          alerts + other.alerts,
          acknowledged + other.acknowledged,
          endedShort + other.endedShort,
          neverActedOn + other.neverActedOn);
    }
  }

  public NoiseReport {
    rows = List.copyOf(rows);
  }

  /** Reads it from incidents. */
  public static NoiseReport of(Collection<Story> stories) {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (Story story : stories) {
      Set<String> rules = new LinkedHashSet<>();
      story.incident().alerts().forEach(alert -> rules.add(alert.spec().alertName()));
      rules.forEach(rule -> rows.merge(rule, row(rule, story), Row::plus));
    }
    var sorted = new ArrayList<>(rows.values());
    sorted.sort(
        Comparator.comparingInt(Row::neverActedOn)
            .thenComparingInt(Row::incidents)
            .reversed()
            .thenComparing(Row::rule));
    return new NoiseReport(sorted);
  }

  private static Row row(String rule, Story story) {
    List<IncidentEvent> events = story.events();
    boolean acknowledged =
        events.stream().anyMatch(event -> event.change() instanceof Change.Acknowledged);
    boolean touched = events.stream().anyMatch(event -> event.actor().kind() == Actor.Kind.PERSON);
    boolean endedShort =
        !touched
            && ResponseTimes.of(events)
                .toResolve()
                .filter(took -> took.compareTo(SHORT) < 0)
                .isPresent();
    List<Alert> alerts = story.incident().alerts();
    int count =
        (int) alerts.stream().filter(alert -> alert.spec().alertName().equals(rule)).count();
    return new Row(rule, 1, count, acknowledged ? 1 : 0, endedShort ? 1 : 0, touched ? 0 : 1);
  }
}
