package io.tocsin.postgres;

import io.tocsin.incident.IncidentId;
import io.tocsin.postmortem.Postmortem;
import io.tocsin.postmortem.PostmortemStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every version of every post-mortem. */
public final class PostgresPostmortems implements PostmortemStore {

  private final Database database;

  public PostgresPostmortems(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Postmortem> latest(IncidentId incident) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT document FROM postmortem WHERE incident_id = :incident
                        ORDER BY version DESC LIMIT 1
                        """)
                    .bind("incident", incident.value())
                    .mapTo(String.class)
                    .findOne())
        .map(document -> Documents.read(document, Postmortem.class));
  }

  @Override
  public List<Postmortem> versions(IncidentId incident) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT document FROM postmortem WHERE incident_id = :incident
                        ORDER BY version
                        """)
                    .bind("incident", incident.value())
                    .mapTo(String.class)
                    .list())
        .stream()
        .map(document -> Documents.read(document, Postmortem.class))
        .toList();
  }

  @Override
  public Map<IncidentId, Integer> written(Collection<IncidentId> incidents) {
    if (incidents.isEmpty()) {
      return Map.of();
    }
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT incident_id, max(version) AS version FROM postmortem"
                            + " WHERE incident_id IN (<ids>) GROUP BY incident_id")
                    .bindList("ids", incidents.stream().map(IncidentId::value).toList())
                    .map(
                        (row, context) ->
                            Map.entry(new IncidentId(row.getString(1)), row.getInt(2)))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  @Override
  public List<Postmortem> search(String words, int limit) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT p.document FROM postmortem p,
                          LATERAL (SELECT to_tsvector('english', concat_ws(' ',
                              p.document ->> 'markdown',
                              (SELECT string_agg(a.document ->> 'text', ' ') FROM action_item a
                                WHERE a.incident_id = p.incident_id))) AS words) AS text,
                          websearch_to_tsquery('english', :words) AS wanted
                        WHERE p.version = (SELECT max(version) FROM postmortem n
                            WHERE n.incident_id = p.incident_id)
                          AND (:words = '' OR text.words @@ wanted)
                        ORDER BY ts_rank(text.words, wanted) DESC, p.document ->> 'at' DESC
                        LIMIT :limit
                        """)
                    .bind("words", words.strip())
                    .bind("limit", limit)
                    .mapTo(String.class)
                    .list())
        .stream()
        .map(document -> Documents.read(document, Postmortem.class))
        .toList();
  }

  @Override
  public boolean append(Postmortem next) {
    return database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createUpdate(
                            """
                            INSERT INTO postmortem (incident_id, version, document)
                            SELECT :incident, :version, CAST(:document AS jsonb)
                            WHERE :version = 1 + COALESCE(
                              (SELECT max(version) FROM postmortem WHERE incident_id = :incident), 0)
                            ON CONFLICT DO NOTHING
                            """)
                        .bind("incident", next.incident().value())
                        .bind("version", next.version())
                        .bind("document", Documents.write(next))
                        .execute())
        == 1;
  }
}
