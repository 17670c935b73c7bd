package io.tocsin.grafana.board;

import static io.tocsin.grafana.Panel.figure;
import static io.tocsin.grafana.Panel.lines;
import static io.tocsin.grafana.Panel.meters;
import static io.tocsin.grafana.Panel.table;

import io.tocsin.grafana.Board;
import io.tocsin.grafana.Board.Section;
import io.tocsin.grafana.Chosen;
import io.tocsin.grafana.Scale;
import io.tocsin.grafana.Unit;
import java.util.List;

/** Incidents and response: how fast, how often, who. */
final class IncidentBoard {

  private IncidentBoard() {}

  static Board board() {
    return new Board(
        "tocsin-incidents",
        "Incidents and response",
        "How fast we acknowledge and resolve, which promises run out, and who carries the load.",
        "now-7d",
        List.of(),
        List.of(
            figure("Open incidents", "Incidents that are not resolved.")
                .ask("sum(tocsin_incidents_open{severity=~'$severity'})")
                .in(Unit.COUNT, Scale.red(1))
                .runbook("MajorOutage", "CrisisCommunication"),
            figure("Nearest clock", "Time left of the promise that ends first; red when missed.")
                .ask("min(incident_clock_remaining_seconds{severity=~'$severity'})")
                .in(Unit.DURATION, Scale.falling(0, 900))
                .emptyWhen(Words.QUIET),
            figure("MTTA", "Mean time to acknowledge, over the time shown.")
                .sql(
                    """
                    SELECT avg(extract(epoch FROM acknowledged_at - opened_at)) AS mtta
                    FROM incident WHERE acknowledged_at IS NOT NULL AND $__timeFilter(opened_at) AND
                    """
                        + Chosen.INCIDENT)
                .in(Unit.DURATION, Scale.rising(900, 3600))
                .emptyWhen("nobody acknowledged an incident in this time."),
            figure("MTTR", "Mean time to resolve, over the time shown.")
                .sql(
                    """
                    SELECT avg(extract(epoch FROM resolved_at - opened_at)) AS mttr
                    FROM incident WHERE resolved_at IS NOT NULL AND $__timeFilter(opened_at) AND
                    """
                        + Chosen.INCIDENT)
                .in(Unit.DURATION, Scale.rising(14_400, 28_800))
                .emptyWhen("no incident was resolved in this time."),
            figure("Incidents", "Opened in the time shown.")
                .sql(
                    "SELECT count(*) AS incidents FROM incident WHERE $__timeFilter(opened_at) AND "
                        + Chosen.INCIDENT)
                .in(Unit.COUNT),
            figure("Promises missed", "Clocks that ran out, of incidents of the time shown.")
                .sql(
                    """
                    SELECT count(*) AS missed
                    FROM incident, jsonb_array_elements(document -> 'clocks') AS clock
                    WHERE clock ->> 'breachedAt' IS NOT NULL AND $__timeFilter(opened_at) AND
                    """
                        + Chosen.INCIDENT)
                .in(Unit.COUNT, Scale.red(1))),
        List.of(clocks(), load(), history()));
  }

  private static Section clocks() {
    return Section.of(
        "Promises",
        lines("Clocks of open incidents", "Time left until each promise; below zero it is missed.")
            .ask(
                "min by (clock, severity)"
                    + " (incident_clock_remaining_seconds{severity=~'$severity'})",
                "{{severity}} {{clock}}")
            .in(Unit.DURATION, Scale.falling(0, 900))
            .emptyWhen(Words.QUIET),
        lines("Open incidents by severity", "How many were open, over time.")
            .ask("sum by (severity) (tocsin_incidents_open{severity=~'$severity'})", "{{severity}}")
            .in(Unit.COUNT));
  }

  private static Section load() {
    return Section.of(
        "Who carries the load",
        table("Load per person", "What people did in incidents: acknowledged, posted, resolved.")
            .sql(
                """
                SELECT actor AS person, count(DISTINCT incident_id) AS incidents,
                  count(*) FILTER (WHERE kind = 'Acknowledged') AS acknowledged,
                  count(*) FILTER (WHERE kind = 'UpdatePosted') AS updates,
                  count(*) FILTER (WHERE kind = 'Resolved') AS resolved
                FROM incident_event
                WHERE $__timeFilter(at) AND document -> 'actor' ->> 'kind' <> 'SYSTEM' AND
                """
                    + Chosen.OF_INCIDENT
                    + "GROUP BY actor ORDER BY incidents DESC LIMIT 50")
            .in(Unit.COUNT)
            .emptyWhen("nobody but Tocsin itself acted in this time."),
        meters("Deliveries", "Messages of the last day by receiver and result.")
            .ask(
                "sum by (receiver, result) (increase(tocsin_deliveries_total[1d]))",
                "{{receiver}} {{result}}")
            .in(Unit.COUNT)
            .runbook("TocsinReceiverFailing")
            .emptyWhen("no message was sent in a day."));
  }

  private static Section history() {
    return Section.of(
        "What happened",
        lines("Incidents a day", "Opened, by severity.")
            .sql(
                """
                SELECT date_trunc('day', opened_at) AS time, lower(severity) AS metric, count(*) AS value
                FROM incident WHERE $__timeFilter(opened_at) AND
                """
                    + Chosen.INCIDENT
                    + " GROUP BY 1, 2 ORDER BY 1")
            .in(Unit.COUNT)
            .emptyWhen("no incident was opened in this time."),
        table("Incidents", "Newest first; the number leads to the incident.")
            .sql(
                """
                SELECT id, number AS incident, lower(severity) AS severity, lower(state) AS state, title,
                  opened_at AS opened, resolved_at AS resolved,
                  round(extract(epoch FROM resolved_at - opened_at) / 60) AS minutes
                FROM incident WHERE $__timeFilter(opened_at) AND
                """
                    + Chosen.INCIDENT
                    + " ORDER BY opened_at DESC LIMIT 200")
            .in(Unit.STATE)
            .emptyWhen("no incident was opened in this time."));
  }
}
