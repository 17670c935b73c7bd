package io.tocsin.postgres;

import java.nio.file.Path;

/** Where durable state lives. */
public sealed interface DatabaseSettings {

  /** The schema that holds every table of ours. */
  String SCHEMA = "tocsin";

  /** How many connections the pool may open. */
  int DEFAULT_POOL_SIZE = 10;

  /** The largest number of connections in the pool. */
  int poolSize();

  /**
   * A server of our own, with no set-up.
   *
   * @param folder where programs, cluster, password and port live
   * @param port loopback port; 0 = the one used last, at first a free one
   * @param durable false only in tests: a crash of the machine may lose commits
   */
  record Embedded(Path folder, int port, int poolSize, boolean durable)
      implements DatabaseSettings {

    /** The default: durable, any port, remembered. */
    public static Embedded in(Path folder) {
      return new Embedded(folder, 0, DEFAULT_POOL_SIZE, true);
    }
  }

  /**
   * Any PostgreSQL 14 or newer, with or without TimescaleDB.
   *
   * @param url {@code jdbc:postgresql://host:port/database}
   */
  record Server(String url, String user, String password, int poolSize)
      implements DatabaseSettings {

    /** Without the password, and without parameters of the URL that may hold one. */
    @Override
    public String toString() {
      return "Server[url=" + url.replaceFirst("\\?.*", "") + ", user=" + user + "]";
    }
  }
}
