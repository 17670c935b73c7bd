package io.tocsin.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A running server as its {@code postmaster.pid} tells it.
 *
 * @see <a
 *     href="https://github.com/postgres/postgres/blob/REL_17_STABLE/src/include/utils/pidfile.h">pidfile.h</a>
 */
record Postmaster(ProcessHandle process, int port, boolean ready) {
  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;

  /**
   * The server that runs on a cluster, if one does. A process that merely got the same id after a
   * crash does not count: a postmaster's working directory is its cluster.
   */
  static Optional<Postmaster> of(Path cluster) throws IOException {
    Path file = file(cluster);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file, UTF_8);
    if (lines.size() <= PORT_LINE) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
        .filter(process -> process.isAlive() && worksIn(process, cluster))
        .map(
            process ->
                new Postmaster(
                    process,
                    Integer.parseInt(lines.get(PORT_LINE).strip()),
                    lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready")));
  }

  static Path file(Path cluster) {
    return cluster.resolve("postmaster.pid");
  }

  /** Whether the server was started from this home of programs. */
  boolean runsFrom(Path home) {
    return process.info().command().map(Path::of).filter(p -> p.startsWith(home)).isPresent();
  }

  private static boolean worksIn(ProcessHandle process, Path cluster) {
    try {
      return Files.isSameFile(Path.of("/proc/" + process.pid() + "/cwd"), cluster);
    } catch (IOException goneOrForeign) {
      return false;
    }
  }
}
