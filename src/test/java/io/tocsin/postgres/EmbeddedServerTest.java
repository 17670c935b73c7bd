package io.tocsin.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {
  @TempDir Path folder;

  private EmbeddedServer start() {
    return EmbeddedServer.start(DatabaseSettings.Embedded.in(folder), TestDatabase.PROGRAMS);
  }

  private static Database open(EmbeddedServer server) {
    return Database.open(server.address(), Retention.DEFAULT, Instant.now());
  }

  @Test
  void aRestartKeepsDataPortAndPassword() {
    DatabaseSettings.Server before;
    try (var server = start();
        var database = open(server)) {
      before = server.address();
      database.jdbi().useHandle(handle -> handle.execute("INSERT INTO node (name) VALUES ('a')"));
    }
    try (var server = start();
        var database = open(server)) {
      assertThat(server.address()).isEqualTo(before);
      assertThat(nodes(database)).isEqualTo(1);
    }
  }

  private static int nodes(Database database) {
    return database
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("SELECT count(*) FROM node").mapTo(Integer.class).one());
  }

  @Test
  void commitsAreFlushedAndPasswordsAreHashedAndOnlyOursToRead() throws Exception {
    try (var server = start();
        var database = open(server)) {
      for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
        assertThat(setting(database, setting)).as(setting).isEqualTo("on");
      }
      assertThat(setting(database, "password_encryption")).isEqualTo("scram-sha-256");
      assertThat(setting(database, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(Files.getPosixFilePermissions(folder.resolve("password")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(server.address().toString()).doesNotContain(server.address().password());
    }
  }

  private static String setting(Database database, String name) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT current_setting(:name)")
                    .bind("name", name)
                    .mapTo(String.class)
                    .one());
  }

  @Test
  void aWrongPasswordIsRefused() {
    try (var server = start()) {
      var right = server.address();
      var wrong = new DatabaseSettings.Server(right.url(), right.user(), "wrong", 1);
      assertThatThrownBy(() -> Database.open(wrong, Retention.DEFAULT, Instant.now()))
          .isInstanceOf(DatabaseProblem.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void aSecondServerOnTheSameFolderIsRefused() {
    try (var server = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(DatabaseProblem.class)
          .hasMessageContaining("another Tocsin uses the data folder " + folder);
      assertThat(server.process()).isPresent();
    }
  }

  @Test
  void aServerThatAKilledProcessLeftIsTakenOver() throws Exception {
    var process = leftServer();
    try (var server = start();
        var database = open(server)) {
      assertThat(server.process()).contains(process);
      assertThat(nodes(database)).isEqualTo(1);
    }
    assertThat(process.isAlive()).as("it is ours now, and stops with us").isFalse();
  }

  @Test
  void aServerLeftOnAnotherPortThanTheOneWantedIsReplaced() throws Exception {
    var process = leftServer();
    int port;
    try (var free = new java.net.ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var wanted = new DatabaseSettings.Embedded(folder, port, 2, true);
    try (var server = EmbeddedServer.start(wanted, TestDatabase.PROGRAMS);
        var database = open(server)) {
      assertThat(server.address().url()).contains(":" + port + "/");
      assertThat(server.process()).isPresent().get().isNotEqualTo(process);
      assertThat(nodes(database)).isEqualTo(1);
    }
  }

  /** A server as {@code kill -9} of its process leaves it: running, its folder not locked. */
  private ProcessHandle leftServer() throws Exception {
    var server = start();
    try (var database = open(server)) {
      database.jdbi().useHandle(handle -> handle.execute("INSERT INTO node (name) VALUES ('a')"));
    }
    server.abandon();
    return server.process().orElseThrow();
  }

  @Test
  void aKilledServerRecoversEveryCommit() {
    var server = start();
    try (var database = open(server)) {
      database.jdbi().useHandle(handle -> handle.execute("INSERT INTO node (name) VALUES ('a')"));
      var process = server.process().orElseThrow();
      process.destroyForcibly();
      process.onExit().join();
    }
    server.close();
    try (var again = start();
        var database = open(again)) {
      assertThat(nodes(database)).isEqualTo(1);
    }
  }
}
