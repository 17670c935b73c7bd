package io.tocsin.postgres;

import java.security.SecureRandom;

/** Secret keys that all nodes share, made when they are first asked for. Calls block. */
public final class PostgresKeys {
  private static final int BYTES = 32;

  private final Database database;
  private final SecureRandom random = new SecureRandom();

  public PostgresKeys(Database database) {
    this.database = database;
  }

  /** The key of a purpose; the same for every node and after every start. */
  public byte[] of(String purpose) {
    var fresh = new byte[BYTES];
    random.nextBytes(fresh);
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              handle
                  .createUpdate(
                      "INSERT INTO service_key (purpose, key) VALUES (:purpose, :key)"
                          + " ON CONFLICT (purpose) DO NOTHING")
                  .bind("purpose", purpose)
                  .bind("key", fresh)
                  .execute();
              return handle
                  .createQuery("SELECT key FROM service_key WHERE purpose = :purpose")
                  .bind("purpose", purpose)
                  .mapTo(byte[].class)
                  .one();
            });
  }
}
