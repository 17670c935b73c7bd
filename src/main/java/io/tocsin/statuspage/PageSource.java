package io.tocsin.statuspage;

import java.time.Instant;

/** Where the page's input comes from. */
@FunctionalInterface
public interface PageSource {

  /**
   * Reads everything anew, as of now. May block: virtual threads only. Fails while the database is
   * away; the page then stays as it was and says how old it is.
   */
  PageInput read(Instant now);
}
