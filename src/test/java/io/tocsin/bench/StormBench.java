package io.tocsin.bench;

import static java.util.stream.Collectors.joining;

import io.tocsin.e2e.TocsinProcess;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Ten thousand alerts at once through Alertmanager's API of the packaged service, several times:
 * when the first message leaves, when all stand in incidents, how many messages there are, and how
 * fast incidents are acknowledged meanwhile, twenty a second, counted from the moment each was due.
 * Arguments: alerts (default 10000), {@code one} or {@code many} groups (many), storms (3).
 */
public final class StormBench {

  private static final String STORM = "Storm";
  private static final int BATCH = 1_000;
  private static final int ACKNOWLEDGEMENTS = 400;
  private static final Duration ACKNOWLEDGED_EVERY = Duration.ofMillis(50);
  private static final int WARM_UP = 10_000;
  private static final int WARM_UPS = 3;
  private static final Duration SETTLED = Duration.ofSeconds(2);

  /** Longer than {@code storm.within}: the groups of the storm before no longer count. */
  private static final Duration STORM_FORGOTTEN = Duration.ofSeconds(12);

  private static final String NOTHING_WAITS = "tocsin_queue_depth{queue=\"engine\"} 0";
  private static final long LOOK_EVERY_MILLIS = 100;

  private final TocsinProcess tocsin;
  private final int alerts;
  private final BlockingQueue<Arrival> arrivals;

  /** A message about a storm, and when it came. */
  private record Arrival(String body, long nanos) {}

  private StormBench(TocsinProcess tocsin, int alerts, BlockingQueue<Arrival> arrivals) {
    this.tocsin = tocsin;
    this.alerts = alerts;
    this.arrivals = arrivals;
  }

  public static void main(String[] arguments) throws Exception {
    int alerts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    boolean one = arguments.length > 1 && arguments[1].equals("one");
    int storms = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    Path folder = Files.createTempDirectory("tocsin-storm");
    var arrivals = new LinkedBlockingQueue<Arrival>();
    try (var hooks = new Hooks((key, body, nanos) -> arrivals.add(new Arrival(body, nanos)));
        var tocsin = TocsinProcess.start(folder, configuration(hooks, one, storms))) {
      var bench = new StormBench(tocsin, alerts, arrivals);
      bench.warmUp();
      var took = new ArrayList<Long>();
      for (int i = 1; i <= storms; i++) {
        took.addAll(bench.measure(STORM + i));
      }
      acknowledged("in all", took);
    }
  }

  /** One storm; what its acknowledgements took. */
  private List<Long> measure(String name) throws Exception {
    List<String> declared = declare();
    quiet(STORM_FORGOTTEN);
    long began = System.nanoTime();
    Thread storm =
        Thread.ofVirtual()
            .start(
                () -> {
                  storm(name, alerts, "");
                  takenIn();
                });
    List<Long> took = acknowledge(declared, storm);
    storm.join();
    double taken = (System.nanoTime() - began) / 1e9;
    List<Arrival> messages =
        quiet(SETTLED).stream().filter(arrival -> arrival.body().contains(name)).toList();
    System.out.printf(
        Locale.ROOT,
        "%s: %d alerts in incidents after %.2f s; first message after %.0f ms; %d messages%n",
        name,
        alerts,
        taken,
        (messages.getFirst().nanos() - began) / 1e6,
        messages.size());
    acknowledged(name, took);
    storm(name, alerts, ",\"endsAt\":\"2026-01-01T00:00:00Z\"");
    takenIn();
    return took;
  }

  /** Acknowledges one incident after the other as long as the storm lasts, each at its time. */
  private List<Long> acknowledge(List<String> declared, Thread storm) throws Exception {
    List<Long> took = Collections.synchronizedList(new ArrayList<>());
    long began = System.nanoTime();
    var asking = new ArrayList<Thread>();
    for (int i = 0; i < declared.size(); i++) {
      long due = began + i * ACKNOWLEDGED_EVERY.toNanos();
      if (storm.join(Duration.ofNanos(Math.max(1, due - System.nanoTime())))) {
        break;
      }
      String path = "/api/v1/incidents/" + declared.get(i) + "/acknowledge";
      asking.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    post(path, "");
                    took.add(System.nanoTime() - due);
                  }));
    }
    for (Thread one : asking) {
      one.join();
    }
    return took;
  }

  /** A route for each storm, so that none reopens the incidents of the one before. */
  private static String configuration(Hooks hooks, boolean one, int storms) {
    String routes =
        IntStream.rangeClosed(1, storms)
            .mapToObj(i -> "{ matchers: ['alertname=\"%s%d\"'] }".formatted(STORM, i))
            .collect(joining(", "));
    return """
    receivers: [{ name: hook, webhook: { url: '%s' } }]
    route: { receiver: hook, group_by: [%s], group_wait: 0s, routes: [%s] }
    """
        .formatted(hooks.url(), one ? "alertname" : "host", routes);
  }

  private List<String> declare() throws Exception {
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

  /** Smaller storms that come and go, with acknowledgements beside them. */
  private void warmUp() throws Exception {
    for (int i = 0; i < WARM_UPS; i++) {
      storm("WarmUp", WARM_UP, "");
      for (String incident : declare()) {
        post("/api/v1/incidents/" + incident + "/acknowledge", "");
        post("/api/v1/incidents/" + incident + "/resolve", "{}");
      }
      storm("WarmUp", WARM_UP, ",\"endsAt\":\"2026-01-01T00:00:00Z\"");
      takenIn();
    }
  }

  private void storm(String name, int alerts, String end) {
    for (int from = 0; from < alerts; from += BATCH) {
      var body = new StringBuilder("[");
      for (int i = from; i < Math.min(alerts, from + BATCH); i++) {
        body.append(i == from ? "" : ",")
            .append("{\"labels\":{\"alertname\":\"")
            .append(name)
            .append("\",\"severity\":\"critical\",\"host\":\"")
            .append(name)
            .append(i)
            .append("\"}")
            .append(end)
            .append("}");
      }
      post("/alertmanager/api/v2/alerts", body.append("]").toString());
    }
  }

  private void post(String path, String body) {
    try {
      HttpResponse<String> answer = tocsin.post(path, body);
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(path + " " + answer.statusCode() + " " + answer.body());
      }
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Until the engine has nothing left to take in. */
  private void takenIn() {
    try {
      while (!tocsin.get(tocsin.ops("/metrics")).body().contains(NOTHING_WAITS)) {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      }
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Until no message came for so long; those that came. */
  private List<Arrival> quiet(Duration time) throws InterruptedException {
    var came = new ArrayList<Arrival>();
    for (Arrival arrival = arrivals.poll(time.toMillis(), TimeUnit.MILLISECONDS);
        arrival != null;
        arrival = arrivals.poll(time.toMillis(), TimeUnit.MILLISECONDS)) {
      came.add(arrival);
    }
    return came;
  }

  private static void acknowledged(String when, List<Long> took) {
    List<Long> sorted = took.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "%s: %d acknowledged meanwhile in p50 %.1f ms, p99 %.1f ms, at most %.1f ms%n",
        when,
        sorted.size(),
        sorted.get(sorted.size() / 2) / 1e6,
        sorted.get(sorted.size() * 99 / 100) / 1e6,
        sorted.getLast() / 1e6);
  }
}
