package io.tocsin.grafana.board;

import static io.tocsin.grafana.Panel.figure;
import static io.tocsin.grafana.Panel.lines;
import static io.tocsin.grafana.Panel.meters;
import static io.tocsin.grafana.Panel.table;

import io.tocsin.grafana.Board;
import io.tocsin.grafana.Board.Section;
import io.tocsin.grafana.Scale;
import io.tocsin.grafana.Unit;
import java.util.List;

/** What each tier of customers was promised, and what it got. */
final class SlaBoard {

  private static final String NO_TICKETS = "the ticket system pushes no sla_* series.";

  private SlaBoard() {}

  static Board board() {
    return new Board(
        "tocsin-sla",
        "SLA by tier",
        "First response, resolution and uptime against what each tier was promised. A share of"
            + " misses above 5 % is a red flag.",
        "now-30d",
        List.of(),
        List.of(
            figure("Answers too late", "Share of first answers that missed their tier's target.")
                .ask("max(support_sla_miss_ratio{environment=~'$environment'})")
                .in(Unit.RATIO, Scale.rising(0.03, 0.05))
                .runbook("SlaMissesHigh")
                .emptyWhen(NO_TICKETS),
            figure("Uptime, worst component", "This month, planned maintenance excluded.")
                .sql(
                    """
                    SELECT min((up + degraded) / nullif(up + degraded + down, 0)) AS uptime FROM (
                      SELECT sum(up_seconds) AS up, sum(degraded_seconds) AS degraded,
                        sum(down_seconds) AS down
                      FROM check_day
                      WHERE kind = 'COMPONENT' AND day >= date_trunc('month', current_date)
                        AND name ~ '^(${component:regex})$'
                      GROUP BY name) AS month
                    """)
                .in(Unit.RATIO, Scale.falling(0.995, 0.999))
                .emptyWhen("no check has run this month."),
            figure("Enterprise, first answer", "Mean; promised within 1 h.")
                .ask("max(sla_first_response_seconds_mean{tier='enterprise'})")
                .in(Unit.DURATION, Scale.rising(2_700, 3_600))
                .runbook("SlaMissesHigh")
                .emptyWhen(NO_TICKETS),
            figure("Enterprise, resolution", "Mean; promised within 8 h.")
                .ask("max(sla_resolution_seconds_mean{tier='enterprise'})")
                .in(Unit.DURATION, Scale.rising(21_600, 28_800))
                .runbook("SlaMissesHigh")
                .emptyWhen(NO_TICKETS)),
        List.of(tiers(), uptime()));
  }

  private static Section tiers() {
    return Section.of(
        "Support by tier",
        meters("First answer, share of the target", "1 is the promise itself.")
            .ask(
                "sla_first_response_seconds_mean{environment=~'$environment'}"
                    + " / on (tier) sla_target_seconds{kind='first_response'}",
                "{{tier}}")
            .in(Unit.RATIO, Scale.rising(0.75, 1))
            .runbook("SlaMissesHigh")
            .emptyWhen(NO_TICKETS),
        meters("Resolution, share of the target", "1 is the promise itself.")
            .ask(
                "sla_resolution_seconds_mean{environment=~'$environment'}"
                    + " / on (tier) sla_target_seconds{kind='resolution'}",
                "{{tier}}")
            .in(Unit.RATIO, Scale.rising(0.75, 1))
            .runbook("SlaMissesHigh")
            .emptyWhen(NO_TICKETS),
        meters("Misses, last day", "Share of answers that came too late, by tier; above 5 % red.")
            .ask(
                "sum by (tier) (rate(sla_answers_total{result='missed'}[1d]))"
                    + " / (sum by (tier) (rate(sla_answers_total[1d])) > 0)",
                "{{tier}}")
            .in(Unit.RATIO, Scale.rising(0.03, 0.05))
            .runbook("SlaMissesHigh")
            .emptyWhen(NO_TICKETS),
        lines("First answer", "Mean by tier.")
            .ask("sla_first_response_seconds_mean{environment=~'$environment'}", "{{tier}}")
            .in(Unit.DURATION)
            .emptyWhen(NO_TICKETS),
        lines("Resolution", "Mean by tier.")
            .ask("sla_resolution_seconds_mean{environment=~'$environment'}", "{{tier}}")
            .in(Unit.DURATION)
            .emptyWhen(NO_TICKETS));
  }

  private static Section uptime() {
    return Section.of(
        "Uptime",
        table("This month", "Uptime by component, and the tiers whose promise it keeps.")
            .sql(
                """
                SELECT name AS component, round((100 * uptime)::numeric, 3) AS "uptime %",
                  round(down) AS "seconds down", uptime >= 0.995 AS starter,
                  uptime >= 0.999 AS professional, uptime >= 0.9995 AS enterprise
                FROM (
                  SELECT name, sum(down_seconds) AS down, sum(up_seconds + degraded_seconds)
                    / nullif(sum(up_seconds + degraded_seconds + down_seconds), 0) AS uptime
                  FROM check_day
                  WHERE kind = 'COMPONENT' AND day >= date_trunc('month', current_date)
                    AND name ~ '^(${component:regex})$'
                  GROUP BY name) AS month
                ORDER BY uptime LIMIT 200
                """)
            .in(Unit.STATE)
            .emptyWhen("no check has run this month."),
        lines("Uptime a day", "By component, planned maintenance excluded.")
            .sql(
                """
                SELECT day::timestamptz AS time, name AS metric,
                  (up_seconds + degraded_seconds)
                    / nullif(up_seconds + degraded_seconds + down_seconds, 0) AS value
                FROM (
                  SELECT *, least(day::timestamptz + interval '12 hours',
                    now() - interval '1 minute') AS seen
                  FROM check_day) AS days
                WHERE kind = 'COMPONENT' AND $__timeFilter(seen)
                  AND name ~ '^(${component:regex})$'
                ORDER BY 1
                """)
            .in(Unit.RATIO, Scale.falling(0.995, 0.999))
            .emptyWhen("no whole day lies in this time."));
  }
}
