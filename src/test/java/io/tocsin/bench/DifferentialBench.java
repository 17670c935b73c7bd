package io.tocsin.bench;

import io.tocsin.promql.Differential;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Thousands of generated queries answered by us and by the Prometheus of the system's packages over
 * the same samples; prints what differs. Exit code 1 when anything does.
 */
public final class DifferentialBench {

  private DifferentialBench() {}

  /**
   * @param args how many queries (3000) and the seed to begin with (1)
   */
  public static void main(String[] args) throws Exception {
    int queries = args.length > 0 ? Integer.parseInt(args[0]) : 3_000;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
    Path folder = Files.createTempDirectory("differential");
    int different = Differential.run(queries, seed, folder);
    System.exit(different == 0 ? 0 : 1);
  }
}
