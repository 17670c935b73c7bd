package io.tocsin.bench;

import io.tocsin.e2e.TocsinProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Breaching samples sent one after the other, each awaited at a webhook; then the sample that ends
 * it, and the webhook that says so.
 */
final class Breaches {

  private static final Pattern INSTANCE = Pattern.compile("\"instance\":\"(b\\d+)\"");

  /** What the rule file of a folder must hold. */
  static final String RULES =
      "groups: [{ name: bench, interval: 1s, rules: [{ alert: Breach, expr: bench_value > 0.5 }]"
          + " }]";

  private final Map<String, CompletableFuture<Long>> awaited = new ConcurrentHashMap<>();
  private int sent;
  private int lost;

  /** Where webhooks go and how they come: every breach its own group. */
  static String routing(Hooks hooks) {
    return """
    rules: [rules.yaml]
    receivers: [{ name: hook, webhook: { url: '%s' } }]
    route: { receiver: hook, group_by: ['...'], group_wait: 0s }
    """
        .formatted(hooks.url());
  }

  /**
   * Nanoseconds from sending a sample to its webhook.
   *
   * @param breaches of samples that breach, sorted
   * @param recoveries of samples that end it, sorted
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Times(long[] breaches, long[] recoveries) {}

  /** A webhook's body came in. */
  void arrived(String body, long nanos) {
    Matcher found = INSTANCE.matcher(body);
    if (found.find()) {
      String status = body.contains("\"status\":\"resolved\"") ? "ends " : "begins ";
      CompletableFuture<Long> waiting = awaited.get(status + found.group(1));
      if (waiting != null) {
        waiting.complete(nanos);
      }
    }
  }

  /** Sends so many and awaits each. */
  Times run(TocsinProcess tocsin, int count) throws Exception {
    List<Long> breaches = new ArrayList<>();
    List<Long> recoveries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String instance = "b" + sent++;
      one(tocsin, "begins " + instance, sample(instance, 1), breaches);
      one(tocsin, "ends " + instance, sample(instance, 0), recoveries);
    }
    return new Times(sorted(breaches), sorted(recoveries));
  }

  private void one(TocsinProcess tocsin, String what, String sample, List<Long> took)
      throws Exception {
    var arrival = new CompletableFuture<Long>();
    awaited.put(what, arrival);
    long began = System.nanoTime();
    tocsin.post("/api/v1/samples", sample);
    try {
      took.add(arrival.get(10, TimeUnit.SECONDS) - began);
    } catch (TimeoutException none) {
      lost++;
    }
    awaited.remove(what);
  }

  private static long[] sorted(List<Long> took) {
    long[] sorted = took.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  /** How many never came. */
  int lost() {
    return lost;
  }

  private static String sample(String instance, int value) {
    return "{\"samples\":[{\"metric\":\"bench_value\",\"labels\":{\"instance\":\""
        + instance
        + "\"},\"value\":"
        + value
        + "}]}";
  }
}
