package io.tocsin.demo;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The demo: the simulated company, its faults, its predictions, and the receivers it pages. */
public final class Demo {

  private static final Logger log = LoggerFactory.getLogger(Demo.class);
  private static final int BASELINE = 5_000;
  private static final int PER_SECOND = 40;
  private static final String HEARTBEAT = "demo-nightly-backup";

  private final Path folder;
  private final InstantSource clock;
  private final Faults faults;
  private final Company company;
  private final Receiver receiver;
  private final Vertx vertx;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Demo(
      Path folder,
      InstantSource clock,
      Faults faults,
      Company company,
      Receiver receiver,
      Vertx vertx) {
    this.folder = folder;
    this.clock = clock;
    this.faults = faults;
    this.company = company;
    this.receiver = receiver;
    this.vertx = vertx;
  }

  /** Opens the company and writes the configuration and shipped rules into a folder. */
  public static Demo open(Path folder, InstantSource clock) throws Exception {
    Files.createDirectories(folder);
    copy("/demo/tocsin.yaml", folder.resolve("tocsin.yaml"));
    copyAll("/shipped/alert-rules", folder.resolve("alert-rules"));
    copyAll("/shipped/runbooks", folder.resolve("runbooks"));
    Vertx vertx = Vertx.vertx();
    var faults = new Faults();
    return Company.open(vertx, faults, clock)
        .compose(
            company ->
                Receiver.open(vertx, clock)
                    .map(receiver -> new Demo(folder, clock, faults, company, receiver, vertx)))
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  /** The configuration it wrote. */
  public Path configuration() {
    return folder.resolve("tocsin.yaml");
  }

  /** Where everything listens, for the holes of the configuration. */
  public Map<String, String> environment() {
    var environment = new HashMap<String, String>();
    for (SimulatedPart dependency : SimulatedPart.values()) {
      environment.put(
          "DEMO_" + dependency.name() + "_PORT", Integer.toString(company.port(dependency)));
    }
    environment.put("DEMO_METRICS_PORT", Integer.toString(company.metricsPort()));
    environment.put("DEMO_RECEIVER_PORT", Integer.toString(receiver.port()));
    return Map.copyOf(environment);
  }

  /** The buttons. */
  public Controls controls() {
    return new Controls(faults, receiver, clock);
  }

  /** Begins the fault schedule and the stream of predictions into the service. */
  public void begin(String console) {
    URI heartbeat = URI.create(console).resolve("/heartbeat/" + HEARTBEAT);
    announce(URI.create(console).resolve("/api/v1/changes"));
    URI model = URI.create(console).resolve("/api/v1/models/" + PredictionFeed.MODEL + "/");
    Thread.ofVirtual().name("demo-predictions").start(() -> predict(model, heartbeat));
    Thread.ofVirtual().name("demo-colleague").start(() -> respond(URI.create(console)));
    schedule();
  }

  private void respond(URI console) {
    var colleague = new Colleague(http, console, clock);
    try {
      while (true) {
        TimeUnit.SECONDS.sleep(5);
        colleague.look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void schedule() {
    for (Faults.Step step : Faults.SCHEDULE) {
      vertx.setTimer(
          step.after().toMillis(),
          due -> {
            apply(step);
            vertx.setPeriodic(Faults.ROUND.toMillis(), again -> apply(step));
          });
    }
  }

  private void apply(Faults.Step step) {
    log.info("demo: {} {}", step.dependency().label(), step.broken() ? "breaks" : "heals");
    controls().set(step.dependency(), step.broken());
  }

  /** A deploy stands at the beginning of every graph. */
  private void announce(URI changes) {
    Thread.ofVirtual()
        .name("demo-deploy")
        .start(
            () -> {
              try {
                post(changes, "{\"summary\":\"Web app 2026.02 deployed\"}");
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private void predict(URI model, URI heartbeat) {
    var training = new PredictionFeed(new Faults(), 1, 1);
    var feed = new PredictionFeed(faults, clock.millis(), clock.millis() * 1_000);
    try {
      post(model.resolve("baseline"), training.predictions(BASELINE, clock.instant()));
      while (true) {
        post(model.resolve("predictions"), feed.predictions(PER_SECOND, clock.instant()));
        post(model.resolve("ground-truth"), feed.truths());
        post(heartbeat, "");
        TimeUnit.SECONDS.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void post(URI address, String body) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        log.warn("demo: {} answered {}: {}", address, answer.statusCode(), answer.body());
      }
    } catch (IOException e) {
      log.debug("demo: {} does not answer: {}", address, e.getMessage());
    }
  }

  private static void copy(String resource, Path to) throws IOException {
    try (InputStream in = Objects.requireNonNull(Demo.class.getResourceAsStream(resource))) {
      Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Copies a folder of the class path, from classes or from the jar. */
  private static void copyAll(String resource, Path to) throws IOException, URISyntaxException {
    Files.createDirectories(to);
    URI from = Objects.requireNonNull(Demo.class.getResource(resource), resource).toURI();
    if (from.getScheme().equals("jar")) {
      try (FileSystem jar = FileSystems.newFileSystem(from, Map.of())) {
        copyFiles(jar.getPath(resource), to);
      }
    } else {
      copyFiles(Path.of(from), to);
    }
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(
            file, to.resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
