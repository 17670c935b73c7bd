package io.tocsin.demo;

/** What billing, the product and the ticket system push. */
final class Business {

  private static final String[] TIERS = {"starter", "professional", "enterprise"};
  private static final String[] CUSTOMERS = {"Globex", "Initech", "Umbrella"};
  private static final double[] FIRST = {86_400, 14_400, 3_600};
  private static final double[] RESOLUTION = {604_800, 172_800, 28_800};

  private final Tide tide;
  private final Faults faults;

  Business(Tide tide, Faults faults) {
    this.tide = tide;
    this.faults = faults;
  }

  /** Customers and money. */
  String figures() {
    var out = new Exposition();
    double pace = faults.broken(SimulatedPart.WEB_APP) ? 0 : 1;
    out.put("signups_total", tide.grown(0.02)).put("cancellations_total", tide.grown(0.00004));
    out.put("upgrades_total", tide.grown(0.0006));
    out.put("active_users", tide.near(5_400 * (0.8 + 0.2 * pace), 0.1));
    out.put("feature_uses_total", tide.grown(4), "feature", "dashboards");
    out.put("feature_uses_total", tide.grown(9), "feature", "signals");
    out.put("mrr_usd", 482_000 + tide.seconds() * 0.02);
    out.put("customer_churn_yearly_ratio", tide.near(0.094, 0.02));
    out.put("customer_acquisition_cost_usd", 310).put("customer_lifetime_value_usd", 4_150);
    out.put("net_promoter_score", tide.near(42, 0.05));
    out.put("support_cost_ratio", tide.near(0.088, 0.03));
    for (int i = 0; i < CUSTOMERS.length; i++) {
      String customer = CUSTOMERS[i];
      out.put("customer_decisions_weekly", tide.near(6 + 3 * i, 0.1), "customer", customer);
      out.put(
          "customer_participation_ratio", tide.near(0.84 + 0.03 * i, 0.02), "customer", customer);
    }
    return out.toString();
  }

  /** Tickets: the owner's table, and the promises by tier. */
  String support() {
    var out = new Exposition();
    out.put("support_first_response_seconds_mean", tide.near(7_900, 0.1));
    out.put("support_resolution_seconds_mean", tide.near(61_000, 0.1));
    out.put("support_csat_ratio", tide.near(0.9, 0.02));
    out.put("support_first_contact_resolution_ratio", tide.near(0.76, 0.03));
    out.put("support_backlog_days", tide.near(0.7, 0.1));
    out.put("support_agent_utilisation_ratio", tide.near(0.71, 0.05));
    out.put("support_escalation_ratio", tide.near(0.1, 0.1));
    out.put("support_customer_effort_score", tide.near(2.4, 0.05));
    out.put("support_sla_miss_ratio", tide.near(0.021, 0.2));
    out.put("support_csat_month_score", 8.4, "months_ago", "1");
    out.put("support_csat_month_score", 8.1, "months_ago", "2");
    out.put("support_bug_tickets_month", 4, "bug", "export is empty");
    out.put("support_bug_tickets_month", 7, "bug", "slow on Mondays");
    out.put("support_question_tickets_month", 13, "question", "How do I export?");
    out.put("support_public_complaints_total", 0, "channel", "social");
    out.put("customer_tickets_open", 1, "customer", "Globex");
    out.put("support_issue_reports", 2, "customer", "Globex", "issue", "export is empty");
    for (int i = 0; i < TIERS.length; i++) {
      String tier = TIERS[i];
      out.put("sla_target_seconds", FIRST[i], "tier", tier, "kind", "first_response");
      out.put("sla_target_seconds", RESOLUTION[i], "tier", tier, "kind", "resolution");
      out.put("sla_first_response_seconds_mean", tide.near(FIRST[i] * 0.5, 0.1), "tier", tier);
      out.put("sla_resolution_seconds_mean", tide.near(RESOLUTION[i] * 0.55, 0.1), "tier", tier);
      out.put("sla_answers_total", tide.grown(0.02), "tier", tier, "result", "met");
      out.put("sla_answers_total", tide.grown(0.0004), "tier", tier, "result", "missed");
    }
    return out.toString();
  }
}
