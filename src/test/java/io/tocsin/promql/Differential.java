package io.tocsin.promql;

import java.nio.file.Path;
import java.util.Optional;

/** Generated queries, as many as wanted, through a {@link Referee}. */
public final class Differential {

  private Differential() {}

  /** Asks and prints; answers how many queries came out differently. */
  public static int run(int queries, long seed, Path folder) throws Exception {
    Optional<String> missing = RealPrometheus.missing();
    if (missing.isPresent()) {
      System.out.println("skipped: " + missing.get());
      return 0;
    }
    int different = 0;
    try (var referee = Referee.of(seed, folder)) {
      var generated = new GeneratedQueries(seed);
      for (int i = 0; i < queries; i++) {
        String query = generated.next();
        Optional<String> found = referee.difference(query);
        if (found.isPresent()) {
          different++;
          System.out.println(query + "\n    " + found.get());
        }
      }
    }
    System.out.println(queries + " queries, " + different + " answered differently");
    return different;
  }
}
