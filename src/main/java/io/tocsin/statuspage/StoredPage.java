package io.tocsin.statuspage;

import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.IncidentStore;
import io.tocsin.silence.MaintenanceStore;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads the page's input from the stores.
 *
 * @param incidents open and past
 * @param maintenance planned and past
 * @param checks state by component name, from memory
 * @param uptime day by day
 */
public record StoredPage(
    IncidentStore incidents,
    MaintenanceStore maintenance,
    Supplier<Map<String, ComponentState>> checks,
    UptimeLedger uptime)
    implements PageSource {

  private static final int MOST_PAST = 500;

  @Override
  public PageInput read(Instant now) {
    Instant since = now.minus(Duration.ofDays(Uptime.DAYS));
    return new PageInput(
        incidentsSince(since),
        checks.get(),
        maintenance.endingAfter(since),
        uptime.since(PageSnapshot.dateOf(since)),
        now);
  }

  /** The newest that ended since, and every open one, however old. */
  private List<Incident> incidentsSince(Instant since) {
    var filter =
        new IncidentStore.Filter(
            List.of(), List.of(), Optional.empty(), Optional.of(since), MOST_PAST);
    Map<IncidentId, Incident> byId = new LinkedHashMap<>();
    incidents.search(filter).forEach(incident -> byId.put(incident.id(), incident));
    incidents.open().forEach(incident -> byId.put(incident.id(), incident));
    return List.copyOf(byId.values());
  }
}
