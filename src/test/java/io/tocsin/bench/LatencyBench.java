package io.tocsin.bench;

import io.tocsin.e2e.TocsinProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * From the sending of a breaching sample to the webhook, and from the sample that ends it to the
 * webhook that says so, through the packaged service with its durable outbox, one after the other.
 * Arguments: breaches (default 200), warm-up (900), samples a second of 100,000 other series that
 * come in meanwhile (0).
 */
public final class LatencyBench {

  private LatencyBench() {}

  public static void main(String[] arguments) throws Exception {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    int warmUp = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 900;
    int perSecond = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
    Path folder = Files.createTempDirectory("tocsin-latency");
    Files.writeString(folder.resolve("rules.yaml"), Breaches.RULES);
    var breaches = new Breaches();
    try (var hooks = new Hooks((key, body, nanos) -> breaches.arrived(body, nanos));
        var tocsin = TocsinProcess.start(folder, Breaches.routing(hooks));
        var load = new SteadyLoad(tocsin.ops("/prometheus/api/v1/write"), perSecond)) {
      breaches.run(tocsin, warmUp);
      int lostBefore = breaches.lost();
      load.measure();
      Breaches.Times times = breaches.run(tocsin, count);
      System.out.printf(Locale.ROOT, "with %,.0f samples/s coming in%n", load.measured());
      print("breach", times.breaches());
      print("recovery", times.recoveries());
      System.out.printf("lost %d%n", breaches.lost() - lostBefore);
    }
  }

  private static void print(String what, long[] took) {
    System.out.printf(
        Locale.ROOT,
        "%s to webhook, %d times: p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
        what,
        took.length,
        took[took.length / 2] / 1e6,
        took[(int) (took.length * 0.99)] / 1e6,
        took[took.length - 1] / 1e6);
  }
}
