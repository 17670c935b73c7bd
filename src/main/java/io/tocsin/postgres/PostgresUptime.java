package io.tocsin.postgres;

import io.tocsin.slo.DayUptime;
import io.tocsin.slo.StateSeconds;
import io.tocsin.slo.UptimeStore;
import io.tocsin.slo.UptimeSubject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Days of uptime as plain rows, for reports and for readers of SQL. */
public final class PostgresUptime implements UptimeStore {
  private final Database database;

  public PostgresUptime(Database database) {
    this.database = database;
  }

  @Override
  public void add(UptimeSubject subject, List<DayUptime> added, Instant bookedUntil) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              PreparedBatch days =
                  handle.prepareBatch(
                      """
                      INSERT INTO check_day (kind, name, day, up_seconds, degraded_seconds,
                        down_seconds, unknown_seconds, maintenance_seconds)
                      VALUES (:kind, :name, :day, :up, :degraded, :down, :unknown, :maintenance)
                      ON CONFLICT (kind, name, day) DO UPDATE SET
                        up_seconds = check_day.up_seconds + excluded.up_seconds,
                        degraded_seconds = check_day.degraded_seconds + excluded.degraded_seconds,
                        down_seconds = check_day.down_seconds + excluded.down_seconds,
                        unknown_seconds = check_day.unknown_seconds + excluded.unknown_seconds,
                        maintenance_seconds =
                          check_day.maintenance_seconds + excluded.maintenance_seconds
                      """);
              added.forEach(day -> bind(days, day));
              if (!added.isEmpty()) {
                days.execute();
              }
              handle
                  .createUpdate(
                      """
                      INSERT INTO check_booked (kind, name, until) VALUES (:kind, :name, :until)
                      ON CONFLICT (kind, name) DO UPDATE SET until = excluded.until
                      """)
                  .bind("kind", subject.kind())
                  .bind("name", Documents.text(subject.name()))
                  .bind("until", bookedUntil)
                  .execute();
            });
  }

  private static void bind(PreparedBatch days, DayUptime day) {
    StateSeconds seconds = day.seconds();
    days.bind("kind", day.subject().kind())
        .bind("name", Documents.text(day.subject().name()))
        .bind("day", day.day())
        .bind("up", seconds.up())
        .bind("degraded", seconds.degraded())
        .bind("down", seconds.down())
        .bind("unknown", seconds.unknown())
        .bind("maintenance", seconds.maintenance())
        .add();
  }

  @Override
  public Optional<Instant> bookedUntil(UptimeSubject subject) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT until FROM check_booked WHERE kind = :kind AND name = :name")
                    .bind("kind", subject.kind())
                    .bind("name", Documents.text(subject.name()))
                    .mapTo(Instant.class)
                    .findOne());
  }

  @Override
  public List<DayUptime> days(UptimeSubject subject, LocalDate first, LocalDate last) {
    return days(subject.kind(), Optional.of(subject.name()), first, last);
  }

  @Override
  public List<DayUptime> days(UptimeSubject.Kind kind, LocalDate first, LocalDate last) {
    return days(kind, Optional.empty(), first, last);
  }

  private List<DayUptime> days(
      UptimeSubject.Kind kind, Optional<String> name, LocalDate first, LocalDate last) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT * FROM check_day
                        WHERE kind = :kind AND day BETWEEN :first AND :last
                          AND (cast(:name AS text) IS NULL OR name = :name)
                        ORDER BY name COLLATE "C", day
                        """)
                    .bind("kind", kind)
                    .bind("name", name.map(Documents::text))
                    .bind("first", first)
                    .bind("last", last)
                    .map((row, context) -> day(row))
                    .list());
  }

  private static DayUptime day(ResultSet row) throws SQLException {
    return new DayUptime(
        new UptimeSubject(UptimeSubject.Kind.valueOf(row.getString("kind")), row.getString("name")),
        row.getObject("day", LocalDate.class),
        new StateSeconds(
            row.getDouble("up_seconds"),
            row.getDouble("degraded_seconds"),
            row.getDouble("down_seconds"),
            row.getDouble("unknown_seconds"),
            row.getDouble("maintenance_seconds")));
  }
}
