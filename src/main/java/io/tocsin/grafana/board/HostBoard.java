package io.tocsin.grafana.board;

import static io.tocsin.grafana.Panel.figure;
import static io.tocsin.grafana.Panel.lines;
import static io.tocsin.grafana.Panel.meters;

import io.tocsin.grafana.Board;
import io.tocsin.grafana.Board.Section;
import io.tocsin.grafana.Scale;
import io.tocsin.grafana.Unit;
import io.tocsin.grafana.Variable;
import java.util.List;

/** Hosts by the names of node_exporter, and what runs on Kubernetes. */
final class HostBoard {

  private static final String NONE = "no node_exporter is scraped.";
  private static final String NO_CLUSTER = "no kube-state-metrics is scraped.";
  private static final String OF = "instance=~'$instance', environment=~'$environment'";
  private static final String DISK = "{" + OF + ", fstype!~'tmpfs|overlay'}";

  private HostBoard() {}

  static Board board() {
    return new Board(
        "tocsin-hosts",
        "Hosts",
        "Processors, memory, disks and network of every host, and the basics of Kubernetes.",
        "now-3h",
        List.of(Variable.INSTANCE),
        List.of(
            figure("Hosts down", "Hosts whose exporter does not answer.")
                .ask("count(up{job=~'node.*', " + OF + "} == 0) or vector(0)")
                .in(Unit.COUNT, Scale.red(1))
                .runbook("HostDown"),
            figure("CPU, busiest", "Share of time that it works; alarm above 90 %.")
                .ask(
                    "max(1 - avg by (instance) (rate(node_cpu_seconds_total{mode='idle', "
                        + OF
                        + "}[5m])))")
                .in(Unit.RATIO, Scale.rising(0.7, 0.9))
                .runbook("HostCpuHigh")
                .emptyWhen(NONE),
            figure("Memory, fullest", "Share in use; alarm above 80 %.")
                .ask(
                    "max(1 - node_memory_MemAvailable_bytes{"
                        + OF
                        + "} / node_memory_MemTotal_bytes)")
                .in(Unit.RATIO, Scale.rising(0.7, 0.8))
                .runbook("MemoryHigh")
                .emptyWhen(NONE),
            figure("Disk, fullest", "Share in use; alarm above 85 %.")
                .ask(
                    "max(1 - node_filesystem_avail_bytes" + DISK + " / node_filesystem_size_bytes)")
                .in(Unit.RATIO, Scale.rising(0.75, 0.85))
                .runbook("DiskNearlyFull", "HostDiskFillsSoon")
                .emptyWhen(NONE),
            figure("Killed for memory", "Processes that a kernel killed in the last hour.")
                .ask("sum(increase(node_vmstat_oom_kill{" + OF + "}[1h]))")
                .in(Unit.COUNT, Scale.red(1))
                .runbook("HostOutOfMemoryKill")
                .emptyWhen(NONE),
            figure("Pods in trouble", "Pods that wait, crash or have failed.")
                .ask(
                    "count(kube_pod_status_phase{phase=~'Pending|Unknown|Failed'} > 0 or"
                        + " kube_pod_container_status_waiting_reason{reason='CrashLoopBackOff'} >"
                        + " 0) or vector(0)")
                .in(Unit.COUNT, Scale.red(1))
                .runbook("PodNotReady", "PodCrashLooping")),
        List.of(load(), disks(), network(), cluster()));
  }

  private static Section load() {
    return Section.of(
        "Processors and memory",
        lines("CPU busy", "Share of time, by host.")
            .ask(
                "1 - avg by (instance) (rate(node_cpu_seconds_total{mode='idle', "
                    + OF
                    + "}[$__rate_interval]))",
                "{{instance}}")
            .in(Unit.RATIO, Scale.rising(0.7, 0.9))
            .runbook("HostCpuHigh")
            .emptyWhen(NONE),
        lines("Memory in use", "Share, by host.")
            .ask(
                "1 - node_memory_MemAvailable_bytes{" + OF + "} / node_memory_MemTotal_bytes",
                "{{instance}}")
            .in(Unit.RATIO, Scale.rising(0.7, 0.8))
            .runbook("MemoryHigh", "HostOutOfMemoryKill")
            .emptyWhen(NONE),
        lines("Load per processor", "Above 1 work waits.")
            .ask(
                "node_load1{"
                    + OF
                    + "} / on (instance) count by (instance)"
                    + " (node_cpu_seconds_total{mode='idle'})",
                "{{instance}}")
            .in(Unit.COUNT, Scale.rising(1, 2))
            .runbook("HostCpuHigh")
            .emptyWhen(NONE),
        lines("Clock", "How far each clock is off; alarm above 100 ms.")
            .ask("abs(node_timex_offset_seconds{" + OF + "})", "{{instance}}")
            .in(Unit.SECONDS, Scale.amber(0.1))
            .runbook("HostClockSkew")
            .emptyWhen(NONE));
  }

