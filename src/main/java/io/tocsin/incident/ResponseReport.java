package io.tocsin.incident;

import io.tocsin.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How fast incidents were found, taken, told of and ended, by what they have in common.
 *
 * @param rows one for each value, in its order
 */
public record ResponseReport(List<Row> rows) {

  /** What incidents are put together by. */
  public enum By {
    SEVERITY,
    COMPONENT,
    TEAM,
    MONTH
  }

  /**
   * One incident with its timeline.
   *
   * @param events oldest first, not empty
   */
  public record Story(Incident incident, List<IncidentEvent> events) {
    public Story {
      events = List.copyOf(events);
    }
  }

  /**
   * Incidents of one value.
   *
   * @param mttd mean time from the first bad sample to the opening
   * @param mtta mean time to the acknowledgement
   * @param firstPublicUpdate mean time to the first public words of a person
   * @param mttr mean time to the end
   * @param mtbf mean time from one opening to the next
   */
  public record Row(
      String value,
      int incidents,
      Optional<Duration> mttd,
      Optional<Duration> mtta,
      Optional<Duration> firstPublicUpdate,
      Optional<Duration> mttr,
      Optional<Duration> mtbf) {}

  public ResponseReport {
    rows = List.copyOf(rows);
  }

  /** Reads it from incidents. */
  public static ResponseReport of(Collection<Story> stories, By by) {
    var groups = new TreeMap<String, List<Story>>();
    for (Story story : stories) {
      for (String value : values(story.incident, by)) {
        groups.computeIfAbsent(value, v -> new ArrayList<>()).add(story);
      }
    }
    var rows = new ArrayList<Row>();
    groups.forEach((value, group) -> rows.add(row(value, group)));
    return new ResponseReport(rows);
  }

  private static List<String> values(Incident incident, By by) {
    return switch (by) {
      case SEVERITY -> List.of(incident.severity().ordinal() + " " + incident.severity().label());
      case COMPONENT -> incident.components().isEmpty() ? List.of("none") : incident.components();
      case TEAM -> {
        List<String> teams =
            incident.alerts().stream()
                .map(alert -> alert.labels().get("team"))
                .filter(team -> !team.isEmpty())
                .distinct()
                .toList();
        yield teams.isEmpty() ? List.of("none") : teams;
      }
      case MONTH ->
          List.of(YearMonth.from(incident.openedAt().atOffset(ZoneOffset.UTC)).toString());
    };
  }

  private static Row row(String value, List<Story> group) {
    List<ResponseTimes> times =
        group.stream().map(story -> ResponseTimes.of(story.events)).toList();
    return new Row(
        value.replaceFirst("^\\d (?=[a-z]+$)", ""),
        group.size(),
        mean(group.stream().flatMap(story -> detection(story.incident).stream()).toList()),
        ResponseTimes.mean(times, ResponseTimes::toAcknowledge),
        ResponseTimes.mean(times, ResponseTimes::toFirstPublicUpdate),
        ResponseTimes.mean(times, ResponseTimes::toResolve),
        between(group));
  }

  private static Optional<Duration> detection(Incident incident) {
    return incident.alerts().stream()
        .map(Alert::activeSince)
        .min(Comparator.naturalOrder())
        .filter(first -> first.isBefore(incident.openedAt()))
        .map(first -> Duration.between(first, incident.openedAt()))
        .or(() -> incident.alerts().isEmpty() ? Optional.empty() : Optional.of(Duration.ZERO));
  }

  private static Optional<Duration> between(List<Story> group) {
    List<Instant> openings =
        group.stream().map(story -> story.incident.openedAt()).sorted().toList();
    return openings.size() < 2
        ? Optional.empty()
        : Optional.of(
            Duration.between(openings.getFirst(), openings.getLast())
                .dividedBy(openings.size() - 1));
  }

  private static Optional<Duration> mean(List<Duration> known) {
    return known.isEmpty()
        ? Optional.empty()
        : Optional.of(known.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(known.size()));
  }

  /** The rows by their value. */
  public Map<String, Row> byValue() {
    var map = new TreeMap<String, Row>();
    rows.forEach(row -> map.put(row.value, row));
    return map;
  }
}
