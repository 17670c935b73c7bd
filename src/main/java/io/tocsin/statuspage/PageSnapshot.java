package io.tocsin.statuspage;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The public page at one instant; everything the HTML, the JSON and the feeds show.
 *
 * @param spec the page as configured
 * @param overall the banner
 * @param components in the page's order
 * @param open open published incidents, newest first
 * @param past ended published incidents of the last 400 days, newest first
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

  /** How long an ended incident can be read about. */
  public static final Duration KEPT = Duration.ofDays(400);

  public PageSnapshot {
    components = List.copyOf(components);
    open = List.copyOf(open);
    past = List.copyOf(past);
    maintenance = List.copyOf(maintenance);
  }

  /** Components under one title; empty title for those without a group. */
  public record Group(String title, List<ComponentView> components) {

    /** The worst state of its members. */
    public ComponentState state() {
      return components.stream()
          .map(ComponentView::state)
          .max(Overall.BADNESS)
          .orElse(ComponentState.UNKNOWN);
    }
  }

  /** One day's ended incidents and planned work, newest first, possibly none. */
  public record Day(LocalDate date, List<PublicIncident> incidents, List<PlannedWork> works) {

    public boolean quiet() {
      return incidents.isEmpty() && works.isEmpty();
    }
  }

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

  /** The last so many days, today first, with what began on each and is over. */
  public List<Day> days(int count) {
    LocalDate today = dateOf(dataAsOf);
    return IntStream.range(0, count).mapToObj(back -> day(today.minusDays(back))).toList();
  }

  /** The days of a month on which something began that is over, newest first. */
  public List<Day> days(YearMonth month) {
    return IntStream.rangeClosed(1, month.lengthOfMonth())
        .mapToObj(day -> day(month.atDay(month.lengthOfMonth() + 1 - day)))
        .filter(day -> !day.quiet())
        .toList();
  }

  private Day day(LocalDate date) {
    return new Day(
        date,
        past.stream().filter(incident -> dateOf(incident.startedAt()).equals(date)).toList(),
        maintenance.stream()
            .filter(work -> work.over() && dateOf(work.startsAt()).equals(date))
            .toList());
  }

  /** This month and every one before it of which something is told, newest first. */
  public List<YearMonth> months() {
    var months = new TreeSet<YearMonth>(Comparator.reverseOrder());
    months.add(YearMonth.from(dateOf(dataAsOf)));
    past.forEach(incident -> months.add(YearMonth.from(dateOf(incident.startedAt()))));
    maintenance.stream()
        .filter(PlannedWork::over)
        .forEach(work -> months.add(YearMonth.from(dateOf(work.startsAt()))));
    return List.copyOf(months);
  }

  /** The incidents that hit a component on a day, newest first. */
  public List<PublicIncident> incidents(PageSpec.Component component, LocalDate day) {
    return incidents().stream()
        .filter(incident -> incident.components().contains(component) && incident.on(day, dataAsOf))
        .toList();
  }

  /** The day (UTC) an instant is on. */
  public static LocalDate dateOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
