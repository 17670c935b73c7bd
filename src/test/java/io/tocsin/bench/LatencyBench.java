package io.tocsin.bench;

import io.tocsin.e2e.TocsinProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From the sending of a breaching sample to the webhook, through the packaged service with its
 * durable outbox, one breach after the other. Arguments: breaches (default 200), warm-up (900).
 */
public final class LatencyBench {

  private static final Pattern INSTANCE = Pattern.compile("\"instance\":\"(b\\d+)\"");

  private LatencyBench() {}

  public static void main(String[] arguments) throws Exception {
    int breaches = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    int warmUp = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 900;
    Path folder = Files.createTempDirectory("tocsin-latency");
    Files.writeString(
        folder.resolve("rules.yaml"),
        "groups: [{ name: bench, interval: 1s, rules: [{ alert: Breach, expr: bench_value > 0.5 }]"
            + " }]");
    Map<String, CompletableFuture<Long>> awaited = new ConcurrentHashMap<>();
    try (var hooks = new Hooks((key, body, nanos) -> arrive(awaited, body, nanos));
        var tocsin = TocsinProcess.start(folder, configuration(hooks))) {
      long[] took = new long[breaches];
      int lost = 0;
      for (int i = -warmUp; i < breaches; i++) {
        String instance = "b" + (i + warmUp);
        var arrived = new CompletableFuture<Long>();
        awaited.put(instance, arrived);
        long sent = System.nanoTime();
        tocsin.post("/api/v1/samples", sample(instance));
        try {
          long nanos = arrived.get(10, TimeUnit.SECONDS) - sent;
          if (i >= 0) {
            took[i] = nanos;
          }
        } catch (TimeoutException none) {
          lost++;
        }
      }
      print(took, lost);
    }
  }

  private static String configuration(Hooks hooks) {
    return """
    rules: [rules.yaml]
    receivers: [{ name: hook, webhook: { url: '%s' } }]
    route: { receiver: hook, group_by: ['...'], group_wait: 0s }
    """
        .formatted(hooks.url());
  }

  private static String sample(String instance) {
    return "{\"samples\":[{\"metric\":\"bench_value\",\"labels\":{\"instance\":\""
        + instance
        + "\"},\"value\":1}]}";
  }

  private static void arrive(
      Map<String, CompletableFuture<Long>> awaited, String body, long nanos) {
    Matcher found = INSTANCE.matcher(body);
    if (found.find()) {
      CompletableFuture<Long> waiting = awaited.get(found.group(1));
      if (waiting != null) {
        waiting.complete(nanos);
      }
    }
  }

  private static void print(long[] took, int lost) {
    Arrays.sort(took);
    System.out.printf(
        "breach to webhook, %d breaches: p50 %.1f ms, p99 %.1f ms, max %.1f ms, lost %d%n",
        took.length,
        took[took.length / 2] / 1e6,
        took[(int) (took.length * 0.99)] / 1e6,
        took[took.length - 1] / 1e6,
        lost);
  }
}
