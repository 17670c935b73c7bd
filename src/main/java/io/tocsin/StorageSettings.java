package io.tocsin;

import io.tocsin.postgres.DatabaseSettings;
import io.tocsin.postgres.Retention;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SeriesLimits;
import io.tocsin.settings.Section;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where and for how long things are kept.
 *
 * @param server an external database; empty for the embedded one
 * @param embeddedPort port of the embedded one, 0 = the one used last, at first a free one
 * @param poolSize most connections at once
 * @param retention how long each table keeps its rows
 * @param maxUnsaved samples that memory holds beyond the recent past while the database is away
 * @param memory bounds of the recent past in memory
 */
record StorageSettings(
    Optional<DatabaseSettings.Server> server,
    int embeddedPort,
    int poolSize,
    Retention retention,
    int maxUnsaved,
    MemoryStore.Limits memory) {

  private static final int MAX_UNSAVED = 20_000_000;

  /** Reads {@code database:} and {@code storage:}. */
  static StorageSettings read(Section top) {
    Section storage = top.part("storage");
    var retention =
        new Retention(
            storage.duration("retention", Retention.DEFAULT.samples()),
            storage.duration("reports_retention", Retention.DEFAULT.reports()),
            storage.duration("results_retention", Retention.DEFAULT.checkResults()));
    var memory =
        new MemoryStore.Limits(
            series(storage),
            storage.duration("memory", MemoryStore.Limits.DEFAULT.retention()),
            storage.duration("out_of_order_window", MemoryStore.Limits.DEFAULT.outOfOrderWindow()));
    int maxUnsaved = positive(storage, "max_unsaved_samples", MAX_UNSAVED);
    storage.done();
    if (!top.isSection("database")) {
      if (!top.string("database", "embedded").equals("embedded")) {
        throw top.problem("database", "embedded, or a mapping with url, user and password");
      }
      return new StorageSettings(
          Optional.empty(), 0, DatabaseSettings.DEFAULT_POOL_SIZE, retention, maxUnsaved, memory);
    }
    Section database = top.section("database").orElseThrow();
    int pool = database.integer("pool", DatabaseSettings.DEFAULT_POOL_SIZE);
    int port = database.integer("port", 0);
    Optional<DatabaseSettings.Server> server = Optional.empty();
    if (database.has("url") || port == 0) {
      server = Optional.of(server(database, pool));
    }
    database.done();
    return new StorageSettings(server, port, pool, retention, maxUnsaved, memory);
  }

  /** {@code max_series, max_series_per_job, new_series_per_second, new_series_burst}. */
  private static SeriesLimits series(Section storage) {
    SeriesLimits usual = SeriesLimits.DEFAULT;
    return new SeriesLimits(
        positive(storage, "max_series", usual.total()),
        positive(storage, "max_series_per_job", usual.perJob()),
        positive(storage, "new_series_per_second", usual.newPerSecond()),
        positive(storage, "new_series_burst", usual.burst()));
  }

  private static int positive(Section section, String key, int usual) {
    int value = section.integer(key, usual);
    if (value <= 0) {
      throw section.problem(key, "a number above 0");
    }
    return value;
  }

  private static DatabaseSettings.Server server(Section database, int pool) {
    String url = database.string("url");
    if (!url.startsWith("jdbc:postgresql:")) {
      throw database.problem("url", "jdbc:postgresql://host:port/database");
    }
    return new DatabaseSettings.Server(
        url, database.string("user"), database.string("password", ""), pool);
  }

  /** The embedded server's settings under a data folder. */
  DatabaseSettings.Embedded embedded(Path data) {
    return new DatabaseSettings.Embedded(data.resolve("postgres"), embeddedPort, poolSize, true);
  }
}
