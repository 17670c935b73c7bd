package io.tocsin.statuspage;

import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.IncidentStore;
import io.tocsin.silence.MaintenanceStepStore;
import io.tocsin.silence.MaintenanceStore;
import io.tocsin.slo.DayUptime;
import io.tocsin.slo.UptimeStore;
import io.tocsin.slo.UptimeSubject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads the page's input from the stores.
 *
 * @param incidents open and past
 * @param maintenance planned and past
 * @param steps what was told of maintenance
 * @param known what is known beside the stores
 * @param uptime day by day
 * @param archive incidents older than the recent ones
 */
public record StoredPage(
    IncidentStore incidents,
    MaintenanceStore maintenance,
    MaintenanceStepStore steps,
    Known known,
    UptimeStore uptime,
    PastIncidents archive)
    implements PageSource {

  private static final int MOST_RECENT = 500;

  /** The recent past is read each time, the rest of it seldom. */
  private static final Duration RECENT = Duration.ofDays(Uptime.DAYS);

  /** A page that reads what is older by itself. */
  public StoredPage(
      IncidentStore incidents,
      MaintenanceStore maintenance,
      MaintenanceStepStore steps,
      Known known,
      UptimeStore uptime) {
    this(incidents, maintenance, steps, known, uptime, new PastIncidents(incidents, RECENT));
  }

  /**
   * What is known beside the stores.
   *
   * @param checks state by component name, from memory
   * @param responses how fast components answered, by name, from memory
   * @param summaries what published post-mortems say to the public, by incident
   */
  public record Known(
      Supplier<Map<String, ComponentState>> checks,
      Supplier<Map<String, ResponseCurve>> responses,
      Supplier<Map<IncidentId, String>> summaries) {}

  @Override
  public PageInput read(Instant now) {
    Instant since = now.minus(RECENT);
    Instant kept = now.minus(PageSnapshot.KEPT);
    return new PageInput(
        incidents(since, now),
        known.checks.get(),
        maintenance.endingAfter(kept),
        steps.endingAfter(since),
        daysUpTo(PageSnapshot.dateOf(now)),
        known.responses.get(),
        known.summaries.get(),
        now);
  }

  private Map<String, List<DayUptime>> daysUpTo(LocalDate today) {
    LocalDate first = today.minusDays(Uptime.DAYS - 1);
    return uptime.days(UptimeSubject.Kind.COMPONENT, first, today).stream()
        .collect(Collectors.groupingBy(day -> day.subject().name()));
  }

  /** Old ones, those that ended since, and every open one, however old. */
  private List<Incident> incidents(Instant since, Instant now) {
    Map<IncidentId, Incident> byId = new LinkedHashMap<>();
    archive.read(now).forEach(incident -> byId.put(incident.id(), incident));
    IncidentStore.Shown lately = incidents.shown(since, MOST_RECENT);
    byId.keySet().removeAll(lately.hidden());
    lately.published().forEach(incident -> byId.put(incident.id(), incident));
    return List.copyOf(byId.values());
  }
}
