package io.tocsin.postgres;

import io.tocsin.check.Cause;
import io.tocsin.check.CheckObservation;
import io.tocsin.check.CheckResult;
import io.tocsin.check.CheckResultStore;
import io.tocsin.check.Outcome;
import io.tocsin.check.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Results of checks as plain rows, for reports and for readers of SQL. */
public final class PostgresCheckResults implements CheckResultStore {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String COLUMNS =
      "check_name, component, at, duration_ms, outcome, verdict_before, verdict, cause_side, cause,"
          + " detail, tls_expiry, status_code";

  private final Database database;

  public PostgresCheckResults(Database database) {
    this.database = database;
  }

  @Override
  public void append(List<CheckObservation> batch) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      copy(batch);
    } catch (JdbiException failed) {
      if (!(failed.getCause() instanceof SQLException cause)
          || !UNIQUE_VIOLATION.equals(cause.getSQLState())) {
        throw failed;
      }
      insert(batch);
    }
  }

  private void copy(List<CheckObservation> batch) {
    var rows = new CopyRows();
    batch.forEach(observation -> write(rows, observation));
    database
        .jdbi()
        .useHandle(
            handle -> {
              try {
                rows.into(handle.getConnection(), "check_result", COLUMNS);
              } catch (SQLException failed) {
                throw new ConnectionException(failed);
              }
            });
  }

  private static void write(CopyRows rows, CheckObservation observation) {
    CheckResult result = observation.result();
    rows.text(result.check())
        .text(result.component())
        .instant(result.at())
        .number(result.durationSeconds() * 1000)
        .text(result.outcome().name())
        .text(observation.before().name())
        .text(observation.after().name())
        .text(result.cause().map(cause -> cause.side().name()))
        .text(result.cause().map(Cause::reason))
        .text(result.detail())
        .instant(result.tlsExpiry());
    if (result.statusCode().isPresent()) {
      rows.number(result.statusCode().getAsInt());
    } else {
      rows.nothing();
    }
    rows.end();
  }

  /** The dearer way, for a batch of which something is there already: its commit was in doubt. */
  private void insert(List<CheckObservation> batch) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              PreparedBatch rows =
                  handle.prepareBatch(
                      """
                      INSERT INTO check_result (<columns>)
                      VALUES (:check, :component, :at, :duration, :outcome,
                        :before, :verdict, :side, :cause, :detail, :expiry, :status)
                      ON CONFLICT (check_name, at) DO NOTHING
                      """
                          .replace("<columns>", COLUMNS));
              batch.forEach(observation -> bind(rows, observation));
              rows.execute();
            });
  }

  private static void bind(PreparedBatch rows, CheckObservation observation) {
    CheckResult result = observation.result();
    rows.bind("check", Documents.text(result.check()))
        .bind("component", Documents.text(result.component()))
        .bind("at", result.at())
        .bind("duration", result.durationSeconds() * 1000)
        .bind("outcome", result.outcome())
        .bind("before", observation.before())
        .bind("verdict", observation.after())
        .bind("side", result.cause().map(cause -> cause.side().name()))
        .bind("cause", result.cause().map(cause -> Documents.text(cause.reason())))
        .bind("detail", Documents.text(result.detail()))
        .bind("expiry", result.tlsExpiry())
        .bind("status", result.statusCode())
        .add();
  }

  @Override
  public List<CheckObservation> read(String check, Instant from, Instant to, int limit) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT * FROM check_result
                        WHERE check_name = :check AND at >= :from AND at < :to
                        ORDER BY at LIMIT :limit
                        """)
                    .bind("check", Documents.text(check))
                    .bind("from", from)
                    .bind("to", to)
                    .bind("limit", limit)
                    .map((row, context) -> observation(row))
                    .list());
  }

  private static CheckObservation observation(ResultSet row) throws SQLException {
    int status = row.getInt("status_code");
    var statusCode = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(status);
    Optional<Cause> cause = Optional.empty();
    if (row.getString("cause_side") != null) {
      cause =
          Optional.of(
              new Cause(Cause.Side.valueOf(row.getString("cause_side")), row.getString("cause")));
    }
    var result =
        new CheckResult(
            row.getString("check_name"),
            row.getString("component"),
            row.getTimestamp("at").toInstant(),
            row.getDouble("duration_ms") / 1000,
            Outcome.valueOf(row.getString("outcome")),
            cause,
            row.getString("detail"),
            Optional.ofNullable(row.getTimestamp("tls_expiry")).map(Timestamp::toInstant),
            statusCode);
    return new CheckObservation(
        result,
        Verdict.valueOf(row.getString("verdict_before")),
        Verdict.valueOf(row.getString("verdict")));
  }
}
