package io.tocsin.postgres;

import io.tocsin.model.report.ReportLetters;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Reports to be mailed, in the database. */
public final class PostgresReportLetters implements ReportLetters {

  private final Database database;

  public PostgresReportLetters(Database database) {
    this.database = database;
  }

  @Override
  public void plan(String model, LocalDate day, List<String> addresses, Instant now) {
    if (addresses.isEmpty()) {
      return;
    }
    database
        .jdbi()
        .useHandle(
            handle -> {
              var batch =
                  handle.prepareBatch(
                      """
                      INSERT INTO report_letter (model, day, address, planned_at, next_at)
                      VALUES (:model, :day, :address, :now, :now) ON CONFLICT DO NOTHING
                      """);
              for (String address : addresses) {
                batch
                    .bind("model", Documents.text(model))
                    .bind("day", day)
                    .bind("address", Documents.text(address))
                    .bind("now", now)
                    .add();
              }
              batch.execute();
            });
  }

  @Override
  public List<Letter> due(Instant now, int limit) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT model, day, address, planned_at, tries FROM report_letter
                        WHERE done_at IS NULL AND next_at <= :now ORDER BY next_at LIMIT :limit
                        """)
                    .bind("now", now)
                    .bind("limit", limit)
                    .map(
                        (row, context) ->
                            new Letter(
                                row.getString("model"),
                                row.getObject("day", LocalDate.class),
                                row.getString("address"),
                                row.getTimestamp("planned_at").toInstant(),
                                row.getInt("tries")))
                    .list());
  }

  @Override
  public void done(Letter letter, Instant now, String outcome) {
    update(letter, "done_at = :at, outcome = :outcome", now, outcome);
  }

  @Override
  public void later(Letter letter, Instant next, String outcome) {
    update(letter, "next_at = :at, tries = tries + 1, outcome = :outcome", next, outcome);
  }

  private void update(Letter letter, String change, Instant at, String outcome) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        "UPDATE report_letter SET "
                            + change
                            + " WHERE model = :model AND day = :day AND address = :address")
                    .bind("at", at)
                    .bind("outcome", Documents.text(outcome))
                    .bind("model", letter.model())
                    .bind("day", letter.day())
                    .bind("address", letter.address())
                    .execute());
  }

  @Override
  public void forget(LocalDate before) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate("DELETE FROM report_letter WHERE day < :before")
                    .bind("before", before)
                    .execute());
  }
}
