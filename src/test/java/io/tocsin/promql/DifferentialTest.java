package io.tocsin.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A little of what {@code DifferentialBench} does at length. */
class DifferentialTest {
  private static final int QUERIES = 150;

  @Test
  void generatedQueriesAreAnsweredAsPrometheusAnswersThem(@TempDir Path folder) throws Exception {
    Optional<String> missing = RealPrometheus.missing();
    assumeTrue(missing.isEmpty(), () -> missing.orElseThrow());
    try (var referee = Referee.of(7, folder)) {
      var queries = new GeneratedQueries(7);
      var differences = new ArrayList<String>();
      for (int i = 0; i < QUERIES; i++) {
        String query = queries.next();
        referee.difference(query).ifPresent(found -> differences.add(query + "\n  " + found));
      }
      assertThat(differences).isEmpty();
    }
  }
}
