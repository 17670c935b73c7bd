package io.tocsin.grafana.board;

import static io.tocsin.grafana.Panel.figure;
import static io.tocsin.grafana.Panel.lines;
import static io.tocsin.grafana.Panel.table;

import io.tocsin.grafana.Board;
import io.tocsin.grafana.Board.Section;
import io.tocsin.grafana.Chosen;
import io.tocsin.grafana.Scale;
import io.tocsin.grafana.Unit;
import java.util.List;

/** How hard is it to carry the pager? */
final class OnCallBoard {

  private static final String NO_PAGES = "nobody was paged in this time.";

  private OnCallBoard() {}

  static Board board() {
    return new Board(
        "tocsin-oncall",
        "On call",
        "Who is on call, how often the pager goes, and how often it goes at night.",
        "now-7d",
        List.of(),
        List.of(
            figure("On call now", "People who carry the pager, over all schedules.")
                .ask("sum(tocsin_oncall_people)")
                .in(Unit.COUNT, Scale.atLeast(1))
                .emptyWhen("no schedule is configured under oncall."),
            figure("Schedules uncovered", "Schedules that have nobody now.")
                .ask("count(tocsin_oncall_people == 0) or vector(0)")
                .in(Unit.COUNT, Scale.red(1)),
            figure("Pages", "Incidents that paged somebody, in the time shown.")
                .sql(
                    """
                    SELECT count(DISTINCT incident_id) AS pages FROM delivery
                    WHERE transition LIKE '%-opened' AND $__timeFilter(planned_at) AND
                    """
                        + Chosen.OF_INCIDENT)
                .in(Unit.COUNT, Scale.rising(10, 20)),
            figure("At night", "Incidents opened from 22 to 6 UTC: more than two a week wear out.")
                .sql(
                    """
                    SELECT count(*) AS night FROM incident
                    WHERE $__timeFilter(opened_at)
                      AND (extract(hour FROM opened_at AT TIME ZONE 'UTC') >= 22
                        OR extract(hour FROM opened_at AT TIME ZONE 'UTC') < 6) AND
                    """
                        + Chosen.INCIDENT)
                .in(Unit.COUNT, Scale.rising(1, 3)),
            figure("Escalated", "Incidents that went to the next level.")
                .sql(
                    """
                    SELECT count(DISTINCT incident_id) AS escalated FROM incident_event
                    WHERE kind = 'Escalated' AND $__timeFilter(at) AND
                    """
                        + Chosen.OF_INCIDENT)
                .in(Unit.COUNT, Scale.amber(1)),
            figure("Undelivered", "Age of the oldest message that nobody has got yet.")
                .ask("max(tocsin_outbox_oldest_age_seconds)")
                .in(Unit.DURATION, Scale.rising(60, 120))
                .runbook("TocsinOutboxStuck")),
        List.of(
            Section.of(
                "Load",
                table("Acknowledged by", "Who took incidents, and how fast.")
                    .sql(
                        """
                        SELECT event.actor AS person, count(*) AS taken,
                          round(avg(extract(epoch FROM event.at - incident.opened_at)) / 60, 1)
                            AS "mean minutes",
                          count(*) FILTER (WHERE extract(hour FROM event.at AT TIME ZONE 'UTC') >= 22
                            OR extract(hour FROM event.at AT TIME ZONE 'UTC') < 6) AS "at night"
                        FROM incident_event AS event JOIN incident ON incident.id = event.incident_id
                        WHERE event.kind = 'Acknowledged' AND $__timeFilter(event.at) AND
                        """
                            + Chosen.INCIDENT
                            + "GROUP BY 1 ORDER BY taken DESC LIMIT 50")
                    .in(Unit.STATE)
                    .emptyWhen("nobody acknowledged an incident in this time."),
                lines("Pages a day", "Incidents that paged, by receiver.")
                    .sql(
                        """
                        SELECT date_trunc('day', planned_at) AS time,
                          split_part(destination, '/', 1) AS metric,
                          count(DISTINCT incident_id) AS value
                        FROM delivery
                        WHERE transition LIKE '%-opened' AND $__timeFilter(planned_at) AND
                        """
                            + Chosen.OF_INCIDENT
                            + "GROUP BY 1, 2 ORDER BY 1")
                    .in(Unit.COUNT)
                    .emptyWhen(NO_PAGES)),
            Section.of(
                "Does it reach them?",
                lines("Time of a delivery", "Mean time of one attempt, by receiver.")
                    .ask(
                        "sum by (receiver) (rate(tocsin_delivery_duration_seconds_sum[5m])) / (sum"
                            + " by (receiver) (rate(tocsin_delivery_duration_seconds_count[5m])) >"
                            + " 0)",
                        "{{receiver}}")
                    .in(Unit.SECONDS, Scale.rising(2, 10))
                    .runbook("TocsinReceiverFailing")
                    .emptyWhen("no message was sent in the last minutes."),
                table("Failed attempts", "Newest first, with what the receiver answered.")
                    .sql(
                        """
                        SELECT attempt.at, delivery.destination AS receiver, attempt.detail
                        FROM delivery_attempt AS attempt
                          JOIN delivery ON delivery.id = attempt.delivery_id
                        WHERE NOT attempt.delivered AND $__timeFilter(attempt.at) AND
                        """
                            + Chosen.OF_INCIDENT
                            + "ORDER BY attempt.at DESC LIMIT 100")
                    .in(Unit.STATE)
                    .runbook("TocsinReceiverFailing")
                    .emptyWhen(Words.QUIET),
                table("Overrides", "Who stands in for whom, from now on.")
                    .sql(
                        """
                        SELECT schedule, starts_at AS "from", ends_at AS "until",
                          document ->> 'person' AS person
                        FROM shift_override WHERE ends_at > now() ORDER BY starts_at LIMIT 100
                        """)
                    .in(Unit.STATE)
                    .emptyWhen("nobody stands in for anybody."))));
  }
}
