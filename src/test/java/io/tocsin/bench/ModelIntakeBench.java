package io.tocsin.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.e2e.TocsinProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * Predictions of 20 features (14 numbers, 4 categories, 2 flags) with id, version, class and
 * confidence over HTTP as gzipped NDJSON into the whole service with its embedded database, which
 * answers when they are durable. Then {@code kill -9}, and everything acknowledged must be there.
 * Arguments: seconds (default 20), rows per second to offer (default 50,000; 0 as fast as it goes),
 * rows per request (default 2,500), heap (default 400m).
 */
public final class ModelIntakeBench {

  private static final int BODIES = 24;
  private static final int SENDERS = 4;
  private static final Pattern HEAP =
      Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\"[^}]*} (\\S+)");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<byte[]> bodies = new ArrayList<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong next = new AtomicLong();
  private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
  private final int perRequest;
  private final int perSecond;

  private ModelIntakeBench(int perRequest, int perSecond) throws IOException {
    this.perRequest = perRequest;
    this.perSecond = perSecond;
    var random = new Random(1);
    for (int body = 0; body < BODIES; body++) {
      bodies.add(gzip(rows(perRequest, body * perRequest, random)));
    }
  }

  /**
   * What a run showed.
   *
   * @param processorSeconds of the service and its database
   * @param heapBytes the largest use of the heap that was seen
   * @param found rows that the service knows after it was killed and started again
   */
  public record Outcome(
      double seconds,
      long acknowledged,
      long refused,
      double processorSeconds,
      double heapBytes,
      double medianMillis,
      double p99Millis,
      double restartSeconds,
      long found) {

    public double rowsPerSecond() {
      return acknowledged / seconds;
    }
  }

  public static void main(String[] arguments) throws Exception {
    int seconds = argument(arguments, 0, 20);
    int perSecond = argument(arguments, 1, 50_000);
    int perRequest = argument(arguments, 2, 2_500);
    String heap = arguments.length > 3 ? arguments[3] : "400m";
    Outcome it =
        run(Files.createTempDirectory("tocsin-models"), seconds, perSecond, perRequest, heap);
    System.out.printf(
        Locale.ROOT,
        "predictions of 20 features, gzipped NDJSON, durable, -Xmx%s: %.0f rows/s for %.0f s"
            + " (%d rows, %d requests refused)%n"
            + "answer median %.0f ms, p99 %.0f ms; processor of service and database %.2f s"
            + " = %.1f s per million rows; heap at most %.0f MB%n"
            + "kill -9, ready after %.1f s: %d of %d acknowledged rows are there%n",
        heap,
        it.rowsPerSecond(),
        it.seconds,
        it.acknowledged,
        it.refused,
        it.medianMillis,
        it.p99Millis,
        it.processorSeconds,
        it.processorSeconds / it.acknowledged * 1e6,
        it.heapBytes / 1e6,
        it.restartSeconds,
        it.found,
        it.acknowledged);
    if (it.found < it.acknowledged) {
      System.exit(1);
    }
  }

  private static int argument(String[] arguments, int place, int otherwise) {
    return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
  }

  /** Runs the service in a folder. */
  public static Outcome run(Path folder, int seconds, int perSecond, int perRequest, String heap)
      throws Exception {
    var bench = new ModelIntakeBench(perRequest, perSecond);
    try (var tocsin =
        TocsinProcess.start(folder, "status_page: { title: Bench }\n", List.of("-Xmx" + heap))) {
      return bench.run(tocsin, folder, seconds);
    }
  }

  private Outcome run(TocsinProcess tocsin, Path folder, int seconds) throws Exception {
    send(tocsin, System.nanoTime() + TimeUnit.SECONDS.toNanos(Math.max(1, seconds / 4)));
    long warm = acknowledged.get();
    nanos.clear();
    next.set(0);
    refused.set(0);
    var processor = new ProcessorTime(folder);
    double before = processor.seconds();
    long from = System.nanoTime();
    double heap = send(tocsin, from + TimeUnit.SECONDS.toNanos(seconds));
    double took = (System.nanoTime() - from) / 1e9;
    double spent = processor.seconds() - before;
    long taken = acknowledged.get() - warm;
    tocsin.kill();
    long killed = System.nanoTime();
    tocsin.start();
    double restart = (System.nanoTime() - killed) / 1e9;
    List<Long> sorted = nanos.stream().sorted().toList();
    return new Outcome(
        took,
        taken,
        refused.get(),
        spent,
        heap,
        sorted.get(sorted.size() / 2) / 1e6,
        sorted.get((int) (sorted.size() * .99)) / 1e6,
        restart,
        known(tocsin) - warm);
  }

  private static long known(TocsinProcess tocsin) throws Exception {
    long rows = 0;
    for (JsonNode version : tocsin.json(tocsin.ops("/api/v1/models/bench")).path("versions")) {
      rows += version.path("predictions").asLong();
    }
    return rows;
  }

  /** Sends until a time; answers the largest use of the heap meanwhile. */
  private double send(TocsinProcess tocsin, long until) throws Exception {
    long from = System.nanoTime();
    var senders = new ArrayList<Thread>();
    for (int i = 0; i < SENDERS; i++) {
      senders.add(Thread.ofVirtual().start(() -> sendUntil(tocsin, from, until)));
    }
    double heap = 0;
    while (System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(500);
      heap = Math.max(heap, heap(tocsin));
    }
    for (Thread sender : senders) {
      sender.join();
    }
    return heap;
  }

  private void sendUntil(TocsinProcess tocsin, long from, long until) {
    URI address = tocsin.ops("/api/v1/models/bench/predictions");
    while (true) {
      long number = next.getAndIncrement();
      if (perSecond > 0) {
        long due = from + number * perRequest * 1_000_000_000L / perSecond;
        LockSupport.parkNanos(due - System.nanoTime());
      }
      if (System.nanoTime() >= until) {
        return;
      }
      post(address, bodies.get((int) (number % BODIES)));
    }
  }

  private void post(URI address, byte[] body) {
    long began = System.nanoTime();
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(address)
                  .timeout(Duration.ofSeconds(30))
                  .header("Content-Type", "application/x-ndjson")
                  .header("Content-Encoding", "gzip")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        acknowledged.addAndGet(perRequest);
        nanos.add(System.nanoTime() - began);
      } else if (answer.statusCode() == 429 || answer.statusCode() == 503) {
        refused.incrementAndGet();
        LockSupport.parkNanos(100_000_000);
      } else {
        throw new IllegalStateException(answer.statusCode() + " " + answer.body());
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double heap(TocsinProcess tocsin) throws Exception {
    Matcher found = HEAP.matcher(tocsin.get(tocsin.ops("/metrics")).body());
    double bytes = 0;
    while (found.find()) {
      bytes += Double.parseDouble(found.group(1));
    }
    return bytes;
  }

  private static String rows(int count, int from, Random random) {
    var lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("{\"id\":\"r-").append(from + i).append("\",\"version\":\"v1\",\"features\":{");
      for (int feature = 0; feature < 14; feature++) {
        lines
            .append("\"number_")
            .append(feature)
            .append("\":")
            .append(number(feature, random))
            .append(',');
      }
      for (int feature = 0; feature < 4; feature++) {
        lines.append("\"category_").append(feature).append("\":\"c");
        lines.append((int) Math.abs(random.nextGaussian() * 10)).append("\",");
      }
      lines.append("\"flag_0\":").append(random.nextBoolean());
      lines.append(",\"flag_1\":").append(random.nextInt(10) == 0);
      lines.append("},\"prediction\":\"").append(random.nextInt(3) == 0 ? "sell" : "buy");
      lines.append("\",\"confidence\":").append(Math.round(random.nextDouble() * 1000) / 1000.0);
      lines.append(",\"latency_ms\":").append(10 + random.nextInt(300) / 10.0).append("}\n");
    }
    return lines.toString();
  }

  /** Whole numbers, money, and doubles with all their digits. */
  private static String number(int feature, Random random) {
    double value = random.nextGaussian();
    return switch (feature % 3) {
      case 0 -> Long.toString(Math.round(value * 1000));
      case 1 -> String.format(Locale.ROOT, "%.2f", 100 + 20 * value);
      default -> Double.toString(value);
    };
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
