package io.tocsin.postgres;

import io.tocsin.model.report.ModelReport;
import io.tocsin.model.report.ReportStore;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Models' daily reports in the database. */
public final class PostgresModelReports implements ReportStore {

  private final Database database;

  public PostgresModelReports(Database database) {
    this.database = database;
  }

  @Override
  public void keep(ModelReport report) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO model_report (model, day, document)
                        VALUES (:model, :day, cast(:document AS jsonb))
                        ON CONFLICT (model, day) DO UPDATE SET document = excluded.document
                        """)
                    .bind("model", Documents.text(report.model()))
                    .bind("day", report.day())
                    .bind("document", Documents.write(report))
                    .execute());
  }

  @Override
  public Optional<ModelReport> find(String model, LocalDate day) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT document FROM model_report WHERE model = :model AND day = :day")
                    .bind("model", Documents.text(model))
                    .bind("day", day)
                    .map(Documents.rows(ModelReport.class))
                    .findOne());
  }

  @Override
  public List<ModelReport> latest(String model, LocalDate before, int limit) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT document FROM model_report
                        WHERE model = :model AND day < :before
                        ORDER BY day DESC LIMIT :limit
                        """)
                    .bind("model", Documents.text(model))
                    .bind("before", before)
                    .bind("limit", limit)
                    .map(Documents.rows(ModelReport.class))
                    .list());
  }

  @Override
  public List<LocalDate> days(String model) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT day FROM model_report WHERE model = :model ORDER BY day DESC")
                    .bind("model", Documents.text(model))
                    .mapTo(LocalDate.class)
                    .list());
  }

  @Override
  public void forget(LocalDate before) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate("DELETE FROM model_report WHERE day < :before")
                    .bind("before", before)
                    .execute());
  }
}
