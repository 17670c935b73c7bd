package io.tocsin.postgres;

import io.tocsin.slo.DayUptime;
import io.tocsin.slo.StateSeconds;
import io.tocsin.slo.UptimeStore;
import io.tocsin.slo.UptimeSubject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Days of uptime as plain rows, for reports and for readers of SQL. */
public final class PostgresUptime implements UptimeStore {
  private final Database database;

  public PostgresUptime(Database database) {
    this.database = database;
  }

  @Override
  public void add(List<DayUptime> added, Instant bookedUntil) {
    if (added.isEmpty()) {
      return;
    }
    database
        .jdbi()
        .useTransaction(
            handle -> {
              addDays(handle, added);
              noteBooked(handle, added, bookedUntil);
            });
  }

  /** One statement for all rows; in the order of the key, so that two writers never deadlock. */
  private static void addDays(Handle handle, List<DayUptime> added) {
    handle
        .createUpdate(
            """
            INSERT INTO check_day (kind, name, day, up_seconds, degraded_seconds,
              down_seconds, unknown_seconds, maintenance_seconds)
            SELECT * FROM unnest(cast(:kinds AS text[]), cast(:names AS text[]),
              cast(:days AS date[]), cast(:up AS float8[]), cast(:degraded AS float8[]),
              cast(:down AS float8[]), cast(:unknown AS float8[]), cast(:maintenance AS float8[]))
            ORDER BY 1, 2, 3
            ON CONFLICT (kind, name, day) DO UPDATE SET
              up_seconds = check_day.up_seconds + excluded.up_seconds,
              degraded_seconds = check_day.degraded_seconds + excluded.degraded_seconds,
              down_seconds = check_day.down_seconds + excluded.down_seconds,
              unknown_seconds = check_day.unknown_seconds + excluded.unknown_seconds,
              maintenance_seconds = check_day.maintenance_seconds + excluded.maintenance_seconds
            """)
        .bindArray("kinds", String.class, each(added, day -> day.subject().kind().name()))
        .bindArray("names", String.class, each(added, day -> Documents.text(day.subject().name())))
        .bindArray("days", String.class, each(added, day -> day.day().toString()))
        .bindArray("up", Double.class, seconds(added, StateSeconds::up))
        .bindArray("degraded", Double.class, seconds(added, StateSeconds::degraded))
        .bindArray("down", Double.class, seconds(added, StateSeconds::down))
        .bindArray("unknown", Double.class, seconds(added, StateSeconds::unknown))
        .bindArray("maintenance", Double.class, seconds(added, StateSeconds::maintenance))
        .execute();
  }

  private static void noteBooked(Handle handle, List<DayUptime> added, Instant bookedUntil) {
    handle
        .createUpdate(
            """
            INSERT INTO check_booked (kind, name, until)
            SELECT DISTINCT kind, name, cast(:until AS timestamptz)
            FROM unnest(cast(:kinds AS text[]), cast(:names AS text[])) AS booked (kind, name)
            ORDER BY 1, 2
            ON CONFLICT (kind, name) DO UPDATE SET until = excluded.until
            """)
        .bindArray("kinds", String.class, each(added, day -> day.subject().kind().name()))
        .bindArray("names", String.class, each(added, day -> Documents.text(day.subject().name())))
        .bind("until", bookedUntil)
        .execute();
  }

  private static List<String> each(List<DayUptime> days, Function<DayUptime, String> text) {
    return days.stream().map(text).toList();
  }

  private static List<Double> seconds(List<DayUptime> days, Function<StateSeconds, Double> state) {
    return days.stream().map(day -> state.apply(day.seconds())).toList();
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
  public Map<UptimeSubject, Instant> booked() {
    var booked = new HashMap<UptimeSubject, Instant>();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery("SELECT kind, name, until FROM check_booked")
                    .map(
                        (row, context) ->
                            booked.put(
                                new UptimeSubject(
                                    UptimeSubject.Kind.valueOf(row.getString("kind")),
                                    row.getString("name")),
                                row.getTimestamp("until").toInstant()))
                    .list());
    return booked;
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
