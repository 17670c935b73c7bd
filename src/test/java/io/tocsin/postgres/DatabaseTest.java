package io.tocsin.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class DatabaseTest {
  private static final Instant NOW = Instant.now();

  @Test
  void aHealthyDatabaseSaysWhereItsTablesLive(Database database) {
    assertThat(database.health()).isEqualTo(new Database.Health.Up(database.home().describe()));
  }

  @Test
  void theLargeTablesAreWhatTheHomeSays(Database database) {
    String hypertables = "SELECT count(*) FROM timescaledb_information.hypertables";
    String partitioned = "SELECT count(*) FROM pg_partitioned_table";
    if (database.home() instanceof Hypertables) {
      assertThat(number(database, hypertables)).isEqualTo(TableHome.TABLES.size());
      assertThat(
              number(
                  database,
                  "SELECT count(*) FROM timescaledb_information.jobs WHERE hypertable_schema ="
                      + " 'tocsin'"))
          .as("compression for two")
          .isEqualTo(2);
    } else {
      assertThat(number(database, partitioned)).isEqualTo(TableHome.TABLES.size() + 1);
    }
  }

  private static int number(Database database, String sql) {
    return database.jdbi().withHandle(h -> h.createQuery(sql).mapTo(Integer.class).one());
  }

  @Test
  void theNewestMigrationIsTheOneTheCodeKnows() throws Exception {
    var folder = Path.of(DatabaseTest.class.getResource("/db/migration").toURI());
    try (var files = Files.list(folder)) {
      assertThat(files)
          .extracting(
              file ->
                  Integer.valueOf(file.getFileName().toString().replaceAll("V(\\d+)__.*", "$1")))
          .hasSize(Migrations.FILES)
          .contains(Migrations.NEWEST)
          .allMatch(version -> version <= Migrations.NEWEST);
    }
  }

  @Test
  void aMigrationThatWasAddedBelowTheNewestRunsToo() {
    try (var lease = TestDatabase.create()) {
      lease
          .database()
          .jdbi()
          .useHandle(
              handle -> {
                handle.execute("DROP TABLE maintenance_step");
                handle.execute("DELETE FROM flyway_schema_history WHERE version = '12'");
              });
      Database.open(lease.address(), Retention.DEFAULT, NOW).close();
      assertThat(number(lease.database(), "SELECT count(*) FROM maintenance_step")).isZero();
    }
  }

  @Test
  void aSchemaNewerThanTheProgramIsRefused() {
    try (var lease = TestDatabase.create()) {
      lease
          .database()
          .jdbi()
          .useHandle(handle -> handle.execute("UPDATE flyway_schema_history SET version = '99'"));
      assertThatThrownBy(() -> Database.open(lease.address(), Retention.DEFAULT, NOW))
          .isInstanceOf(DatabaseProblem.class)
          .hasMessageContaining("schema version 99");
    }
  }

  @Test
  void openingAgainChangesNothing(Database database) {
    database.jdbi().useTransaction(h -> database.home().prepare(h, Retention.DEFAULT, NOW));
    assertThat(database.health()).isInstanceOf(Database.Health.Up.class);
  }

  @Test
  void rowsPastRetentionGoAndOthersStay() {
    try (var lease = TestDatabase.create()) {
      Database database = lease.database();
      for (int day : List.of(0, -13, -40)) {
        Instant at = NOW.plus(Duration.ofDays(day));
        database.jdbi().useHandle(handle -> insert(handle, at));
      }
      forgetting(database, NOW);
      assertThat(days(database, NOW)).containsExactly(-13L, 0L);
      forgetting(database, NOW.plus(Duration.ofDays(10)));
      assertThat(days(database, NOW)).containsExactly(0L);
    }
  }

  private static void insert(org.jdbi.v3.core.Handle handle, Instant at) {
    handle.execute(
        "INSERT INTO check_result (check_name, component, at, duration_ms, outcome, verdict_before,"
            + " verdict, detail) VALUES ('web', 'web', ?, 1, 'SUCCESS', 'UP', 'UP', '')",
        at);
  }

  private static void forgetting(Database database, Instant now) {
    TableHome home = database.home();
    database.jdbi().useHandle(handle -> home.maintain(handle, Retention.DEFAULT, now));
  }

  private static List<Long> days(Database database, Instant now) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT at FROM check_result ORDER BY at")
                    .mapTo(Instant.class)
                    .map(at -> Math.round(Duration.between(now, at).toHours() / 24.0))
                    .list());
  }

  @Test
  void whatReportsNoLongerNeedGoes(Database database) {
    database
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  "INSERT INTO maintenance VALUES ('old', 't', now(), now(), '{}'), ('new', 't',"
                      + " now(), now() + interval '400 days', '{}')");
            });
    database.maintain(Retention.DEFAULT, NOW);
    assertThat(number(database, "SELECT count(*) FROM maintenance")).isEqualTo(2);
    database.maintain(Retention.DEFAULT, NOW.plus(Duration.ofDays(401)));
    assertThat(number(database, "SELECT count(*) FROM maintenance")).isEqualTo(1);
  }

  @Test
  void rowsFarAheadAreKeptAndFindTheirSliceLater() {
    try (var lease = TestDatabase.create()) {
      Database database = lease.database();
      Instant ahead = NOW.plus(Duration.ofDays(60));
      database.jdbi().useHandle(handle -> insert(handle, ahead));
      database.jdbi().useHandle(h -> database.home().maintain(h, Retention.DEFAULT, ahead));
      assertThat(days(database, NOW)).containsExactly(60L);
    }
  }
}
