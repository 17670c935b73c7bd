package io.tocsin.statuspage;

import io.tocsin.incident.Incident;
import io.tocsin.silence.Maintenance;
import io.tocsin.slo.DayUptime;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything the page is made from, read at one instant.
 *
 * @param incidents open ones and those of the last 90 days; unpublished ones are left out later
 * @param checks what the checks say, by component name; an unlisted name is ignored
 * @param maintenance planned work, past 90 days included
 * @param days uptime by component name, any order
 * @param asOf when all this was true
 */
public record PageInput(
    List<Incident> incidents,
    Map<String, ComponentState> checks,
    List<Maintenance> maintenance,
    Map<String, List<DayUptime>> days,
    Instant asOf) {

  public PageInput {
    incidents = List.copyOf(incidents);
    checks = Map.copyOf(checks);
    maintenance = List.copyOf(maintenance);
    days = Map.copyOf(days);
  }

  /** Nothing is known yet. */
  public static PageInput nothing(Instant asOf) {
    return new PageInput(List.of(), Map.of(), List.of(), Map.of(), asOf);
  }
}
