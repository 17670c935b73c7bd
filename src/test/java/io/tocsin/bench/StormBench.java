package io.tocsin.bench;

import io.tocsin.e2e.TocsinProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ten thousand alerts at once through Alertmanager's API of the packaged service: when the first
 * message leaves, how many messages there are, and how fast an incident is acknowledged meanwhile.
 * Arguments: alerts (default 10000), {@code one} or {@code many} groups (many).
 */
public final class StormBench {

  private static final int BATCH = 1_000;
  private static final int ACKNOWLEDGEMENTS = 400;
  private static final int WARM_UP = 3_000;
  private static final Duration SETTLED = Duration.ofSeconds(2);

  /** Longer than {@code storm.within}: the warm-up's groups no longer count. */
  private static final Duration STORM_FORGOTTEN = Duration.ofSeconds(12);

  private static final String NOTHING_WAITS = "tocsin_queue_depth{queue=\"engine\"} 0";
  private static final long LOOK_EVERY_MILLIS = 50;

  private StormBench() {}

  public static void main(String[] arguments) throws Exception {
    int alerts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    boolean one = arguments.length > 1 && arguments[1].equals("one");
    Path folder = Files.createTempDirectory("tocsin-storm");
    var first = new AtomicLong();
    var messages = new AtomicInteger();
    var arrivals = new LinkedBlockingQueue<String>();
    try (var hooks =
            new Hooks(
                (key, body, nanos) -> {
                  arrivals.add(key);
                  if (body.contains("StormBench")) {
                    messages.incrementAndGet();
                    first.compareAndSet(0, nanos);
                  }
                });
        var tocsin = TocsinProcess.start(folder, configuration(hooks, one))) {
      warmUp(tocsin);
      takenIn(tocsin);
      quiet(arrivals, STORM_FORGOTTEN);
      List<String> declared = declare(tocsin);
      long began = System.nanoTime();
      Thread storm =
          Thread.ofVirtual()
              .start(
                  () -> {
                    storm(tocsin, "StormBench", alerts, "");
                    takenIn(tocsin);
                  });
      var took = new ArrayList<Long>();
      for (int i = 0; i < declared.size() && storm.isAlive(); i++) {
        long from = System.nanoTime();
        tocsin.post("/api/v1/incidents/" + declared.get(i) + "/acknowledge", "");
        took.add(System.nanoTime() - from);
      }
      storm.join();
      long taken = System.nanoTime() - began;
      quiet(arrivals, SETTLED);
      print(alerts, first.get() - began, taken, messages.get(), took);
    }
  }

  private static String configuration(Hooks hooks, boolean one) {
    return """
    receivers: [{ name: hook, webhook: { url: '%s' } }]
    route: { receiver: hook, group_by: [%s], group_wait: 0s }
    """
        .formatted(hooks.url(), one ? "alertname" : "host");
  }

  private static List<String> declare(TocsinProcess tocsin) throws Exception {
    var ids = new ArrayList<String>();
    for (int i = 0; i < ACKNOWLEDGEMENTS; i++) {
      String body =
          tocsin
              .post(
                  "/api/v1/incidents",
                  "{\"title\":\"By hand %d\",\"severity\":\"low\"}".formatted(i))
              .body();
      ids.add(body.replaceAll("(?s).*?\"id\":\"(i[0-9a-f]+)\".*", "$1"));
    }
    return ids;
  }

  /** A smaller storm that comes and goes, with acknowledgements beside it. */
  private static void warmUp(TocsinProcess tocsin) throws Exception {
    storm(tocsin, "WarmUp", WARM_UP, "");
    for (String incident : declare(tocsin)) {
      tocsin.post("/api/v1/incidents/" + incident + "/acknowledge", "");
      tocsin.post("/api/v1/incidents/" + incident + "/resolve", "{}");
    }
    storm(tocsin, "WarmUp", WARM_UP, ",\"endsAt\":\"2026-01-01T00:00:00Z\"");
  }

  private static void storm(TocsinProcess tocsin, String name, int alerts, String end) {
    try {
      for (int from = 0; from < alerts; from += BATCH) {
        var body = new StringBuilder("[");
        for (int i = from; i < Math.min(alerts, from + BATCH); i++) {
          body.append(i == from ? "" : ",")
              .append("{\"labels\":{\"alertname\":\"")
              .append(name)
              .append("\",\"severity\":\"critical\",\"host\":\"h")
              .append(i)
              .append("\"}")
              .append(end)
              .append("}");
        }
        tocsin.post("/alertmanager/api/v2/alerts", body.append("]").toString());
      }
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Until the engine has nothing left to take in. */
  private static void takenIn(TocsinProcess tocsin) {
    try {
      while (!tocsin.get(tocsin.ops("/metrics")).body().contains(NOTHING_WAITS)) {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      }
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Until no message came for so long. */
  private static void quiet(BlockingQueue<String> arrivals, Duration time)
      throws InterruptedException {
    String arrived = "";
    while (arrived != null) {
      arrived = arrivals.poll(time.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static void print(int alerts, long first, long taken, int messages, List<Long> took) {
    var sorted = new ArrayList<>(took);
    Collections.sort(sorted);
    System.out.printf(
        "%d alerts taken in %.2f s; first message after %.0f ms; %d messages; %d acknowledged"
            + " meanwhile in p50 %.1f ms, p99 %.1f ms, at most %.1f ms%n",
        alerts,
        taken / 1e9,
        first / 1e6,
        messages,
        sorted.size(),
        sorted.get(sorted.size() / 2) / 1e6,
        sorted.get(sorted.size() * 99 / 100) / 1e6,
        sorted.getLast() / 1e6);
  }
}
