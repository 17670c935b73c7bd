package io.tocsin.postgres;

import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.IncidentStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Incidents and their events as the outbox committed them. */
public final class PostgresIncidents implements IncidentStore {
  private final Database database;

  public PostgresIncidents(Database database) {
    this.database = database;
  }

  @Override
  public List<Incident> open() {
    return database.jdbi().withHandle(handle -> IncidentAlerts.attach(handle, open(handle)));
  }

  @Override
  public List<Incident> openOutlines() {
    return database.jdbi().withHandle(PostgresIncidents::open);
  }

  private static List<Incident> open(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT document FROM incident WHERE state = 'OPEN'
            ORDER BY opened_at DESC, number DESC
            """)
        .map(Documents.rows(Incident.class))
        .list();
  }

  @Override
  public Optional<Incident> find(IncidentId id) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                IncidentAlerts.attach(
                        handle,
                        handle
                            .createQuery("SELECT document FROM incident WHERE id = :id")
                            .bind("id", id.value())
                            .map(Documents.rows(Incident.class))
                            .list())
                    .stream()
                    .findFirst());
  }

  @Override
  public List<IncidentEvent> events(IncidentId id) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT document FROM incident_event WHERE incident_id = :id ORDER BY seq")
                    .bind("id", id.value())
                    .map(Documents.rows(IncidentEvent.class))
                    .list());
  }

  @Override
  public List<Incident> search(Filter filter) {
    return database
        .jdbi()
        .withHandle(handle -> IncidentAlerts.attach(handle, found(handle, filter)));
  }

  @Override
  public List<Incident> outlines(Filter filter) {
    return database.jdbi().withHandle(handle -> found(handle, filter));
  }

  /** An incident with its document where the public may see it. */
  private record Row(IncidentId id, Optional<String> document) {}

  @Override
  public Shown shown(Instant endedAfter, int limit) {
    var published = new ArrayList<Incident>();
    var hidden = new HashSet<IncidentId>();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT id, CASE WHEN published THEN document END FROM incident
                        WHERE state = 'OPEN'
                        UNION ALL
                        SELECT id, CASE WHEN published THEN document END FROM (
                          SELECT id, published, document FROM incident
                          WHERE state <> 'OPEN' AND resolved_at > :after
                          ORDER BY opened_at DESC, number DESC LIMIT :limit) AS ended
                        """)
                    .bind("after", endedAfter)
                    .bind("limit", limit)
                    .map(
                        (row, context) ->
                            new Row(
                                new IncidentId(row.getString(1)),
                                Optional.ofNullable(row.getString(2))))
                    .forEach(
                        row ->
                            row.document()
                                .map(document -> Documents.read(document, Incident.class))
                                .ifPresentOrElse(published::add, () -> hidden.add(row.id()))));
    return new Shown(published, hidden);
  }

  private static List<Incident> found(Handle handle, Filter filter) {
    return handle
        .createQuery(
            """
            SELECT document FROM incident
            WHERE (cardinality(:states) = 0 OR state = ANY(:states))
              AND (cardinality(:severities) = 0 OR severity = ANY(:severities))
              AND (cast(:before AS timestamptz) IS NULL OR opened_at < :before)
              AND (cast(:after AS timestamptz) IS NULL OR resolved_at IS NULL
                OR resolved_at > :after)
            ORDER BY opened_at DESC, number DESC LIMIT :limit
            """)
        .bindArray("states", String.class, names(filter.states()))
        .bindArray("severities", String.class, names(filter.severities()))
        .bind("before", filter.openedBefore())
        .bind("after", filter.resolvedAfter())
        .bind("limit", filter.limit())
        .map(Documents.rows(Incident.class))
        .list();
  }

  private static List<String> names(List<? extends Enum<?>> constants) {
    return constants.stream().<String>map(Enum::name).toList();
  }
}
