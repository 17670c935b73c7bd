package io.tocsin.bench;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * The status page of the packaged service against nginx with the same bytes: requests per second
 * and latency as wrk sees them, whole, compressed and not modified; and how fast a breach reaches
 * its webhook meanwhile. Arguments: seconds a run (default 8), repetitions (3), connections (64).
 */
public final class StatusPageBench {

  private static final int COMPONENTS = 9;
  private static final int WARM_UP_BREACHES = 900;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private StatusPageBench() {}

  /** What wrk said of one run; latencies in milliseconds. */
  private record Run(double perSecond, double p50, double p99, long bad) {}

  public static void main(String[] arguments) throws Exception {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8;
    int repetitions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    int connections = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 64;
    Path folder = Files.createTempDirectory("tocsin-page");
    Files.writeString(folder.resolve("rules.yaml"), Breaches.RULES);
    var breaches = new Breaches();
    try (var hooks = new Hooks((key, body, nanos) -> breaches.arrived(body, nanos));
        var tocsin = TocsinProcess.start(folder, configuration(hooks));
        var nginx = Nginx.serving(bytes(tocsin.page("/")))) {
      String ours = tocsin.page("/").toString();
      breaches.run(tocsin, WARM_UP_BREACHES);
      wrk(ours, seconds, connections);
      System.out.printf(
          Locale.ROOT, "page %,d bytes, %,d compressed%n", nginx.plain, nginx.compressed);
      compare("whole", ours, nginx.address + "/plain.html", seconds, repetitions, connections);
      String gzip = "Accept-Encoding: gzip";
      compare("gzip", ours, nginx.address + "/", seconds, repetitions, connections, gzip);
      notModified(ours, nginx.address + "/plain.html", seconds, repetitions, connections);
      meanwhile(tocsin, breaches, ours, connections);
    }
  }

  private static void compare(
      String what, String ours, String theirs, int seconds, int repetitions, int c, String... h)
      throws Exception {
    List<Run> own = new ArrayList<>();
    List<Run> nginx = new ArrayList<>();
    for (int i = 0; i < repetitions; i++) {
      own.add(wrk(ours, seconds, c, h));
      nginx.add(wrk(theirs, seconds, c, h));
    }
    print(what, middle(own), middle(nginx));
  }

  /** Ours is asked with any tag, because the page is made anew while it is measured. */
  private static void notModified(String ours, String theirs, int seconds, int repetitions, int c)
      throws Exception {
    List<Run> own = new ArrayList<>();
    List<Run> nginx = new ArrayList<>();
    for (int i = 0; i < repetitions; i++) {
      own.add(wrk(ours, seconds, c, "If-None-Match: *"));
      nginx.add(wrk(theirs, seconds, c, "If-None-Match: " + tag(theirs)));
    }
    print("304", middle(own), middle(nginx));
  }

  private static void meanwhile(
      TocsinProcess tocsin, Breaches breaches, String ours, int connections) throws Exception {
    var over = new AtomicBoolean();
    var load =
        CompletableFuture.supplyAsync(
            () -> {
              List<Run> runs = new ArrayList<>();
              while (!over.get()) {
                runs.add(paced(ours, connections));
              }
              return runs;
            });
    long[] took = breaches.run(tocsin, 200).breaches();
    over.set(true);
    double served = load.get().stream().mapToDouble(Run::perSecond).average().orElse(0);
    System.out.printf(
        Locale.ROOT,
        "breach -> webhook while %,.0f requests/s are served: p50 %.1f ms, p99 %.1f ms, %d lost%n",
        served,
        took[took.length / 2] / 1e6,
        took[(int) (took.length * 0.99)] / 1e6,
        breaches.lost());
  }

