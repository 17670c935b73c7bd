package io.tocsin.grafana.board;

import static io.tocsin.grafana.Panel.figure;
import static io.tocsin.grafana.Panel.lines;
import static io.tocsin.grafana.Panel.meters;
import static io.tocsin.grafana.Panel.states;
import static io.tocsin.grafana.Panel.table;

import io.tocsin.grafana.Board;
import io.tocsin.grafana.Board.Section;
import io.tocsin.grafana.Chosen;
import io.tocsin.grafana.Scale;
import io.tocsin.grafana.Unit;
import java.util.List;

/** The wall board: is it all right? */
final class OverviewBoard {

  private OverviewBoard() {}

  static Board board() {
    return new Board(
        "tocsin-overview",
        "Operations overview",
        "The wall board. The top row answers in five seconds whether all is well; each figure"
            + " leads to the board that tells more.",
        "now-3h",
        List.of(),
        List.of(
            figure("Open incidents", "Incidents that are not resolved. Zero is a quiet night.")
                .ask("sum(tocsin_incidents_open{severity=~'$severity'})")
                .in(Unit.COUNT, Scale.red(1))
                .runbook("MajorOutage")
                .more("tocsin-incidents"),
            figure("Components not up", "Components of which a check is degraded or down.")
                .ask(
                    "count(max by (component) (check_verdict{component=~'$component'} < 3) > 0)"
                        + " or vector(0)")
                .in(Unit.COUNT, Scale.red(1))
                .runbook("CheckDown")
                .more("tocsin-checks"),
            figure("Firing alerts", "Alerts that fire now, muted ones included.")
                .ask("sum(tocsin_alerts{state='firing'})")
                .in(Unit.COUNT, Scale.amber(1))
                .more("tocsin-alerts"),
            figure("Clocks at risk", "Promises of open incidents that end within 15 minutes.")
                .ask(
                    "count(incident_clock_remaining_seconds{severity=~'$severity'} < 900) or"
                        + " vector(0)")
                .in(Unit.COUNT, Scale.amber(1))
                .more("tocsin-incidents"),
            figure(
                    "Error budget burn",
                    "The fastest burn of the last hour: 1 uses the budget up in 30 days, 14.4 in"
                        + " two.")
                .ask("max(slo:errors:ratio1h / on (slo) (1 - slo:target:ratio))")
                .in(Unit.COUNT, Scale.rising(1, 14.4))
                .runbook("ErrorBudgetBurnsFast")
                .emptyWhen("no objective is configured under slos.")
                .more("tocsin-slo"),
            figure("Tocsin itself", "The worst of its own checks: can this board be trusted?")
                .ask("min(tocsin_health)")
                .in(Unit.STATE, Scale.atLeast(1))
                .words(Words.FINE)
                .runbook("TocsinNotReady")
                .more("tocsin-self")),
        List.of(customers(), now(), watched()));
  }

  private static Section customers() {
    return Section.of(
        "What customers feel",
        states("Components", "The worst verdict of each component's checks, over time.")
            .ask("max by (component) (check_verdict{component=~'$component'})", "{{component}}")
            .in(Unit.STATE)
            .words(Words.VERDICT)
            .runbook("CheckDown"),
        lines("Requests that fail", "Share of requests that end in an error; alarm above 5 %.")
            .ask("service:http_errors:ratio1m", "{{service}}")
            .in(Unit.RATIO, Scale.rising(0.01, 0.05))
            .runbook("ErrorRateHigh")
            .emptyWhen("no service reports http_requests_total."),
        lines("Response time", "Mean of the last minute; target below 100 ms, alarm above 200 ms.")
            .ask("service:http_request_seconds:mean1m", "{{service}}")
            .in(Unit.SECONDS, Scale.rising(0.1, 0.2))
            .runbook("ApiResponseSlow")
            .emptyWhen("no service reports http_request_duration_seconds."),
        lines("Payments", "Payments a second by result. Only failures mean that revenue is lost.")
            .ask(
                "sum by (result)"
                    + " (rate(payments_total{environment=~'$environment'}[$__rate_interval]))",
                "{{result}}")
            .in(Unit.PER_SECOND)
            .runbook("PaymentsDown")
            .emptyWhen("nobody reports payments_total."));
  }

  private static Section now() {
    return Section.of(
        "What is going on",
        table("Open incidents", "The number leads to the incident in the console.")
            .sql(
                """
                SELECT id, number AS incident, lower(severity) AS severity, title, opened_at AS "since",
                  acknowledged_at AS "acknowledged"
                FROM incident
                WHERE state = 'OPEN' AND
                """
                    + Chosen.INCIDENT
                    + "ORDER BY opened_at DESC LIMIT 50")
            .in(Unit.STATE)
            .emptyWhen(Words.QUIET),
        table("Firing alerts", "What fires, since when, and which component it hits.")
            .sql(
                """
                SELECT alert_name AS alert, lower(severity) AS severity,
                  coalesce(labels ->> 'component', labels ->> 'instance', '') AS "where",
                  active_since AS "since"
                FROM alert
                WHERE phase = 'FIRING' AND
                """
                    + Chosen.ALERT
                    + "ORDER BY active_since DESC LIMIT 100")
            .in(Unit.STATE)
            .emptyWhen(Words.QUIET));
  }

  private static Section watched() {
    return Section.of(
        "Workflows and security",
        meters("Workflows", "Mean duration of the owner's workflows; target below 2 s.")
            .ask("workflow_duration_seconds_mean{environment=~'$environment'}", "{{workflow}}")
            .in(Unit.SECONDS, Scale.red(2))
            .runbook("WorkflowSlow")
            .emptyWhen(Words.NO_EXPORTER),
        meters("Vulnerabilities", "Findings of the last scan, by severity.")
            .ask(
                "sum by (target, severity) (vulnerabilities{severity=~'$severity'})",
                "{{target}} {{severity}}")
            .in(Unit.COUNT, Scale.red(1))
            .runbook("VulnerabilityCritical")
            .emptyWhen("no scanner pushes vulnerabilities."),
        meters("Security headers", "0 means that a component answers without the header.")
            .ask(
                "min by (component, header)"
                    + " (probe_security_header_present{component=~'$component'})",
                "{{component}} {{header}}")
            .in(Unit.STATE, Scale.atLeast(1))
            .runbook("SecurityHeaderMissing")
            .emptyWhen("no header check pushes probe_security_header_present."));
  }
}
