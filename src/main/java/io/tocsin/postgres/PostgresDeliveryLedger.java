package io.tocsin.postgres;

import io.tocsin.notify.Delivery;
import io.tocsin.notify.DeliveryLedger;
import io.tocsin.notify.Destination;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ledger in the database; which destinations there are is the caller's to say. */
public final class PostgresDeliveryLedger implements DeliveryLedger {

  private static final String STANDINGS =
      """
      SELECT asked.destination,
        (SELECT count(*) FROM delivery d
          WHERE d.destination = asked.destination AND d.state = 'PENDING') AS waiting,
        (SELECT count(*) FROM delivery d
          WHERE d.destination = asked.destination AND d.state = 'DEAD') AS dead,
        (SELECT max(recent.delivered_at) FROM (
          SELECT delivered_at FROM delivery d WHERE d.destination = asked.destination
          ORDER BY id DESC LIMIT :recent) recent) AS success,
        failure.at, failure.detail
      FROM unnest(:destinations) AS asked (destination)
      LEFT JOIN LATERAL (
        SELECT attempt.at, attempt.detail FROM (
          SELECT id FROM delivery d WHERE d.destination = asked.destination
          ORDER BY id DESC LIMIT :recent) recent
        JOIN delivery_attempt attempt ON attempt.delivery_id = recent.id
        WHERE NOT attempt.delivered AND NOT starts_with(attempt.detail, :held)
          AND NOT starts_with(attempt.detail, :untried)
        ORDER BY attempt.at DESC LIMIT 1) failure ON true
      """;

  private final Database database;

  public PostgresDeliveryLedger(Database database) {
    this.database = database;
  }

  @Override
  public List<Delivery> page(Filter filter, int limit) {
    return database.jdbi().withHandle(handle -> Deliveries.page(handle, filter, limit));
  }

  @Override
  public Map<Destination, Standing> standings(Collection<Destination> destinations) {
    var standings = new HashMap<Destination, Standing>();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(STANDINGS)
                    .bind("recent", RECENT)
                    .bind("held", Delivery.Attempt.HELD_BACK)
                    .bind("untried", Delivery.Attempt.NOT_TRIED)
                    .bindArray(
                        "destinations",
                        String.class,
                        destinations.stream().map(Destination::toString).toList())
                    .map(
                        (row, context) ->
                            standings.put(
                                Destination.parse(row.getString("destination")), standing(row)))
                    .list());
    return standings;
  }

  private static Standing standing(ResultSet row) throws SQLException {
    Optional<Timestamp> failed = Optional.ofNullable(row.getTimestamp("at"));
    String detail = row.getString("detail");
    return new Standing(
        row.getInt("waiting"),
        row.getInt("dead"),
        Optional.ofNullable(row.getTimestamp("success")).map(Timestamp::toInstant),
        failed.map(at -> new Failure(at.toInstant(), detail)));
  }
}
