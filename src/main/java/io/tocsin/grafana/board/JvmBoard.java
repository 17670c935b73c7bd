package io.tocsin.grafana.board;

import static io.tocsin.grafana.Panel.figure;
import static io.tocsin.grafana.Panel.heatmap;
import static io.tocsin.grafana.Panel.lines;

import io.tocsin.grafana.Board;
import io.tocsin.grafana.Board.Section;
import io.tocsin.grafana.Scale;
import io.tocsin.grafana.Unit;
import java.util.List;

/** JVMs and Vert.x, by the names of Micrometer. */
final class JvmBoard {

  private static final String NONE = "no JVM with Micrometer's names is scraped.";
  private static final String NO_POOL = "no Vert.x or HikariCP with pools is scraped.";
  private static final String HEAP =
      "sum by (job, instance) (jvm_memory_used_bytes{area='heap'})"
          + " / sum by (job, instance) (jvm_memory_max_bytes{area='heap'} > 0)";

  private JvmBoard() {}

  static Board board() {
    return new Board(
        "tocsin-jvm",
        "JVM and Vert.x",
        "Memory, pauses, threads, pools and servers of every JVM, our own included.",
        "now-3h",
        List.of(),
        List.of(
            figure("Heap, fullest", "Share in use; alarm above 90 %.")
                .ask("max(" + HEAP + ")")
                .in(Unit.RATIO, Scale.rising(0.8, 0.9))
                .runbook("JvmHeapNearlyFull")
                .emptyWhen(NONE),
            figure("Paused", "Share of time that the worst JVM clears memory; alarm above 10 %.")
                .ask("max(sum by (job, instance) (rate(jvm_gc_pause_seconds_sum[5m])))")
                .in(Unit.RATIO, Scale.rising(0.05, 0.1))
                .runbook("JvmGcPausesLong")
                .emptyWhen(NONE),
            figure("Blocked threads", "Of the worst JVM; alarm above 20.")
                .ask("max(sum by (job, instance) (jvm_threads_states_threads{state='blocked'}))")
                .in(Unit.COUNT, Scale.rising(10, 20))
                .runbook("JvmThreadsBlocked")
                .emptyWhen(NONE),
            figure("Pool, fullest", "Share of a Vert.x worker pool in use; alarm above 90 %.")
                .ask("max(vertx_pool_ratio)")
                .in(Unit.RATIO, Scale.rising(0.75, 0.9))
                .runbook("VertxPoolExhausted")
                .emptyWhen(NO_POOL),
            figure("Waiting for a connection", "Threads that wait for the database's pool.")
                .ask("sum(hikaricp_connections_pending)")
                .in(Unit.COUNT, Scale.red(1))
                .runbook("ConnectionPoolExhausted")
                .emptyWhen(NO_POOL)),
        List.of(
            Section.of(
                "Memory",
                lines("Heap", "Share in use, by instance.")
                    .ask(HEAP, "{{job}} {{instance}}")
                    .in(Unit.RATIO, Scale.rising(0.8, 0.9))
                    .runbook("JvmHeapNearlyFull")
                    .emptyWhen(NONE),
                lines("Time paused", "Share of time, by instance.")
                    .ask(
                        "sum by (job, instance) (rate(jvm_gc_pause_seconds_sum[$__rate_interval]))",
                        "{{job}} {{instance}}")
                    .in(Unit.RATIO, Scale.rising(0.05, 0.1))
                    .runbook("JvmGcPausesLong")
                    .emptyWhen(NONE),
                lines("Allocated", "Bytes a second, by instance.")
                    .ask(
                        "sum by (job, instance)"
                            + " (rate(jvm_gc_memory_allocated_bytes_total[$__rate_interval]))",
                        "{{job}} {{instance}}")
                    .in(Unit.BYTES_PER_SECOND)
                    .emptyWhen(NONE),
                lines("CPU", "Share of the machine that each process uses.")
                    .ask("process_cpu_usage", "{{job}} {{instance}}")
                    .in(Unit.RATIO, Scale.rising(0.7, 0.9))
                    .emptyWhen(NONE)),
            Section.of(
                "Threads and pools",
                lines("Threads", "By state.")
                    .ask("sum by (state) (jvm_threads_states_threads)", "{{state}}")
                    .in(Unit.COUNT)
                    .runbook("JvmThreadsBlocked")
                    .emptyWhen(NONE),
                lines("Pools", "Vert.x worker pools: share in use.")
                    .ask("vertx_pool_ratio", "{{job}} {{pool_name}}")
                    .in(Unit.RATIO, Scale.rising(0.75, 0.9))
                    .runbook("VertxPoolExhausted")
                    .emptyWhen(NO_POOL),
                lines("Connections", "HikariCP: active and waiting, by pool.")
                    .ask(
                        "sum by (job, pool) (hikaricp_connections_active)",
                        "{{job}} {{pool}} active")
                    .ask(
                        "sum by (job, pool) (hikaricp_connections_pending)",
                        "{{job}} {{pool}} waiting")
                    .in(Unit.COUNT)
                    .runbook("ConnectionPoolExhausted")
                    .emptyWhen(NO_POOL)),
            Section.of(
                "HTTP servers",
                lines("Requests", "A second, by code.")
                    .ask(
                        "sum by (job, code)"
                            + " (rate(vertx_http_server_requests_total[$__rate_interval]))",
                        "{{job}} {{code}}")
                    .in(Unit.REQUESTS_PER_SECOND)
                    .emptyWhen("no Vert.x server reports requests."),
                lines("Response time", "Mean by route: the ten slowest.")
                    .ask(
                        "topk(10, sum by (route)"
                            + " (rate(vertx_http_server_response_time_seconds_sum[5m])) / (sum by"
                            + " (route) (rate(vertx_http_server_response_time_seconds_count[5m])) >"
                            + " 0))",
                        "{{route}}")
                    .in(Unit.SECONDS, Scale.rising(0.1, 0.2))
                    .emptyWhen("no Vert.x server reports response times."),
                heatmap("Rule evaluations", "Our own, by duration: dark cells hold many.")
                    .ask(
                        "sum by (le)"
                            + " (increase(tocsin_rule_evaluation_duration_seconds_bucket[$__rate_interval]))",
                        "{{le}}")
                    .in(Unit.SECONDS))));
  }
}
