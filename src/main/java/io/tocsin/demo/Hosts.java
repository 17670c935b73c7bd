package io.tocsin.demo;

/** Two hosts, by the names of node_exporter, and a small cluster by kube-state-metrics'. */
final class Hosts {

  private static final double GIB = 1L << 30;
  private static final int PROCESSORS = 4;

  private final Tide tide;
  private final Faults faults;

  Hosts(Tide tide, Faults faults) {
    this.tide = tide;
    this.faults = faults;
  }

  /** What the exporter of one host says. */
  String node(String name) {
    var out = new Exposition();
    boolean busy = name.equals("db-1") && faults.broken(SimulatedPart.DATABASE);
    out.put("node_uname_info", 1, "nodename", name, "sysname", "Linux", "release", "6.12");
    for (int cpu = 0; cpu < PROCESSORS; cpu++) {
      String number = Integer.toString(cpu);
      out.put(
          "node_cpu_seconds_total", tide.grown(busy ? 0.1 : 0.62), "cpu", number, "mode", "idle");
      out.put("node_cpu_seconds_total", tide.grown(0.3), "cpu", number, "mode", "user");
      out.put("node_cpu_seconds_total", tide.grown(0.06), "cpu", number, "mode", "system");
      out.put("node_cpu_seconds_total", tide.grown(0.02), "cpu", number, "mode", "iowait");
    }
    out.put("node_load1", tide.near(busy ? 7 : 1.6, 0.3));
    out.put("node_memory_MemTotal_bytes", 16 * GIB);
    out.put("node_memory_MemAvailable_bytes", tide.near(7 * GIB, 0.1));
    disk(out, "/", tide.near(41 * GIB, 0.001), 100 * GIB);
    disk(out, "/data", 260 * GIB - tide.seconds() * 2_000_000, 500 * GIB);
    out.put("node_disk_read_time_seconds_total", tide.grown(0.02), "device", "sda");
    out.put("node_disk_reads_completed_total", tide.grown(12), "device", "sda");
    for (String device : new String[] {"eth0", "lo"}) {
      out.put("node_network_receive_bytes_total", tide.grown(420_000), "device", device);
      out.put("node_network_transmit_bytes_total", tide.grown(310_000), "device", device);
      out.put("node_network_receive_errs_total", 3, "device", device);
      out.put("node_network_transmit_errs_total", 0, "device", device);
    }
    out.put("node_filefd_allocated", tide.near(4_100, 0.05)).put("node_filefd_maximum", 65_536);
    out.put("node_timex_offset_seconds", tide.near(0.0004, 2));
    out.put("node_vmstat_oom_kill", 0);
    return out.toString();
  }

  private static void disk(Exposition out, String mount, double available, double size) {
    String[] labels = {"mountpoint", mount, "fstype", "ext4", "device", "/dev/sda"};
    out.put("node_filesystem_avail_bytes", available, labels);
    out.put("node_filesystem_size_bytes", size, labels);
    out.put("node_filesystem_files", 6_500_000, labels);
    out.put("node_filesystem_files_free", 5_900_000, labels);
  }

  /** What kube-state-metrics and the kubelet say of the cluster. */
  String cluster() {
    var out = new Exposition();
    for (String node : new String[] {"node-a", "node-b"}) {
      out.put(
          "kube_node_status_condition", 1, "node", node, "condition", "Ready", "status", "true");
    }
    String[] web = {"namespace", "shop", "deployment", "web-app"};
    out.put("kube_deployment_spec_replicas", 3, web);
    out.put("kube_deployment_status_replicas_available", 3, web);
    for (String phase : new String[] {"Running", "Pending", "Failed", "Unknown"}) {
      double is = phase.equals("Running") ? 1 : 0;
      out.put("kube_pod_status_phase", is, "namespace", "shop", "pod", "web-app-0", "phase", phase);
    }
    out.put("kube_job_status_failed", 0, "namespace", "shop", "job_name", "nightly-report");
    String[] claim = {"namespace", "shop", "persistentvolumeclaim", "uploads"};
    out.put("kubelet_volume_stats_capacity_bytes", 50 * GIB, claim);
    out.put("kubelet_volume_stats_available_bytes", tide.near(21 * GIB, 0.01), claim);
    return out.toString();
  }
}
