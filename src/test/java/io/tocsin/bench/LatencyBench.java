package io.tocsin.bench;

import io.tocsin.e2e.TocsinProcess;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * From the sending of a breaching sample to the webhook, through the packaged service with its
 * durable outbox, one breach after the other. Arguments: breaches (default 200), warm-up (900).
 */
public final class LatencyBench {

  private LatencyBench() {}

  public static void main(String[] arguments) throws Exception {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    int warmUp = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 900;
    Path folder = Files.createTempDirectory("tocsin-latency");
    Files.writeString(folder.resolve("rules.yaml"), Breaches.RULES);
    var breaches = new Breaches();
    try (var hooks = new Hooks((key, body, nanos) -> breaches.arrived(body, nanos));
        var tocsin = TocsinProcess.start(folder, Breaches.routing(hooks))) {
      breaches.run(tocsin, warmUp);
      int lostBefore = breaches.lost();
      print(breaches.run(tocsin, count), breaches.lost() - lostBefore);
    }
  }

  private static void print(long[] took, int lost) {
    System.out.printf(
        "breach to webhook, %d breaches: p50 %.1f ms, p99 %.1f ms, max %.1f ms, lost %d%n",
        took.length,
        took[took.length / 2] / 1e6,
        took[(int) (took.length * 0.99)] / 1e6,
        took[took.length - 1] / 1e6,
        lost);
  }
}
