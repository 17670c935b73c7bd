package io.tocsin.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code initdb} and {@code pg_ctl}, driven on one cluster.
 *
 * @see <a href="https://www.postgresql.org/docs/17/app-initdb.html">initdb</a>
 * @see <a href="https://www.postgresql.org/docs/17/app-pg-ctl.html">pg_ctl</a>
 */
record ServerPrograms(Path home, Path folder, ServerUser user) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The files of the database. */
  Path cluster() {
    return folder.resolve("cluster");
  }

  private Path startLog() {
    return folder.resolve("start.log");
  }

  /** Makes the cluster with one database: complete and flushed to disk, or not there at all. */
  void initialise(String name, Path passwordFile) throws IOException, InterruptedException {
    Path fresh = Files.createTempDirectory(folder, "initdb-");
    user.own(fresh);
    run(
        "",
        "initdb",
        "--pgdata=" + fresh,
        "--username=" + name,
        "--pwfile=" + passwordFile,
        "--auth=scram-sha-256",
        // The password is 192 random bits: stretching it would only slow down every connection.
        "--set=scram_iterations=1",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--data-checksums",
        "--no-sync",
        "--no-instructions");
    run(
        "CREATE DATABASE " + name,
        "postgres",
        "--single",
        "-F",
        "-D",
        fresh.toString(),
        "postgres");
    run("", "initdb", "--sync-only", "--pgdata=" + fresh);
    Files.move(fresh, cluster(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Starts the server and waits until it takes connections. */
  void start(int port, boolean durable, Duration patience)
      throws IOException, InterruptedException {
    Files.deleteIfExists(Postmaster.file(cluster()));
    Files.writeString(cluster().resolve("postgresql.conf"), settings(port, durable), UTF_8);
    Files.deleteIfExists(startLog());
    Files.createFile(startLog());
    user.own(startLog());
    // pg_ctl gives the server a session of its own: Ctrl-C in a terminal is for us, not for it.
    run("", "pg_ctl", "start", "--no-wait", "--pgdata=" + cluster(), "--log=" + startLog());
    long deadline = System.nanoTime() + patience.toNanos();
    while (Postmaster.of(cluster()).filter(Postmaster::ready).isEmpty()) {
      if (System.nanoTime() > deadline || failed()) {
        throw new DatabaseProblem(
            "embedded PostgreSQL did not start: " + Files.readString(startLog(), UTF_8).strip());
      }
      Thread.sleep(10);
    }
  }

  private boolean failed() throws IOException {
    return Files.readString(startLog(), UTF_8).contains("FATAL");
  }

  /** Stops the server: fast, then at once, then by force. */
  void stop(Duration patience) throws IOException, InterruptedException {
    Optional<Postmaster> running = Postmaster.of(cluster());
    if (running.isEmpty()) {
      return;
    }
    for (String mode : List.of("fast", "immediate")) {
      var stop = program("pg_ctl", "stop", "--no-wait", "--mode=" + mode, "--pgdata=" + cluster());
      stop.start().waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (gone(running.get().process(), mode.equals("fast") ? patience : Duration.ofSeconds(1))) {
        return;
      }
    }
    running.get().process().destroyForcibly();
  }

  private static boolean gone(ProcessHandle process, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    return !process.isAlive();
  }

  private void run(String input, String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("tocsin-" + command[0], ".log");
    try {
      var process = program(command).redirectOutput(output.toFile()).start();
      try (var stdin = process.outputWriter(UTF_8)) {
        stdin.write(input);
      }
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new DatabaseProblem(command[0] + " did not end within " + PATIENCE);
      }
      if (process.exitValue() != 0) {
        throw new DatabaseProblem(
            command[0] + " failed in " + folder + ": " + Files.readString(output, UTF_8).strip());
      }
    } finally {
      Files.delete(output);
    }
  }

  private ProcessBuilder program(String... command) {
    var line = new ArrayList<>(List.of(command));
    line.set(0, home.resolve("bin").resolve(command[0]).toString());
    var builder =
        new ProcessBuilder(user.command(line))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  /** Everything the server is told; {@code tocsin.conf} beside it is the owner's, read last. */
  private static String settings(int port, boolean durable) {
    String sync = durable ? "on" : "off";
    return """
    # Written by Tocsin at every start. Put your own settings into tocsin.conf beside this file.
    listen_addresses = '127.0.0.1'
    port = %d
    unix_socket_directories = ''
    max_connections = 60
    password_encryption = scram-sha-256
    fsync = %s
    synchronous_commit = %s
    full_page_writes = %s
    wal_level = replica
    max_wal_senders = 2
    max_wal_size = 512MB
    min_wal_size = 64MB
    wal_compression = on
    wal_init_zero = on
    shared_buffers = 64MB
    work_mem = 8MB
    maintenance_work_mem = 64MB
    max_parallel_workers_per_gather = 0
    jit = off
    checkpoint_completion_target = 0.9
    autovacuum_max_workers = 2
    autovacuum_naptime = 60s
    timezone = 'UTC'
    log_timezone = 'UTC'
    datestyle = 'iso, mdy'
    default_text_search_config = 'pg_catalog.simple'
    logging_collector = on
    log_directory = 'log'
    log_filename = 'postgresql-%%a.log'
    log_rotation_age = 1d
    log_rotation_size = 0
    log_truncate_on_rotation = on
    log_min_messages = warning
    log_checkpoints = off
    include_if_exists = 'tocsin.conf'
    """
        .formatted(port, sync, sync, sync);
  }
}