  private static Section disks() {
    return Section.of(
        "Disks",
        meters("Disks in use", "Share, by host and mount point; alarm above 85 %.")
            .ask(
                "1 - node_filesystem_avail_bytes" + DISK + " / node_filesystem_size_bytes",
                "{{instance}} {{mountpoint}}")
            .in(Unit.RATIO, Scale.rising(0.75, 0.85))
            .runbook("DiskNearlyFull")
            .emptyWhen(NONE),
        meters("Full in", "Time until each disk is full at the pace of the last six hours.")
            .ask(
                "node_filesystem_avail_bytes"
                    + DISK
                    + " / (-deriv(node_filesystem_avail_bytes"
                    + DISK
                    + "[6h]) > 0)",
                "{{instance}} {{mountpoint}}")
            .in(Unit.DURATION, Scale.falling(86_400, 604_800))
            .runbook("HostDiskFillsSoon")
            .emptyWhen("no disk fills, or no node_exporter is scraped."),
        meters("Inodes free", "Share, by host and mount point; alarm below 10 %.")
            .ask(
                "node_filesystem_files_free" + DISK + " / (node_filesystem_files > 0)",
                "{{instance}} {{mountpoint}}")
            .in(Unit.RATIO, Scale.falling(0.1, 0.2))
            .runbook("HostInodesLow")
            .emptyWhen(NONE),
        lines("Time of a read", "Mean, by host and device; alarm above 100 ms.")
            .ask(
                "rate(node_disk_read_time_seconds_total{"
                    + OF
                    + "}[5m])"
                    + " / (rate(node_disk_reads_completed_total[5m]) > 0)",
                "{{instance}} {{device}}")
            .in(Unit.SECONDS, Scale.amber(0.1))
            .runbook("HostDiskSlow")
            .emptyWhen(NONE),
        lines("File handles in use", "Share of the limit; alarm above 80 %.")
            .ask("node_filefd_allocated{" + OF + "} / (node_filefd_maximum > 0)", "{{instance}}")
            .in(Unit.RATIO, Scale.amber(0.8))
            .runbook("HostFileHandlesLow")
            .emptyWhen(NONE));
  }

  private static Section network() {
    return Section.of(
        "Network",
        lines("Traffic", "Bytes a second in and out, by host.")
            .ask(
                "sum by (instance) (rate(node_network_receive_bytes_total{"
                    + OF
                    + ", device!='lo'}[$__rate_interval]))",
                "{{instance}} in")
            .ask(
                "-sum by (instance) (rate(node_network_transmit_bytes_total{"
                    + OF
                    + ", device!='lo'}[$__rate_interval]))",
                "{{instance}} out")
            .in(Unit.BYTES_PER_SECOND)
            .emptyWhen(NONE),
        lines("Errors", "A second, by host and card; alarm above 1.")
            .ask(
                "rate(node_network_receive_errs_total{"
                    + OF
                    + "}[5m])"
                    + " + rate(node_network_transmit_errs_total[5m])",
                "{{instance}} {{device}}")
            .in(Unit.PER_SECOND, Scale.amber(1))
            .runbook("HostNetworkErrors")
            .emptyWhen(NONE));
  }

  private static Section cluster() {
    return Section.of(
        "Kubernetes",
        meters("Nodes ready", "0 is a node that takes no work.")
            .ask("kube_node_status_condition{condition='Ready', status='true'}", "{{node}}")
            .in(Unit.STATE, Scale.atLeast(1))
            .words(Words.UP)
            .runbook("NodeNotReady")
            .emptyWhen(NO_CLUSTER),
        meters("Replicas missing", "Wanted but not there, by deployment.")
            .ask(
                "kube_deployment_spec_replicas - kube_deployment_status_replicas_available",
                "{{namespace}}/{{deployment}}")
            .in(Unit.COUNT, Scale.red(1))
            .runbook("DeploymentReplicasMissing")
            .emptyWhen(NO_CLUSTER),
        meters("Volumes free", "Share, by claim; alarm below 10 %.")
            .ask(
                "kubelet_volume_stats_available_bytes / (kubelet_volume_stats_capacity_bytes > 0)",
                "{{namespace}}/{{persistentvolumeclaim}}")
            .in(Unit.RATIO, Scale.falling(0.1, 0.2))
            .runbook("VolumeNearlyFull")
            .emptyWhen("no kubelet is scraped."),
        meters("Failed jobs", "By namespace and job.")
            .ask("kube_job_status_failed", "{{namespace}}/{{job_name}}")
            .in(Unit.COUNT, Scale.red(1))
            .runbook("JobFailed")
            .emptyWhen(NO_CLUSTER));
  }
}
