package io.tocsin.http;

import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentStore;
import io.tocsin.incident.NoiseReport;
import io.tocsin.incident.ResponseReport;
import io.tocsin.incident.ResponseReport.Story;
import io.tocsin.slo.SlaReport;
import io.tocsin.slo.Tier;
import io.tocsin.slo.UptimeStore;
import io.tocsin.slo.UptimeSubject;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what reports are made of. Calls block.
 *
 * @param incidents as committed
 * @param uptime days of components
 */
public record ReportDesk(IncidentStore incidents, UptimeStore uptime) {

  private static final int PAGE = 500;

  /** The most incidents that one report reads, the newest. */
  private static final int MOST = 2000;

  /** How fast we were. */
  public ResponseReport response(Instant from, Instant to, ResponseReport.By by) {
    return ResponseReport.of(stories(from, to), by);
  }

  /** Which rules are noise. */
  public NoiseReport noise(Instant from, Instant to) {
    return NoiseReport.of(stories(from, to));
  }

  /** What was promised for a month and kept. */
  public SlaReport sla(YearMonth month) {
    var days = uptime.days(UptimeSubject.Kind.COMPONENT, month.atDay(1), month.atEndOfMonth());
    return SlaReport.of(month, days, Tier.SHIPPED, SlaReport.Credit.SHIPPED);
  }

  /** Incidents that were opened within the time, newest first. */
  private List<Story> stories(Instant from, Instant to) {
    var stories = new ArrayList<Story>();
    Instant before = to;
    while (stories.size() < MOST) {
      List<Incident> page =
          incidents.search(
              new IncidentStore.Filter(
                  List.of(), List.of(), Optional.of(before), Optional.of(from), PAGE));
      for (Incident incident : page) {
        if (!incident.openedAt().isBefore(from)) {
          stories.add(new Story(incident, incidents.events(incident.id())));
        }
      }
      if (page.size() < PAGE || page.getLast().openedAt().isBefore(from)) {
        return stories;
      }
      before = page.getLast().openedAt();
    }
    return stories;
  }
}
