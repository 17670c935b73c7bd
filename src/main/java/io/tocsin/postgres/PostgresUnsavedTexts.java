package io.tocsin.postgres;

import io.tocsin.incident.IncidentId;
import io.tocsin.postmortem.UnsavedTexts;
import java.util.List;

/** Texts of post-mortems that nobody has saved yet. */
public final class PostgresUnsavedTexts implements UnsavedTexts {

  private final Database database;

  public PostgresUnsavedTexts(Database database) {
    this.database = database;
  }

  @Override
  public void keep(Unsaved text) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO postmortem_unsaved (incident_id, person, based_on, markdown, at)
                        VALUES (:incident, :person, :based, :markdown, :at)
                        ON CONFLICT (incident_id, person) DO UPDATE SET
                          based_on = excluded.based_on, markdown = excluded.markdown,
                          at = excluded.at
                        """)
                    .bind("incident", text.incident().value())
                    .bind("person", text.person())
                    .bind("based", text.basedOn())
                    .bind("markdown", text.markdown())
                    .bind("at", text.at())
                    .execute());
  }

  @Override
  public List<Unsaved> of(IncidentId incident) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT person, based_on, markdown, at FROM postmortem_unsaved
                        WHERE incident_id = :incident ORDER BY at DESC
                        """)
                    .bind("incident", incident.value())
                    .map(
                        (row, context) ->
                            new Unsaved(
                                incident,
                                row.getString("person"),
                                row.getInt("based_on"),
                                row.getString("markdown"),
                                row.getTimestamp("at").toInstant()))
                    .list());
  }

  @Override
  public void forget(IncidentId incident, String person) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        DELETE FROM postmortem_unsaved
                        WHERE incident_id = :incident AND person = :person
                        """)
                    .bind("incident", incident.value())
                    .bind("person", person)
                    .execute());
  }
}