  private static Run paced(String ours, int connections) {
    try {
      return wrk(ours, 2, connections, "Accept-Encoding: gzip");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void print(String what, Run own, Run nginx) {
    System.out.printf(
        Locale.ROOT,
        "%-6s ours %,7.0f/s p50 %.2f p99 %.2f ms | nginx %,7.0f/s p50 %.2f p99 %.2f ms"
            + " | %.0f %% of the requests/s, p99 x %.2f | %d bad%n",
        what,
        own.perSecond,
        own.p50,
        own.p99,
        nginx.perSecond,
        nginx.p50,
        nginx.p99,
        100 * own.perSecond / nginx.perSecond,
        own.p99 / nginx.p99,
        own.bad + nginx.bad);
  }

  /** The run with the middle rate. */
  private static Run middle(List<Run> runs) {
    return runs.stream()
        .sorted((a, b) -> Double.compare(a.perSecond, b.perSecond))
        .toList()
        .get(runs.size() / 2);
  }

  private static String configuration(Hooks hooks) {
    return Breaches.routing(hooks)
        + "components:\n"
        + IntStream.range(0, COMPONENTS)
            .mapToObj(
                i ->
                    "  - { name: Component %d, group: Group %d, description: What it does }\n"
                        .formatted(i, i / 3))
            .collect(Collectors.joining());
  }

  private static byte[] bytes(URI address) throws Exception {
    var request = HttpRequest.newBuilder(address).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
  }

  private static String tag(String address) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(address)).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.discarding())
        .headers()
        .firstValue("ETag")
        .orElseThrow();
  }

  private static Run wrk(String url, int seconds, int connections, String... headers)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--latency"));
    for (String header : headers) {
      command.add("-H");
      command.add(header);
    }
    command.add(url);
    Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    wrk.waitFor();
    return new Run(
        number(said, "Requests/sec:\\s+([\\d.]+)()"),
        number(said, "(?m)^\\s+50%\\s+([\\d.]+)(\\w+)"),
        number(said, "(?m)^\\s+99%\\s+([\\d.]+)(\\w+)"),
        said.contains("Non-2xx") ? (long) number(said, "responses: (\\d+)()") : 0);
  }

  private static double number(String said, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(said);
    if (!found.find()) {
      throw new IllegalStateException("wrk said: " + said);
    }
    double value = Double.parseDouble(found.group(1));
    return switch (found.group(2)) {
      case "us" -> value / 1000;
      case "s" -> value * 1000;
      default -> value;
    };
  }

  /** nginx with as many workers as the machine has cores, all it needs in a folder of its own. */
  private record Nginx(Process process, String address, int plain, int compressed)
      implements AutoCloseable {

    private static final int PORT = 18_085;

    static Nginx serving(byte[] page) throws Exception {
      Path folder = Files.createTempDirectory("nginx");
      Path www = Files.createDirectory(folder.resolve("www"));
      byte[] gzip = gzip(page);
      Files.write(www.resolve("plain.html"), page);
      Files.write(www.resolve("index.html"), page);
      Files.write(www.resolve("index.html.gz"), gzip);
      for (Path path : List.of(folder, www)) {
        path.toFile().setReadable(true, false);
        path.toFile().setExecutable(true, false);
      }
      Files.writeString(
          folder.resolve("nginx.conf"),
          """
          worker_processes auto; daemon off; pid FOLDER/pid; error_log FOLDER/error.log;
          events { worker_connections 8192; }
          http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
            open_file_cache max=100; types { text/html html; }
            client_body_temp_path FOLDER/a; proxy_temp_path FOLDER/b; fastcgi_temp_path FOLDER/c;
            uwsgi_temp_path FOLDER/d; scgi_temp_path FOLDER/e;
            server { listen 127.0.0.1:PORT backlog=4096; root FOLDER/www;
              location = /index.html { gzip_static on; } } }
          """
              .replace("FOLDER", folder.toString())
              .replace("PORT", Integer.toString(PORT)));
      Process process =
          new ProcessBuilder("nginx", "-c", folder + "/nginx.conf", "-p", folder.toString())
              .redirectErrorStream(true)
              .start();
      TimeUnit.SECONDS.sleep(1);
      if (!process.isAlive()) {
        throw new IllegalStateException(new String(process.getInputStream().readAllBytes()));
      }
      return new Nginx(process, "http://127.0.0.1:" + PORT, page.length, gzip.length);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
      var out = new ByteArrayOutputStream();
      try (var gzip = new GZIPOutputStream(out)) {
        gzip.write(plain);
      }
      return out.toByteArray();
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
