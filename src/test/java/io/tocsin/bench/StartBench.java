package io.tocsin.bench;

import io.tocsin.e2e.TocsinProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Cold start of the packaged service to {@code /-/ready}: on an empty folder, then again on the
 * same one. Arguments: repetitions (default 3). Prints the median of each.
 */
public final class StartBench {

  private StartBench() {}

  public static void main(String[] arguments) throws Exception {
    int repetitions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    var empty = new ArrayList<Double>();
    var existing = new ArrayList<Double>();
    for (int i = 0; i < repetitions; i++) {
      Path folder = Files.createTempDirectory("tocsin-start");
      long from = System.nanoTime();
      try (var tocsin = TocsinProcess.start(folder, "status_page: { title: Bench }\n")) {
        empty.add((System.nanoTime() - from) / 1e9);
        tocsin.close();
        from = System.nanoTime();
        tocsin.start();
        existing.add((System.nanoTime() - from) / 1e9);
      }
    }
    System.out.printf(
        "cold start to ready, median of %d: empty folder %.1f s, existing folder %.1f s%n",
        repetitions, median(empty), median(existing));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
