package io.tocsin.grafana.board;

import static io.tocsin.grafana.Panel.figure;
import static io.tocsin.grafana.Panel.lines;
import static io.tocsin.grafana.Panel.states;
import static io.tocsin.grafana.Panel.table;

import io.tocsin.grafana.Board;
import io.tocsin.grafana.Board.Section;
import io.tocsin.grafana.Chosen;
import io.tocsin.grafana.Scale;
import io.tocsin.grafana.Unit;
import java.util.List;

/** Which alerts are worth their noise? */
final class AlertBoard {

  private static final String NONE = "no alert fired in this time.";

  private AlertBoard() {}

  static Board board() {
    return new Board(
        "tocsin-alerts",
        "Alerts and noise",
        "What fires, what fires too often, and what fires without anybody having to act.",
        "now-7d",
        List.of(),
        List.of(
            figure("Firing", "Alerts that fire now, muted ones included.")
                .ask("sum(tocsin_alerts{state='firing'})")
                .in(Unit.COUNT, Scale.amber(1)),
            figure("Pending", "Breaches that have not lasted long enough yet.")
                .ask("sum(tocsin_alerts{state='pending'})")
                .in(Unit.COUNT),
            figure("Episodes", "How often any alert fired, in the time shown.")
                .sql(
                    """
                    SELECT count(*) AS episodes FROM alert_episode
                    WHERE fired AND $__timeFilter(active_since) AND
                    """
                        + Chosen.EPISODE)
                .in(Unit.COUNT),
            figure("Over within 5 minutes", "Share of episodes: short ones are often noise.")
                .sql(
                    """
                    SELECT avg((ended_at - active_since < interval '5 minutes')::int) AS short
                    FROM alert_episode
                    WHERE fired AND ended_at IS NOT NULL AND $__timeFilter(active_since) AND
                    """
                        + Chosen.EPISODE)
                .in(Unit.RATIO, Scale.rising(0.3, 0.6))
                .emptyWhen(NONE),
            figure("Nobody acted", "Share of resolved incidents that no person touched.")
                .sql(
                    """
                    SELECT avg((NOT EXISTS (SELECT FROM incident_event AS event
                        WHERE event.incident_id = incident.id
                          AND event.document -> 'actor' ->> 'kind' <> 'SYSTEM'))::int) AS untouched
                    FROM incident WHERE state <> 'OPEN' AND $__timeFilter(opened_at) AND
                    """
                        + Chosen.INCIDENT)
                .in(Unit.RATIO, Scale.rising(0.3, 0.6))
                .emptyWhen("no incident was resolved in this time."),
            figure("Messages", "Sent in the time shown, by all receivers.")
                .sql(
                    """
                    SELECT count(*) AS messages FROM delivery
                    WHERE state = 'DELIVERED' AND $__timeFilter(planned_at) AND
                    """
                        + Chosen.OF_INCIDENT)
                .in(Unit.COUNT)),
        List.of(
            Section.of(
                "Now",
                states("What fired", "Each alert while it fired.")
                    .ask(
                        "max by (alertname) (ALERTS{alertstate='firing', severity=~'$severity'})",
                        "{{alertname}}")
                    .in(Unit.STATE)
                    .words(Words.FIRING)
                    .emptyWhen(NONE),
                lines("Firing and pending", "How many, over time.")
                    .ask("sum by (state) (tocsin_alerts)", "{{state}}")
                    .in(Unit.COUNT)),
            Section.of(
                "Noise",
                table(
                        "Loudest alerts",
                        "How often each fired, how long, how many led to incidents.")
                    .sql(
                        """
                        SELECT name AS alert, lower(severity) AS severity, count(*) AS fired,
                          round(avg(extract(epoch FROM coalesce(ended_at, now()) - active_since)) / 60, 1)
                            AS "mean minutes",
                          count(*) FILTER (WHERE jsonb_array_length(document -> 'incidents') > 0) AS incidents,
                          count(*) FILTER (WHERE jsonb_array_length(document -> 'hushes') > 0) AS muted
                        FROM alert_episode
                        WHERE fired AND $__timeFilter(active_since) AND
                        """
                            + Chosen.EPISODE
                            + "GROUP BY 1, 2 ORDER BY fired DESC LIMIT 50")
                    .in(Unit.STATE)
                    .emptyWhen(NONE),
                lines("Episodes a day", "How often alerts fired, by severity.")
                    .sql(
                        """
                        SELECT date_trunc('day', active_since) AS time, lower(severity) AS metric,
                          count(*) AS value
                        FROM alert_episode
                        WHERE fired AND $__timeFilter(active_since) AND
                        """
                            + Chosen.EPISODE
                            + "GROUP BY 1, 2 ORDER BY 1")
                    .in(Unit.COUNT)
                    .emptyWhen(NONE),
                table("Silences", "What is kept quiet, and until when.")
                    .sql(
                        """
                        SELECT starts_at AS "from", ends_at AS "until",
                          document ->> 'comment' AS reason, document ->> 'author' AS "by"
                        FROM silence WHERE ends_at > now() ORDER BY ends_at LIMIT 100
                        """)
                    .in(Unit.STATE)
                    .emptyWhen("nothing is silenced."))));
  }
}
