package io.tocsin.statuspage;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The public page at one instant; everything the HTML, the JSON and the feeds show.
 *
 * @param spec the page as configured
 * @param overall the banner
 * @param components in the page's order
 * @param open open published incidents, newest first
 * @param past ended published incidents of the last 90 days, newest first
 * @param maintenance planned work by start: ended, active and upcoming
 * @param dataAsOf when all this was true
 */
public record PageSnapshot(
    PageSpec spec,
    Overall overall,
    List<ComponentView> components,
    List<PublicIncident> open,
    List<PublicIncident> past,
    List<PlannedWork> maintenance,
    Instant dataAsOf) {

  /** Data older than this is shown as old. */
  public static final Duration STALE_AFTER = Duration.ofMinutes(2);

  public PageSnapshot {
    components = List.copyOf(components);
    open = List.copyOf(open);
    past = List.copyOf(past);
    maintenance = List.copyOf(maintenance);
  }

  /** Components under one title; empty title for those without a group. */
  public record Group(String title, List<ComponentView> components) {}

  /** One day's incidents, newest first, possibly none. */
  public record Day(LocalDate date, List<PublicIncident> incidents) {}

  /** Whether it is too old to be taken for the present. */
  public boolean stale(Instant now) {
    return Duration.between(dataAsOf, now).compareTo(STALE_AFTER) > 0;
  }

  /** Whether it says the same as another, whatever their age. */
  public boolean sameAs(PageSnapshot other) {
    return spec.equals(other.spec)
        && overall.equals(other.overall)
        && components.equals(other.components)
        && open.equals(other.open)
        && past.equals(other.past)
        && maintenance.equals(other.maintenance);
  }

  /** The groups in order of their first component. */
  public List<Group> groups() {
    Map<String, List<ComponentView>> groups = new LinkedHashMap<>();
    for (ComponentView component : components) {
      String title = component.spec().group().orElse("");
      groups.computeIfAbsent(title, ignored -> new ArrayList<>()).add(component);
    }
    return groups.entrySet().stream()
        .map(group -> new Group(group.getKey(), List.copyOf(group.getValue())))
        .toList();
  }

  /** All published incidents, open ones first, each part newest first. */
  public List<PublicIncident> incidents() {
    return Stream.concat(open.stream(), past.stream()).toList();
  }

  /** Work under way or ahead, by start. */
  public List<PlannedWork> currentMaintenance() {
    return maintenance.stream().filter(work -> work.active() || work.upcoming()).toList();
  }

  public Optional<PublicIncident> incident(String id) {
    return incidents().stream().filter(incident -> incident.id().equals(id)).findFirst();
  }

  /** The last so many days, today first, each with the ended incidents that began on it. */
  public List<Day> days(int count) {
    LocalDate today = dateOf(dataAsOf);
    List<Day> days = new ArrayList<>(count);
    for (int back = 0; back < count; back++) {
      LocalDate date = today.minusDays(back);
      days.add(
          new Day(
              date,
              past.stream()
                  .filter(incident -> dateOf(incident.startedAt()).equals(date))
                  .toList()));
    }
    return days;
  }

  static LocalDate dateOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
