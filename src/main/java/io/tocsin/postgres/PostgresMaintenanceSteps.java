package io.tocsin.postgres;

import io.tocsin.silence.MaintenanceStep;
import io.tocsin.silence.MaintenanceStepStore;
import java.time.Instant;
import java.util.List;

/** What was told of planned maintenance, in the database. */
public final class PostgresMaintenanceSteps implements MaintenanceStepStore {
  private final Database database;

  public PostgresMaintenanceSteps(Database database) {
    this.database = database;
  }

  @Override
  public List<MaintenanceStep> endingAfter(Instant instant) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT s.maintenance, s.kind, s.at FROM maintenance_step s"
                            + " JOIN maintenance m ON m.id = s.maintenance"
                            + " WHERE m.ends_at > :instant ORDER BY s.at")
                    .bind("instant", instant)
                    .map(
                        (row, context) ->
                            new MaintenanceStep(
                                row.getString("maintenance"),
                                MaintenanceStep.Kind.valueOf(row.getString("kind")),
                                row.getTimestamp("at").toInstant()))
                    .list());
  }

  @Override
  public boolean tell(MaintenanceStep step) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                        .createUpdate(
                            "INSERT INTO maintenance_step (maintenance, kind, at)"
                                + " SELECT id, :kind, :at FROM maintenance WHERE id = :maintenance"
                                + " ON CONFLICT (maintenance, kind) DO NOTHING")
                        .bind("maintenance", step.maintenance())
                        .bind("kind", step.kind().name())
                        .bind("at", step.at())
                        .execute()
                    == 1);
  }
}
