package io.tocsin.grafana.board;

import static io.tocsin.grafana.Panel.figure;
import static io.tocsin.grafana.Panel.lines;
import static io.tocsin.grafana.Panel.meters;
import static io.tocsin.grafana.Panel.states;

import io.tocsin.grafana.Board;
import io.tocsin.grafana.Board.Section;
import io.tocsin.grafana.Scale;
import io.tocsin.grafana.Unit;
import java.util.List;

/** The watchman himself: can what he says be trusted? */
final class SelfBoard {

  private SelfBoard() {}

  static Board board() {
    return new Board(
        "tocsin-self",
        "Tocsin itself",
        "Whether alerts come in time: rules, samples, journal, messages, and the canary that"
            + " travels the whole road.",
        "now-3h",
        List.of(),
        List.of(
            figure("Own checks", "The worst of them.")
                .ask("min(tocsin_health)")
                .in(Unit.STATE, Scale.atLeast(1))
                .words(Words.FINE)
                .runbook("TocsinNotReady"),
            figure("Canary", "Age of the newest sample that has gone the whole road to a rule.")
                .ask("max(tocsin_canary_age_seconds)")
                .in(Unit.SECONDS, Scale.rising(45, 60))
                .runbook("TocsinCanaryLate")
                .emptyWhen("no rule group is configured, so that nothing reads it."),
            figure("Rules late", "How late the slowest group began; alarm above 10 s.")
                .ask("max(tocsin_rule_group_lag_seconds)")
                .in(Unit.SECONDS, Scale.rising(5, 10))
                .runbook("TocsinRulesLate"),
            figure("Rules that fail", "Evaluations that failed in 5 minutes.")
                .ask("sum(increase(tocsin_rule_evaluation_failures_total[5m])) or vector(0)")
                .in(Unit.COUNT, Scale.red(1))
                .runbook("TocsinRuleFailing"),
            figure("Oldest message", "That nobody has got yet; alarm above 2 min.")
                .ask("max(tocsin_outbox_oldest_age_seconds)")
                .in(Unit.DURATION, Scale.rising(60, 120))
                .runbook("TocsinOutboxStuck"),
            figure("Configuration", "Whether the files are what we run by.")
                .ask("min(tocsin_config_last_reload_successful)")
                .in(Unit.STATE, Scale.atLeast(1))
                .words(Words.FINE)
                .runbook("TocsinConfigRefused")),
        List.of(rules(), samples(), out()));
  }

  private static Section rules() {
    return Section.of(
        "Rules",
        states("Own checks", "Each, over time.")
            .ask("min by (check) (tocsin_health)", "{{check}}")
            .in(Unit.STATE)
            .words(Words.FINE)
            .runbook("TocsinNotReady"),
        lines("Lag by group", "How late each group's evaluation began.")
            .ask("max by (group) (tocsin_rule_group_lag_seconds)", "{{group}}")
            .in(Unit.SECONDS, Scale.rising(5, 10))
            .runbook("TocsinRulesLate"),
        lines("Evaluations", "A second, by group.")
            .ask(
                "sum by (group) (rate(tocsin_rule_evaluations_total[$__rate_interval]))",
                "{{group}}")
            .in(Unit.PER_SECOND),
        meters("Rules that match nothing", "Rules of which no series exists, by group.")
            .ask("max by (group) (tocsin_rules_without_series)", "{{group}}")
            .in(Unit.COUNT, Scale.amber(1))
            .runbook("TocsinRuleMatchesNothing")
            .emptyWhen("no rule group is configured."),
        lines("Canary", "Age of the newest canary; it is renewed every 15 s.")
            .ask("max by (instance) (tocsin_canary_age_seconds)", "{{instance}}")
            .in(Unit.SECONDS, Scale.rising(45, 60))
            .runbook("TocsinCanaryLate"));
  }

  private static Section samples() {
    return Section.of(
        "Samples",
        lines("Taken in", "A second, by format.")
            .ask("sum by (format) (rate(tocsin_samples_total[$__rate_interval]))", "{{format}}")
            .in(Unit.PER_SECOND),
        lines("Refused and dropped", "A second, by reason.")
            .ask(
                "sum by (reason) (rate(tocsin_samples_dropped_total[$__rate_interval]))",
                "dropped {{reason}}")
            .ask(
                "sum by (reason) (rate(tocsin_samples_rejected_total[$__rate_interval]))",
                "refused {{reason}}")
            .in(Unit.PER_SECOND, Scale.amber(0.001))
            .runbook("TocsinSamplesDropped")
            .emptyWhen("nothing was refused."),
        lines("Journal", "Age of the oldest sample that is not durable yet; alarm above 5 s.")
            .ask("max(tocsin_journal_lag_seconds)", "lag")
            .in(Unit.SECONDS, Scale.rising(2, 5))
            .runbook("TocsinJournalSlow"),
        lines("Series in memory", "How many.")
            .ask("sum by (instance) (tocsin_series)", "{{instance}}")
            .in(Unit.COUNT));
  }

  private static Section out() {
    return Section.of(
        "Queues, messages and memory",
        meters("Queues", "Share of each bounded queue in use; alarm above 80 %.")
            .ask("max by (queue) (tocsin_queue_depth / (tocsin_queue_capacity > 0))", "{{queue}}")
            .in(Unit.RATIO, Scale.rising(0.5, 0.8))
            .runbook("TocsinQueueNearlyFull"),
        lines("Deliveries", "A second, by receiver and result.")
            .ask(
                "sum by (receiver, result) (rate(tocsin_deliveries_total[5m]))",
                "{{receiver}} {{result}}")
            .in(Unit.PER_SECOND)
            .runbook("TocsinReceiverFailing")
            .emptyWhen("no message was sent yet."),
        lines("Waiting for subscribers", "Messages to readers of the status page, not yet arrived.")
            .ask("max(tocsin_subscriber_messages_waiting)", "waiting")
            .in(Unit.COUNT),
        lines("Subscribers late", "The oldest message that was not tried; alarm above 15 min.")
            .ask("max(tocsin_subscriber_oldest_age_seconds)", "oldest")
            .in(Unit.DURATION, Scale.rising(600, 900))
            .runbook("TocsinSubscribersLate"),
        lines("Heap", "Share in use; alarm above 90 %.")
            .ask(
                "sum by (instance) (jvm_memory_used_bytes{job='tocsin', area='heap'})"
                    + " / sum by (instance) (jvm_memory_max_bytes{job='tocsin', area='heap'} > 0)",
                "{{instance}}")
            .in(Unit.RATIO, Scale.rising(0.8, 0.9))
            .runbook("TocsinHeapNearlyFull"),
        lines("Probes", "A second, by verdict.")
            .ask(
                "sum by (verdict) (rate(tocsin_probe_results_total[$__rate_interval]))",
                "{{verdict}}")
            .in(Unit.PER_SECOND));
  }
}
