package io.tocsin.grafana.board;

import static io.tocsin.grafana.Panel.figure;
import static io.tocsin.grafana.Panel.lines;
import static io.tocsin.grafana.Panel.meters;

import io.tocsin.grafana.Board;
import io.tocsin.grafana.Board.Section;
import io.tocsin.grafana.Panel;
import io.tocsin.grafana.Scale;
import io.tocsin.grafana.Unit;
import java.util.List;

/** Business figures beside the technical ones. */
final class BusinessBoard {

  private static final String NONE = "the product and the billing push no business figures.";
  private static final String OF = "{environment=~'$environment'}";

  private BusinessBoard() {}

  static Board board() {
    return new Board(
        "tocsin-business",
        "Business KPIs",
        "Users, sign-ups, cancellations, revenue: what an outage costs, and what no probe sees.",
        "now-7d",
        List.of(),
        List.of(
            top(
                    "MRR",
                    "Monthly recurring revenue; alarm when 5 % are lost in a day.",
                    "sum(mrr_usd" + OF + ")")
                .in(Unit.DOLLARS)
                .runbook("RevenueDropped"),
            top(
                    "MRR against yesterday",
                    "Below 95 % somebody is told.",
                    "sum(mrr_usd) / (sum(mrr_usd offset 1d) > 0)")
                .in(Unit.RATIO, Scale.falling(0.95, 0.98))
                .runbook("RevenueDropped")
                .emptyWhen("there are no figures of yesterday yet."),
            top("Active users", "In the last day.", "sum(active_users" + OF + ")").in(Unit.COUNT),
            top(
                    "Sign-ups, last hour",
                    "Half of the week before is an alarm.",
                    "sum(increase(signups_total" + OF + "[1h]))")
                .in(Unit.COUNT, Scale.atLeast(1))
                .runbook("SignupsDropped"),
            top(
                    "Churn a year",
                    "Red flag above 15 %.",
                    "max(customer_churn_yearly_ratio" + OF + ")")
                .in(Unit.RATIO, Scale.rising(0.1, 0.15))
                .runbook("ChurnHigh"),
            top("NPS", "From -100 to 100.", "avg(net_promoter_score" + OF + ")")
                .in(Unit.COUNT, Scale.falling(0, 30))),
        List.of(
            Section.of(
                "Customers",
                line(
                        "Sign-ups and cancellations",
                        "An hour.",
                        "sum(increase(signups_total" + OF + "[1h]))",
                        "sign-ups")
                    .ask("sum(increase(cancellations_total" + OF + "[1h]))", "cancellations")
                    .ask("sum(increase(upgrades_total" + OF + "[1h]))", "upgrades")
                    .in(Unit.COUNT)
                    .runbook("SignupsDropped", "CancellationsHigh"),
                line("Active users", "In a day.", "sum(active_users" + OF + ")", "users")
                    .in(Unit.COUNT),
                line(
                        "Use",
                        "Views of dashboards and signals a minute.",
                        "sum by (feature) (rate(feature_uses_total" + OF + "[5m])) * 60",
                        "{{feature}}")
                    .in(Unit.REQUESTS_PER_MINUTE)),
            usage(),
            Section.of(
                "Money",
                line("MRR", "Monthly recurring revenue.", "sum(mrr_usd" + OF + ")", "MRR")
                    .in(Unit.DOLLARS)
                    .runbook("RevenueDropped"),
                line(
                        "Customer value",
                        "What a customer costs to win, and brings in all.",
                        "avg(customer_acquisition_cost_usd" + OF + ")",
                        "CAC")
                    .ask("avg(customer_lifetime_value_usd" + OF + ")", "LTV")
                    .in(Unit.DOLLARS),
                line(
                        "Cost of support",
                        "Share of revenue; red flag above 15 %.",
                        "max(support_cost_ratio" + OF + ")",
                        "support")
                    .in(Unit.RATIO, Scale.rising(0.1, 0.15))
                    .runbook("SupportCostHigh"),
                line(
                        "Churn",
                        "Share of customers lost in a year.",
                        "max(customer_churn_yearly_ratio" + OF + ")",
                        "churn")
                    .in(Unit.RATIO, Scale.rising(0.1, 0.15))
                    .runbook("ChurnHigh"))));
  }

  private static Section usage() {
    return Section.of(
        "Who may leave",
        meters("Decisions a week", "The customers with the fewest; below 3 yellow, below 1 red.")
            .ask(
                "bottomk(10, max by (customer) (customer_decisions_weekly" + OF + "))",
                "{{customer}}")
            .in(Unit.COUNT, Scale.falling(1, 3))
            .runbook("CustomerUsageRed", "CustomerUsageYellow")
            .emptyWhen(NONE),
        meters("Who takes part", "The customers with the smallest share; below 60 % yellow.")
            .ask(
                "bottomk(10, max by (customer) (customer_participation_ratio" + OF + "))",
                "{{customer}}")
            .in(Unit.RATIO, Scale.falling(0.4, 0.6))
            .runbook("CustomerUsageRed", "CustomerUsageYellow")
            .emptyWhen(NONE));
  }

  private static Panel top(String title, String about, String expr) {
    return figure(title, about).ask(expr).emptyWhen(NONE);
  }

  private static Panel line(String title, String about, String expr, String legend) {
    return lines(title, about).ask(expr, legend).emptyWhen(NONE);
  }
}
