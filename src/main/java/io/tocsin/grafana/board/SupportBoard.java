package io.tocsin.grafana.board;

import static io.tocsin.grafana.Panel.figure;
import static io.tocsin.grafana.Panel.lines;
import static io.tocsin.grafana.Panel.meters;
import static io.tocsin.grafana.Panel.states;

import io.tocsin.grafana.Board;
import io.tocsin.grafana.Board.Section;
import io.tocsin.grafana.Panel;
import io.tocsin.grafana.Scale;
import io.tocsin.grafana.Unit;
import java.util.List;

/** Support health: red, yellow, green, as the owner's table has it. */
final class SupportBoard {

  private static final String NONE = "the ticket system pushes no support figures.";
  private static final String OF = "{environment=~'$environment'}";

  private SupportBoard() {}

  static Board board() {
    return new Board(
        "tocsin-support",
        "Support health",
        "The owner's table of red, yellow and green: how customers are answered, and how the"
            + " people who answer them fare.",
        "now-7d",
        List.of(),
        List.of(
            figure("Red signals", "Of eight; each is an alert.")
                .ask("count(support:health:state == 2) or vector(0)")
                .in(Unit.COUNT, Scale.red(1))
                .runbook("SupportResponseRed", "SupportResolutionRed"),
            figure("Yellow signals", "Of eight; a day of yellow is told.")
                .ask("count(support:health:state == 1) or vector(0)")
                .in(Unit.COUNT, Scale.amber(1))
                .runbook("SupportHealthYellow"),
            kpi(
                    "First answer",
                    "Green below 4 h, red above 24 h.",
                    "support_first_response_seconds_mean")
                .in(Unit.DURATION, Scale.rising(14_400, 86_400))
                .runbook("SupportResponseRed"),
            kpi("Satisfaction", "CSAT: green above 85 %, red below 70 %.", "support_csat_ratio")
                .in(Unit.RATIO, Scale.falling(0.7, 0.85))
                .runbook("CustomerSatisfactionLow"),
            kpi("Backlog", "In daily volumes: green below 1, red above 3.", "support_backlog_days")
                .in(Unit.DAYS, Scale.rising(1, 3))
                .runbook("SupportBacklogHigh"),
            kpi(
                    "SLA misses",
                    "Share of first answers; red flag above 5 %.",
                    "support_sla_miss_ratio")
                .in(Unit.RATIO, Scale.rising(0.03, 0.05))
                .runbook("SlaMissesHigh")),
        List.of(
            Section.of(
                "The table",
                states("Red, yellow, green", "Each signal, over time.")
                    .ask("max by (signal) (support:health:state)", "{{signal}}")
                    .in(Unit.STATE)
                    .words(Words.HEALTH)
                    .runbook("SupportHealthYellow")
                    .emptyWhen(NONE),
                meters(
                        "Same issue again",
                        "Reports by customer and issue; from 3 on it is escalated.")
                    .ask(
                        "topk(10, max by (customer, issue) (support_issue_reports" + OF + "))",
                        "{{customer}}: {{issue}}")
                    .in(Unit.COUNT, Scale.red(3))
                    .runbook("SameIssueRepeated", "CustomerEscalation")
                    .emptyWhen("no issue was reported twice.")),
            Section.of(
                "Customers",
                line(
                        "First answer and resolution",
                        "Mean times.",
                        "support_first_response_seconds_mean",
                        "first answer")
                    .ask("support_resolution_seconds_mean" + OF, "resolution")
                    .in(Unit.DURATION)
                    .runbook("SupportResponseRed", "SupportResolutionRed"),
                line(
                        "Satisfaction",
                        "CSAT: green above 85 %, red below 70 %.",
                        "support_csat_ratio",
                        "CSAT")
                    .in(Unit.RATIO, Scale.falling(0.7, 0.85))
                    .runbook("CustomerSatisfactionLow"),
                line(
                        "Solved at first contact",
                        "Green above 70 %, red below 50 %.",
                        "support_first_contact_resolution_ratio",
                        "first contact")
                    .in(Unit.RATIO, Scale.falling(0.5, 0.7))
                    .runbook("FirstContactResolutionLow"),
                line(
                        "Customer effort",
                        "Of 5: green below 3, red above 4.",
                        "support_customer_effort_score",
                        "effort")
                    .in(Unit.COUNT, Scale.rising(3, 4))
                    .runbook("CustomerEffortHigh")),
            voices(),
            Section.of(
                "Agents",
                line(
                        "Utilisation",
                        "Green from 60 to 80 %, red above 90 or below 40 %.",
                        "support_agent_utilisation_ratio",
                        "utilisation")
                    .in(Unit.RATIO, Scale.rising(0.8, 0.9))
                    .runbook("AgentsOverloaded", "AgentsIdle"),
                line(
                        "Escalations",
                        "Share of tickets: green below 15 %, red above 30 %.",
                        "support_escalation_ratio",
                        "escalated")
                    .in(Unit.RATIO, Scale.rising(0.15, 0.3))
                    .runbook("EscalationRateHigh"),
                line("Backlog", "In daily volumes.", "support_backlog_days", "backlog")
                    .in(Unit.DAYS, Scale.rising(1, 3))
                    .runbook("SupportBacklogHigh"))));
  }

  private static Section voices() {
    return Section.of(
        "What customers say",
        meters("Bugs", "Tickets this month by bug; above 10 it goes to engineering as P1.")
            .ask("topk(10, max by (bug) (support_bug_tickets_month" + OF + "))", "{{bug}}")
            .in(Unit.COUNT, Scale.rising(8, 10))
            .runbook("BugReportedOften")
            .emptyWhen(NONE),
        meters("Questions", "Tickets this month by question; above 20 it needs an article.")
            .ask(
                "topk(10, max by (question) (support_question_tickets_month" + OF + "))",
                "{{question}}")
            .in(Unit.COUNT, Scale.amber(20))
            .runbook("QuestionAskedOften")
            .emptyWhen(NONE),
        meters("Satisfaction by month", "Of 10; below 7 twice in a row is a red flag.")
            .ask(
                "max by (months_ago) (support_csat_month_score" + OF + ")",
                "{{months_ago}} months ago")
            .in(Unit.COUNT, Scale.falling(7, 8))
            .runbook("CustomerSatisfactionLowAgain")
            .emptyWhen(NONE),
        lines("Public complaints", "In a day, by channel; answered within 30 minutes.")
            .ask(
                "sum by (channel) (increase(support_public_complaints_total" + OF + "[1d]))",
                "{{channel}}")
            .in(Unit.COUNT, Scale.red(1))
            .runbook("PublicComplaint", "SocialMediaCrisis")
            .emptyWhen(NONE));
  }

  private static Panel kpi(String title, String about, String metric) {
    return figure(title, about).ask("max(" + metric + OF + ")").emptyWhen(NONE);
  }

  private static Panel line(String title, String about, String metric, String legend) {
    return lines(title, about).ask(metric + OF, legend).emptyWhen(NONE);
  }
}
