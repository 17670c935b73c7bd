package io.tocsin.postgres;

import io.tocsin.incident.HookLedger;
import io.tocsin.incident.IncidentId;
import java.time.Instant;
import java.util.Optional;

/** Webhooks taken and foreign names of incidents, in the database. */
public final class PostgresHookLedger implements HookLedger {
  private final Database database;

  public PostgresHookLedger(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Instant> takenAt(String source, String id) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT at FROM hook_seen WHERE source = :source AND id = :id")
                    .bind("source", source)
                    .bind("id", Documents.text(id))
                    .map((row, context) -> row.getTimestamp(1).toInstant())
                    .findOne());
  }

  @Override
  public void taken(String source, String id, Instant at) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO hook_seen (source, id, at) VALUES (:source, :id, :at)
                        ON CONFLICT (source, id) DO NOTHING
                        """)
                    .bind("source", source)
                    .bind("id", Documents.text(id))
                    .bind("at", at)
                    .execute());
  }

  @Override
  public Optional<IncidentId> incident(String source, String foreignId) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT incident_id FROM foreign_incident
                        WHERE source = :source AND foreign_id = :id
                        """)
                    .bind("source", source)
                    .bind("id", Documents.text(foreignId))
                    .map((row, context) -> new IncidentId(row.getString(1)))
                    .findOne());
  }

  @Override
  public Optional<String> foreignId(String source, IncidentId incident) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT foreign_id FROM foreign_incident
                        WHERE source = :source AND incident_id = :incident
                        ORDER BY foreign_id LIMIT 1
                        """)
                    .bind("source", source)
                    .bind("incident", incident.value())
                    .mapTo(String.class)
                    .findOne());
  }

  @Override
  public void link(String source, String foreignId, IncidentId incident) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO foreign_incident (source, foreign_id, incident_id)
                        VALUES (:source, :id, :incident)
                        ON CONFLICT (source, foreign_id) DO UPDATE
                          SET incident_id = excluded.incident_id
                        """)
                    .bind("source", source)
                    .bind("id", Documents.text(foreignId))
                    .bind("incident", incident.value())
                    .execute());
  }

  @Override
  public void forget(Instant before) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate("DELETE FROM hook_seen WHERE at < :before")
                    .bind("before", before)
                    .execute());
  }
}
