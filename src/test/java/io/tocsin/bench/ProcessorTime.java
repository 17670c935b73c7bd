package io.tocsin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Processor time of every process that works below a folder, ended ones included: a service with
 * its database, whose processes are no children of it. Linux only; ticks of 10 ms.
 */
final class ProcessorTime {

  private static final double TICKS_PER_SECOND = 100;

  private final FolderProcesses processes;
  private final Map<String, Double> seconds = new HashMap<>();

  ProcessorTime(Path folder) throws IOException {
    this.processes = new FolderProcesses(folder);
  }

  /** Seconds of all of them together, since they began. */
  double seconds() throws IOException {
    for (Path process : processes.now()) {
      try {
        seconds.put(process.toString(), of(process));
      } catch (IOException gone) {
        seconds.computeIfPresent(process.toString(), (name, spent) -> spent);
      }
    }
    return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Seconds of one process, user and system, by proc(5). */
  static double of(Path process) throws IOException {
    String line = Files.readString(process.resolve("stat"));
    List<String> fields = List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
    return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS_PER_SECOND;
  }
}
