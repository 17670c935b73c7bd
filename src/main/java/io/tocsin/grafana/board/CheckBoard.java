package io.tocsin.grafana.board;

import static io.tocsin.grafana.Panel.figure;
import static io.tocsin.grafana.Panel.heatmap;
import static io.tocsin.grafana.Panel.lines;
import static io.tocsin.grafana.Panel.meters;
import static io.tocsin.grafana.Panel.states;
import static io.tocsin.grafana.Panel.table;

import io.tocsin.grafana.Board;
import io.tocsin.grafana.Board.Section;
import io.tocsin.grafana.Scale;
import io.tocsin.grafana.Unit;
import io.tocsin.grafana.Variable;
import java.util.List;

/** Health checks, by component and check. */
final class CheckBoard {

  private static final String OF = "{component=~'$component', check=~'$check'}";

  private CheckBoard() {}

  static Board board() {
    return new Board(
        "tocsin-checks",
        "Health checks",
        "What each check finds, how long it takes, and what ends soon: certificates, domains,"
            + " silence of heartbeats.",
        "now-3h",
        List.of(Variable.CHECK),
        List.of(
            figure("Down", "Checks that are down.")
                .ask("count(check_verdict" + OF + " == 2) or vector(0)")
                .in(Unit.COUNT, Scale.red(1))
                .runbook("CheckDown"),
            figure("Degraded", "Checks that work with limits.")
                .ask("count(check_verdict" + OF + " == 1) or vector(0)")
                .in(Unit.COUNT, Scale.amber(1))
                .runbook("CheckDegraded"),
            figure("Success, last hour", "Share of probes that succeeded.")
                .ask("avg(avg_over_time(probe_success" + OF + "[1h]))")
                .in(Unit.RATIO, Scale.falling(0.99, 0.999)),
            figure("Slowest now", "Duration of the slowest check; alarm above 2 s.")
                .ask("max(probe_duration_seconds" + OF + ")")
                .in(Unit.SECONDS, Scale.rising(1, 2))
                .runbook("CheckSlow"),
            figure("First certificate to end", "Time left; alarm below 14 days, page below 3.")
                .ask("min(probe_ssl_earliest_cert_expiry" + OF + ") - time()")
                .in(Unit.DURATION, Scale.falling(259_200, 1_209_600))
                .runbook("CertificateExpiresSoon", "CertificateExpiresVerySoon")
                .emptyWhen("no check meets TLS."),
            figure("Scrape targets down", "Targets that give no metrics.")
                .ask("count(up{environment=~'$environment'} == 0) or vector(0)")
                .in(Unit.COUNT, Scale.red(1))
                .runbook("ScrapeTargetDown")),
        List.of(verdicts(), durations(), ends()));
  }

  private static Section verdicts() {
    return Section.of(
        "Verdicts",
        states("Checks", "What we held to be true of each check.")
            .ask("max by (check) (check_verdict" + OF + ")", "{{check}}")
            .in(Unit.STATE)
            .words(Words.VERDICT)
            .runbook("CheckDown", "CheckFlapping"),
        states("Parts", "Parts of health documents: Spring Boot, Dropwizard, Micronaut.")
            .ask("min by (check, name) (probe_health_check" + OF + ")", "{{check}} {{name}}")
            .in(Unit.STATE)
            .words(Words.UP)
            .runbook("HealthPartFailing")
            .emptyWhen("no check reads a health document."),
        lines("Changes of verdict", "More than 6 in 15 minutes is flapping.")
            .ask("changes(probe_success" + OF + "[15m])", "{{check}}")
            .in(Unit.COUNT, Scale.amber(6))
            .runbook("CheckFlapping"),
        table("Uptime today", "Seconds in each state since midnight UTC, by component.")
            .sql(
                """
                SELECT name AS component, round(up_seconds) AS up, round(degraded_seconds) AS degraded,
                  round(down_seconds) AS down, round(unknown_seconds) AS unknown,
                  round(maintenance_seconds) AS maintenance
                FROM check_day
                WHERE kind = 'COMPONENT' AND day = current_date AND name ~ '^(${component:regex})$'
                ORDER BY down_seconds DESC LIMIT 200
                """)
            .in(Unit.STATE)
            .emptyWhen("no check has run today."));
  }

  private static Section durations() {
    return Section.of(
        "Durations",
        lines("Duration by check", "How long each check took; alarm above 2 s.")
            .ask("max by (check) (probe_duration_seconds" + OF + ")", "{{check}}")
            .in(Unit.SECONDS, Scale.rising(1, 2))
            .runbook("CheckSlow"),
        lines("Percentiles", "50, 95 and 99 of a hundred checks were faster than this.")
            .ask(
                "quantile(0.5, quantile_over_time(0.5, probe_duration_seconds" + OF + "[5m]))",
                "p50")
            .ask(
                "quantile(0.95, quantile_over_time(0.95, probe_duration_seconds" + OF + "[5m]))",
                "p95")
            .ask(
                "max(quantile_over_time(0.99, probe_duration_seconds" + OF + "[5m]))",
                "p99, slowest check")
            .in(Unit.SECONDS, Scale.rising(1, 2)),
        heatmap("Distribution", "All checks by duration: dark cells hold many.")
            .ask(
                "sum by (le) (increase(tocsin_probe_duration_seconds_bucket[$__rate_interval]))",
                "{{le}}")
            .in(Unit.SECONDS),
        table("Failures", "Newest results that were no success, with the reason.")
            .sql(
                """
                SELECT at, check_name AS "check", component, lower(outcome) AS outcome, detail,
                  round(duration_ms::numeric) AS ms
                FROM check_result
                WHERE $__timeFilter(at) AND outcome <> 'SUCCESS' AND component ~ '^(${component:regex})$'
                  AND check_name ~ '^(${check:regex})$'
                ORDER BY at DESC LIMIT 100
                """)
            .in(Unit.STATE)
            .emptyWhen(Words.QUIET));
  }

  private static Section ends() {
    return Section.of(
        "What ends soon",
        meters("Certificates", "Time until the first certificate of each chain ends.")
            .ask("min by (check) (probe_ssl_earliest_cert_expiry" + OF + ") - time()", "{{check}}")
            .in(Unit.DURATION, Scale.falling(259_200, 1_209_600))
            .runbook("CertificateExpiresSoon", "CertificateExpiresVerySoon")
            .emptyWhen("no check meets TLS."),
        meters("Domains", "Days until the registration ends; alarm below 30.")
            .ask("min by (domain) (domain_expiry_days)", "{{domain}}")
            .in(Unit.DAYS, Scale.falling(14, 30))
            .runbook("DomainExpiresSoon")
            .emptyWhen("no job pushes domain_expiry_days."),
        meters("Heartbeats", "Time since each job reported; alarm above 26 h.")
            .ask("max by (check) (heartbeat_age_seconds)", "{{check}}")
            .in(Unit.DURATION, Scale.red(93_600))
            .runbook("HeartbeatSilent")
            .emptyWhen("no heartbeat is configured."));
  }
}
