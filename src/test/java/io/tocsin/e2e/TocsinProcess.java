package io.tocsin.e2e;

import static io.tocsin.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The packaged jar as a user starts it, on free ports of loopback, in a folder of its own. */
public final class TocsinProcess implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START = Duration.ofSeconds(60);

  private final Path folder;
  private final List<String> options;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int ops = freePort();
  private final int publicPort = freePort();
  private Process process;

  private TocsinProcess(Path folder, List<String> options) {
    this.folder = folder;
    this.options = options;
  }

  /**
   * Writes the configuration, with the listeners and {@code auth: open} put before it, and starts.
   */
  public static TocsinProcess start(Path folder, String configuration) throws Exception {
    return start(folder, configuration, List.of());
  }

  /** The same with options of the Java machine. */
  public static TocsinProcess start(Path folder, String configuration, List<String> options)
      throws Exception {
    var started = new TocsinProcess(folder, options);
    Files.writeString(
        folder.resolve("tocsin.yaml"),
        """
        listen: { ops: 127.0.0.1:%d, public: 127.0.0.1:%d }
        auth: open
        """
                .formatted(started.ops, started.publicPort)
            + configuration);
    started.start();
    return started;
  }

  /** Starts it again on the same folder and waits until it is ready. */
  public void start() throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(program());
    command.addAll(
        List.of(
            "serve",
            "--config",
            folder.resolve("tocsin.yaml").toString(),
            "--data",
            folder.resolve("data").toString()));
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    eventually(
        START,
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException("ended at start: " + Files.readString(log()));
          }
          assertThat(status("/-/ready")).as(Files.readString(log())).isEqualTo(200);
        });
  }

  /** The packaged jar; while there is none, the classes this runs with. */
  private static List<String> program() {
    Path jar = Path.of("target", "tocsin.jar").toAbsolutePath();
    return Files.exists(jar)
        ? List.of("-jar", jar.toString())
        : List.of(
            "-classpath", absolute(System.getProperty("java.class.path")), "io.tocsin.Tocsin");
  }

  private static String absolute(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What it printed. */
  public Path log() {
    return folder.resolve("tocsin.log");
  }

  /** {@code kill -9}: nothing is said good-bye to. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  public URI ops(String path) {
    return URI.create("http://127.0.0.1:" + ops + path);
  }

  public URI page(String path) {
    return URI.create("http://127.0.0.1:" + publicPort + path);
  }

  /** The JSON at an address. */
  public JsonNode json(URI address) throws Exception {
    HttpResponse<String> answer = get(address);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  public HttpResponse<String> get(URI address) throws Exception {
    return http.send(request(address).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Posts JSON to the operations listener. */
  public HttpResponse<String> post(String path, String body) throws Exception {
    return http.send(
        request(ops(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(URI address) {
    return HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20));
  }

  private int status(String path) {
    try {
      return get(ops(path)).statusCode();
    } catch (Exception notYet) {
      return 0;
    }
  }

  /** A port that was free a moment ago. */
  public static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it to stop and waits; the database goes with it. */
  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("did not stop within 30 s of SIGTERM");
    }
  }
}
