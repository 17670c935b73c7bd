package io.tocsin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processes that work below a folder: a service with its database, whose processes are no
 * children of it. Linux only.
 */
final class FolderProcesses {
  private final Path folder;

  FolderProcesses(Path folder) throws IOException {
    this.folder = folder.toRealPath();
  }

  /** Their directories below {@code /proc}. */
  List<Path> now() throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes.filter(this::isOurs).toList();
    }
  }

  private boolean isOurs(Path process) {
    if (!process.getFileName().toString().chars().allMatch(Character::isDigit)) {
      return false;
    }
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).startsWith(folder);
    } catch (IOException gone) {
      return false;
    }
  }

  /**
   * The memory they take, in bytes: what they share is split among them (proportional set size).
   */
  long memory() throws IOException {
    long kilobytes = 0;
    for (Path process : now()) {
      kilobytes += proportionalKilobytes(process);
    }
    return kilobytes << 10;
  }

  private static long proportionalKilobytes(Path process) {
    try {
      for (String line : Files.readAllLines(process.resolve("smaps_rollup"))) {
        if (line.startsWith("Pss:")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException gone) {
      return 0;
    }
    return 0;
  }
}
