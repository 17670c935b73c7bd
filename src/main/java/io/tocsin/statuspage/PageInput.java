package io.tocsin.statuspage;

import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.silence.Maintenance;
import io.tocsin.silence.MaintenanceStep;
import io.tocsin.slo.DayUptime;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything the page is made from, read at one instant.
 *
 * @param incidents open ones and those of the last 400 days; unpublished ones are left out later
 * @param checks what the checks say, by component name; an unlisted name is ignored
 * @param maintenance planned work, past 90 days included
 * @param steps what was said of planned work, any order
 * @param days uptime by component name, any order
 * @param responses how fast components answered, by name; only those allowed are shown
 * @param summaries of published post-mortems in words for the public, by incident
 * @param asOf when all this was true
 */
public record PageInput(
    List<Incident> incidents,
    Map<String, ComponentState> checks,
    List<Maintenance> maintenance,
    List<MaintenanceStep> steps,
    Map<String, List<DayUptime>> days,
    Map<String, ResponseCurve> responses,
    Map<IncidentId, String> summaries,
    Instant asOf) {

  public PageInput {
    incidents = List.copyOf(incidents);
    checks = Map.copyOf(checks);
    maintenance = List.copyOf(maintenance);
    steps = List.copyOf(steps);
    days = Map.copyOf(days);
    responses = Map.copyOf(responses);
    summaries = Map.copyOf(summaries);
  }

  /** Without steps, response times and summaries. */
  public PageInput(
      List<Incident> incidents,
      Map<String, ComponentState> checks,
      List<Maintenance> maintenance,
      Map<String, List<DayUptime>> days,
      Instant asOf) {
    this(incidents, checks, maintenance, List.of(), days, Map.of(), Map.of(), asOf);
  }

  /** Nothing is known yet. */
  public static PageInput nothing(Instant asOf) {
    return new PageInput(List.of(), Map.of(), List.of(), Map.of(), asOf);
  }
}
