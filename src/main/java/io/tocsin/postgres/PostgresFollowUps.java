package io.tocsin.postgres;

import io.tocsin.incident.IncidentId;
import io.tocsin.postmortem.ActionItem;
import io.tocsin.postmortem.FollowUpStore;
import io.tocsin.postmortem.Review;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Action items and reviews in the database. */
public final class PostgresFollowUps implements FollowUpStore {
  private final Database database;

  public PostgresFollowUps(Database database) {
    this.database = database;
  }

  @Override
  public List<ActionItem> actions(IncidentId incident) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT document FROM action_item WHERE incident_id = :incident"
                            + " ORDER BY document ->> 'createdAt', id")
                    .bind("incident", incident.value())
                    .map(Documents.rows(ActionItem.class))
                    .list());
  }

  @Override
  public List<ActionItem> openActions(int limit) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT document FROM action_item WHERE state = 'OPEN'"
                            + " ORDER BY due_on NULLS LAST, id LIMIT :limit")
                    .bind("limit", limit)
                    .map(Documents.rows(ActionItem.class))
                    .list());
  }

  @Override
  public Optional<ActionItem> action(String id) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT document FROM action_item WHERE id = :id")
                    .bind("id", id)
                    .map(Documents.rows(ActionItem.class))
                    .findOne());
  }

  @Override
  public void save(ActionItem item) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO action_item (id, incident_id, state, due_on, document)
                        VALUES (:id, :incident, :state, :due, cast(:document AS jsonb))
                        ON CONFLICT (id) DO UPDATE SET state = excluded.state,
                          due_on = excluded.due_on, document = excluded.document
                        """)
                    .bind("id", item.id())
                    .bind("incident", item.incident().value())
                    .bind("state", item.state().name())
                    .bind("due", item.dueOn())
                    .bind("document", Documents.write(item))
                    .execute());
  }

  @Override
  public Optional<Review> review(IncidentId incident) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT document FROM postmortem_review WHERE incident_id = :incident")
                    .bind("incident", incident.value())
                    .map(Documents.rows(Review.class))
                    .findOne());
  }

  @Override
  public List<Review> reviews(Collection<IncidentId> incidents) {
    if (incidents.isEmpty()) {
      return List.of();
    }
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT document FROM postmortem_review WHERE incident_id IN (<ids>)")
                    .bindList("ids", incidents.stream().map(IncidentId::value).toList())
                    .map(Documents.rows(Review.class))
                    .list());
  }

  @Override
  public List<Review> published(int limit) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT document FROM postmortem_review WHERE state = 'PUBLISHED'"
                            + " AND document ->> 'publicSummary' IS NOT NULL"
                            + " ORDER BY document ->> 'at' DESC LIMIT :limit")
                    .bind("limit", limit)
                    .map(Documents.rows(Review.class))
                    .list());
  }

  @Override
  public void save(Review review) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO postmortem_review (incident_id, state, document)
                        VALUES (:incident, :state, cast(:document AS jsonb))
                        ON CONFLICT (incident_id) DO UPDATE SET state = excluded.state,
                          document = excluded.document
                        """)
                    .bind("incident", review.incident().value())
                    .bind("state", review.state().name())
                    .bind("document", Documents.write(review))
                    .execute());
  }
}
