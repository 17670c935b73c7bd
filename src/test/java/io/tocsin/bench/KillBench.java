package io.tocsin.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.e2e.TocsinProcess;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code kill -9} again and again under load: samples written, incidents declared and acknowledged
 * over the API, each told to a webhook. After every restart and at the end, what was acknowledged
 * must be there. Arguments: kills (default 20).
 */
public final class KillBench {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WRITERS = 3;

  private final Map<Integer, ConcurrentSkipListMap<Long, Double>> acknowledged =
      new ConcurrentHashMap<>();
  private final Set<String> declared = ConcurrentHashMap.newKeySet();
  private final Set<String> taken = ConcurrentHashMap.newKeySet();
  private final Map<String, String> delivered = new ConcurrentHashMap<>();
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private volatile boolean running = true;

  /** What was lost. */
  public record Outcome(
      long samples,
      long lostSamples,
      long events,
      long lostEvents,
      long lostDeliveries,
      long changedDeliveries) {
    /** Whether nothing at all was lost or told differently. */
    public boolean clean() {
      return lostSamples + lostEvents + lostDeliveries + changedDeliveries == 0;
    }
  }

  public static void main(String[] arguments) throws Exception {
    int kills = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
    Outcome outcome = new KillBench().run(kills, Files.createTempDirectory("tocsin-kill"), 3_000);
    System.out.println("kill -9, " + kills + " times under load: " + outcome);
    if (!outcome.clean()) {
      System.exit(1);
    }
  }

  /** Runs so many rounds, each with so many milliseconds of load before the kill. */
  public Outcome run(int kills, Path folder, long loadMillis) throws Exception {
    try (var hooks = new Hooks((key, body, nanos) -> arrive(key, body));
        var tocsin = TocsinProcess.start(folder, configuration(hooks))) {
      for (int writer = 0; writer < WRITERS; writer++) {
        int number = writer;
        acknowledged.put(number, new ConcurrentSkipListMap<>());
        Thread.ofVirtual().start(() -> write(tocsin, number));
      }
      Thread.ofVirtual().start(() -> declare(tocsin));
      for (int i = 0; i < kills; i++) {
        TimeUnit.MILLISECONDS.sleep(loadMillis);
        tocsin.kill();
        tocsin.start();
      }
      TimeUnit.MILLISECONDS.sleep(loadMillis);
      running = false;
      TimeUnit.SECONDS.sleep(2);
      return judge(tocsin);
    }
  }

  private static String configuration(Hooks hooks) {
    return """
    receivers: [{ name: hook, webhook: { url: '%s' } }]
    route: { receiver: hook, group_wait: 0s }
    """
        .formatted(hooks.url());
  }

  private void arrive(String key, String body) {
    String before = delivered.putIfAbsent(key, body);
    if (before != null && !before.equals(body)) {
      changed.add(key);
    }
  }

  private void write(TocsinProcess tocsin, int writer) {
    long last = 0;
    for (double value = 0; running; value++) {
      // Never ahead of the clock, however fast a dead service refuses.
      long time = System.currentTimeMillis();
      if (time <= last) {
        LockSupport.parkNanos(1_000_000);
        continue;
      }
      last = time;
      String body =
          "{\"samples\":[{\"metric\":\"kill_value\",\"labels\":{\"writer\":\""
              + writer
              + "\"},\"value\":"
              + value
              + ",\"timestamp\":"
              + time
              + "}]}";
      if (accepted(tocsin, "/api/v1/samples", body) != null) {
        acknowledged.get(writer).put(time, value);
      }
    }
  }

  private void declare(TocsinProcess tocsin) {
    for (int i = 0; running; i++) {
      HttpResponse<String> answer =
          accepted(
              tocsin, "/api/v1/incidents", "{\"title\":\"Kill " + i + "\",\"severity\":\"low\"}");
      try {
        if (answer != null) {
          String id = JSON.readTree(answer.body()).path("id").asText();
          declared.add(id);
          if (accepted(tocsin, "/api/v1/incidents/" + id + "/acknowledge", "") != null) {
            taken.add(id);
          }
        }
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The answer if it was 2xx; nothing while the service is dead or says no. */
  private static HttpResponse<String> accepted(TocsinProcess tocsin, String path, String body) {
    try {
      HttpResponse<String> answer = tocsin.post(path, body);
      return answer.statusCode() / 100 == 2 ? answer : null;
    } catch (Exception dead) {
      return null;
    }
  }

  private Outcome judge(TocsinProcess tocsin) throws Exception {
    long samples = 0;
    long lost = 0;
    for (int writer = 0; writer < WRITERS; writer++) {
      Map<Long, Double> kept = kept(tocsin, writer);
      for (var sample : acknowledged.get(writer).entrySet()) {
        samples++;
        lost += sample.getValue().equals(kept.get(sample.getKey())) ? 0 : 1;
      }
    }
    long lostEvents = 0;
    for (String id : declared) {
      HttpResponse<String> answer = tocsin.get(tocsin.ops("/api/v1/incidents/" + id));
      JsonNode incident = JSON.readTree(answer.body());
      boolean there = answer.statusCode() == 200;
      boolean owned = !taken.contains(id) || incident.findValue("acknowledged_at") != null;
      lostEvents += there && owned ? 0 : 1;
    }
    return new Outcome(
        samples, lost, declared.size() + taken.size(), lostEvents, undelivered(), changed.size());
  }

  private static Map<Long, Double> kept(TocsinProcess tocsin, int writer) throws Exception {
    String query = "kill_value{writer=\"" + writer + "\"}[6h]";
    JsonNode result =
        tocsin
            .json(
                tocsin.ops(
                    "/prometheus/api/v1/query?query="
                        + URLEncoder.encode(query, StandardCharsets.UTF_8)))
            .at("/data/result/0/values");
    var kept = new ConcurrentHashMap<Long, Double>();
    for (JsonNode point : result) {
      kept.put(Math.round(point.path(0).asDouble() * 1000), point.path(1).asDouble());
    }
    return kept;
  }

  /** Declared incidents whose opening, or acknowledgement, no receiver heard of. */
  private long undelivered() throws InterruptedException {
    long missing = Long.MAX_VALUE;
    for (int i = 0; i < 60 && missing > 0; i++) {
      missing =
          declared.stream().filter(id -> !told(id, "opened")).count()
              + taken.stream().filter(id -> !told(id, "acknowledged")).count();
      if (missing > 0) {
        TimeUnit.MILLISECONDS.sleep(500);
      }
    }
    return missing;
  }

  private boolean told(String id, String kind) {
    return delivered.keySet().stream()
        .anyMatch(key -> key.startsWith(id + ":") && key.contains("-" + kind));
  }
}
