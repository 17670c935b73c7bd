package io.tocsin.grafana.board;

import static io.tocsin.grafana.Panel.figure;
import static io.tocsin.grafana.Panel.lines;
import static io.tocsin.grafana.Panel.meters;

import io.tocsin.grafana.Board;
import io.tocsin.grafana.Board.Section;
import io.tocsin.grafana.Scale;
import io.tocsin.grafana.Unit;
import java.util.List;

/** What grows, when it reaches its limit, and whether it could be restored. */
final class CapacityBoard {

  private static final String NONE = "nobody pushes capacity figures.";
  private static final String NO_BACKUP = "no backup job pushes its time.";
  private static final String NO_QUEUE = "no queue is scraped.";
  private static final String OF = "{environment=~'$environment'}";

  private CapacityBoard() {}

  static Board board() {
    return new Board(
        "tocsin-capacity",
        "Capacity and forecast",
        "What grows and when it reaches its limit; queues, scaling, and backups to come back"
            + " from.",
        "now-24h",
        List.of(),
        List.of(
            figure("Fullest resource", "Share in use.")
                .ask("max(capacity_used_ratio" + OF + ")")
                .in(Unit.RATIO, Scale.rising(0.7, 0.85))
                .runbook("CapacityLimitForeseen", "ServiceRecovery")
                .emptyWhen(NONE),
            figure("Requests a minute", "Of the busiest service; sized for 1000, alarm above 800.")
                .ask("max(sum by (service) (rate(http_requests_total" + OF + "[5m])) * 60)")
                .in(Unit.REQUESTS_PER_MINUTE, Scale.rising(800, 1000))
                .runbook("ThroughputNearCapacity")
                .emptyWhen("no service reports http_requests_total."),
            figure("Waiting for the AI", "Requests in its queue; grow at 100.")
                .ask("sum(ai_queue_depth" + OF + ")")
                .in(Unit.COUNT, Scale.rising(50, 100))
                .runbook("AiQueueDeep")
                .emptyWhen(NONE),
            figure("Database backup", "Age of the last good one; hourly, page above 2 h.")
                .ask("time() - max(backup_last_success_timestamp_seconds{kind='database'})")
                .in(Unit.DURATION, Scale.rising(3_900, 7_200))
                .runbook("DatabaseBackupMissing")
                .emptyWhen(NO_BACKUP),
            figure("User data would lose", "Recovery point; promised at most 1 h.")
                .ask("time() - max(backup_last_success_timestamp_seconds{kind='user-data'})")
                .in(Unit.DURATION, Scale.rising(1_800, 3_600))
                .runbook("RecoveryPointViolated")
                .emptyWhen(NO_BACKUP),
            figure("Restore tried", "Time since; alarm above 31 days.")
                .ask("time() - max(restore_test_last_success_timestamp_seconds)")
                .in(Unit.DURATION, Scale.rising(2_160_000, 2_678_400))
                .runbook("RestoreTestOverdue")
                .emptyWhen(NO_BACKUP)),
        List.of(growth(), scaling(), queues(), backups()));
  }

  private static Section growth() {
    return Section.of(
        "Growth",
        lines("In use", "Share of each limit.")
            .ask("max by (resource) (capacity_used_ratio" + OF + ")", "{{resource}}")
            .in(Unit.RATIO, Scale.rising(0.7, 0.85))
            .runbook("CapacityLimitForeseen")
            .emptyWhen(NONE),
        meters("In two weeks", "Share of each limit, at the growth of the last seven days.")
            .ask("predict_linear(capacity_used_ratio" + OF + "[7d], 1209600)", "{{resource}}")
            .in(Unit.RATIO, Scale.rising(0.85, 1))
            .runbook("CapacityLimitForeseen")
            .emptyWhen(NONE));
  }

  private static Section scaling() {
    return Section.of(
        "Scaling",
        lines("CPU by tier", "Grow at 70 %, shrink at 30 % after 300 s.")
            .ask("avg by (tier) (instance_cpu_ratio" + OF + ")", "{{tier}}")
            .in(Unit.RATIO, Scale.amber(0.7))
            .runbook("ScaleUpCpu")
            .emptyWhen(NONE),
        lines("GPUs", "Share busy; grow at 80 %.")
            .ask("gpu_utilisation_ratio" + OF, "{{gpu}}")
            .in(Unit.RATIO, Scale.amber(0.8))
            .runbook("GpuBusy")
            .emptyWhen(NONE),
        lines("Requests a minute", "By service.")
            .ask(
                "sum by (service) (rate(http_requests_total" + OF + "[$__rate_interval])) * 60",
                "{{service}}")
            .in(Unit.REQUESTS_PER_MINUTE, Scale.rising(800, 1000))
            .runbook("ThroughputNearCapacity")
            .emptyWhen("no service reports http_requests_total."),
        lines("Queue of the AI", "Grow at 100, shrink at 10 after 600 s.")
            .ask("sum(ai_queue_depth" + OF + ")", "waiting")
            .in(Unit.COUNT, Scale.rising(50, 100))
            .runbook("AiQueueDeep")
            .emptyWhen(NONE));
  }

  private static Section queues() {
    return Section.of(
        "Queues",
        lines("Waiting", "Entries by queue; alarm above 1000 and growing.")
            .ask("max by (queue) (queue_depth" + OF + ")", "{{queue}}")
            .in(Unit.COUNT, Scale.amber(1_000))
            .runbook("QueueBacklogGrows")
            .emptyWhen(NO_QUEUE),
        meters("Oldest entry", "Age by queue; alarm above 15 min.")
            .ask("max by (queue) (queue_oldest_entry_age_seconds" + OF + ")", "{{queue}}")
            .in(Unit.DURATION, Scale.rising(600, 900))
            .runbook("QueueEntryOld")
            .emptyWhen(NO_QUEUE),
        meters("Consumers", "By queue; 0 means that nobody works on it.")
            .ask("min by (queue) (queue_consumers" + OF + ")", "{{queue}}")
            .in(Unit.COUNT, Scale.atLeast(1))
            .runbook("QueueWithoutConsumer")
            .emptyWhen(NO_QUEUE));
  }

  private static Section backups() {
    return Section.of(
        "Backups",
        meters("Age", "Of the last good backup, by kind.")
            .ask(
                "time() - max by (kind) (backup_last_success_timestamp_seconds" + OF + ")",
                "{{kind}}")
            .in(Unit.DURATION, Scale.rising(7_200, 93_600))
            .runbook("DatabaseBackupMissing", "ModelBackupMissing", "RecoveryPointViolated")
            .emptyWhen(NO_BACKUP),
        lines("Size", "By kind; half of yesterday's is an alarm.")
            .ask("max by (kind) (backup_size_bytes" + OF + ")", "{{kind}}")
            .in(Unit.BYTES)
            .runbook("BackupSmall")
            .emptyWhen(NO_BACKUP));
  }
}
