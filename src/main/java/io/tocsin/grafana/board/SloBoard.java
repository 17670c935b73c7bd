package io.tocsin.grafana.board;

import static io.tocsin.grafana.Panel.figure;
import static io.tocsin.grafana.Panel.lines;
import static io.tocsin.grafana.Panel.meters;

import io.tocsin.grafana.Board;
import io.tocsin.grafana.Board.Section;
import io.tocsin.grafana.Scale;
import io.tocsin.grafana.Unit;
import java.util.List;

/** Objectives and what is left of their budgets. */
final class SloBoard {

  private static final String NONE = "no objective is configured under slos.";
  private static final String BUDGET = "on (slo) (1 - slo:target:ratio)";

  private SloBoard() {}

  static Board board() {
    return new Board(
        "tocsin-slo",
        "SLO and error budget",
        "What each objective promises, how fast its budget is used, and what is left of it.",
        "now-6h",
        List.of(),
        List.of(
            figure("Burn, last hour", "The fastest; from 14.4 on somebody is paged.")
                .ask("max(slo:errors:ratio1h / " + BUDGET + ")")
                .in(Unit.COUNT, Scale.rising(1, 14.4))
                .runbook("ErrorBudgetBurnsFast")
                .emptyWhen(NONE),
            figure("Burn, last 6 hours", "The fastest; from 6 on somebody is paged.")
                .ask("max(slo:errors:ratio6h / " + BUDGET + ")")
                .in(Unit.COUNT, Scale.rising(1, 6))
                .runbook("ErrorBudgetBurnsFast")
                .emptyWhen(NONE),
            figure("Burn, last 3 days", "The fastest; above 1 the budget will not last.")
                .ask("max(slo:errors:ratio3d / " + BUDGET + ")")
                .in(Unit.COUNT, Scale.rising(0.8, 1))
                .runbook("ErrorBudgetBurnsSlowly")
                .emptyWhen(NONE),
            figure("Objectives", "How many objectives are watched.")
                .ask("count(slo:target:ratio)")
                .in(Unit.COUNT)
                .emptyWhen(NONE)),
        List.of(
            Section.of(
                "Now",
                meters("Budget left of 3 days", "Share of three days' budget that is not used.")
                    .ask("1 - slo:errors:ratio3d / " + BUDGET, "{{slo}}")
                    .in(Unit.RATIO, Scale.falling(0.2, 0.5))
                    .runbook("ErrorBudgetBurnsSlowly")
                    .emptyWhen(NONE),
                meters("Promised", "The target of each objective.")
                    .ask("slo:target:ratio", "{{slo}}")
                    .in(Unit.RATIO)
                    .emptyWhen(NONE),
                meters("Kept, last day", "Share of good events.")
                    .ask("1 - slo:errors:ratio1d", "{{slo}}")
                    .in(Unit.RATIO, Scale.falling(0.99, 0.999))
                    .emptyWhen(NONE)),
            Section.of(
                "Over time",
                lines("Burn rate, one hour", "1 uses the budget up in 30 days.")
                    .ask("slo:errors:ratio1h / " + BUDGET, "{{slo}}")
                    .in(Unit.COUNT, Scale.rising(1, 14.4))
                    .runbook("ErrorBudgetBurnsFast")
                    .emptyWhen(NONE),
                lines("Burn rate, one day", "From 3 on a ticket is due.")
                    .ask("slo:errors:ratio1d / " + BUDGET, "{{slo}}")
                    .in(Unit.COUNT, Scale.rising(1, 3))
                    .runbook("ErrorBudgetBurnsSlowly")
                    .emptyWhen(NONE),
                lines("Errors, five minutes", "Share of bad events.")
                    .ask("slo:errors:ratio5m", "{{slo}}")
                    .in(Unit.RATIO)
                    .emptyWhen(NONE),
                lines("Errors, six hours", "Share of bad events.")
                    .ask("slo:errors:ratio6h", "{{slo}}")
                    .in(Unit.RATIO)
                    .emptyWhen(NONE))));
  }
}
