package io.tocsin.postgres;

import java.util.function.LongSupplier;

/**
 * Ids of series from the database's sequence, a block at a time; what a killed node had left of its
 * block is never used.
 */
public final class SeriesIdBlocks implements LongSupplier {
  /** As the sequence's increment in the schema. */
  private static final int BLOCK = 1000;

  private final Database database;
  private long next;
  private long end;

  public SeriesIdBlocks(Database database) {
    this.database = database;
  }

  /** For one thread at a time. Blocks once per block. */
  @Override
  public long getAsLong() {
    if (next == end) {
      next =
          database
              .jdbi()
              .withHandle(
                  handle ->
                      handle.createQuery("SELECT nextval('series_id')").mapTo(Long.class).one());
      end = next + BLOCK;
    }
    return next++;
  }
}
