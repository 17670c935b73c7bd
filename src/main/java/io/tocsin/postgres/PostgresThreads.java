package io.tocsin.postgres;

import io.tocsin.notify.Destination;
import io.tocsin.notify.Threads;
import java.util.Optional;

/** Names of conversations in the database. */
public final class PostgresThreads implements Threads {
  private final Database database;

  public PostgresThreads(Database database) {
    this.database = database;
  }

  @Override
  public Optional<String> find(Destination destination, String dedupKey) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT name FROM channel_thread"
                            + " WHERE destination = :destination AND dedup_key = :key")
                    .bind("destination", destination.toString())
                    .bind("key", dedupKey)
                    .mapTo(String.class)
                    .findOne());
  }

  @Override
  public void save(Destination destination, String dedupKey, String name) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO channel_thread (destination, dedup_key, name)
                        VALUES (:destination, :key, :name)
                        ON CONFLICT (destination, dedup_key) DO UPDATE SET name = excluded.name
                        """)
                    .bind("destination", destination.toString())
                    .bind("key", dedupKey)
                    .bind("name", name)
                    .execute());
  }
}
