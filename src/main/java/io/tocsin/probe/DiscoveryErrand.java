package io.tocsin.probe;

import io.tocsin.access.OutboundGuard;
import io.tocsin.check.Outcome;
import io.tocsin.label.Labels;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one discovery for its targets; after a failure those it gave before stay. */
final class DiscoveryErrand implements Errand {

  private static final Logger LOG = LoggerFactory.getLogger(DiscoveryErrand.class);
  private static final int BODY_LIMIT = 16 << 20;
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** Files are looked at more often than asked for, so that a change shows soon. */
  private static final Duration FILES = Duration.ofSeconds(5);

  private final String job;
  private final Discovery discovery;
  private final Consumer<List<Labels>> found;
  private String lastProblem = "";

  /**
   * @param found takes all targets each time they were read
   */
  DiscoveryErrand(String job, Discovery discovery, Consumer<List<Labels>> found) {
    this.job = job;
    this.discovery = discovery;
    this.found = found;
  }

  @Override
  public String name() {
    return "discovery " + job + " " + discovery.source();
  }

  @Override
  public Duration interval() {
    return switch (discovery) {
      case Discovery.InFiles files ->
          files.refresh().compareTo(FILES) < 0 ? files.refresh() : FILES;
      case Discovery.OverHttp http -> http.refresh();
    };
  }

  @Override
  public Duration timeout() {
    return interval().compareTo(LONGEST) < 0 ? interval() : LONGEST;
  }

  @Override
  public String host() {
    return switch (discovery) {
      case Discovery.InFiles files -> "";
      case Discovery.OverHttp http -> HttpExchange.host(http.url());
    };
  }

  @Override
  public Optional<OutboundGuard> outbound() {
    return Optional.empty();
  }

  @Override
  public Future<Finding> ask(ProbeRun run) {
    return switch (discovery) {
      case Discovery.InFiles files ->
          run.outside().offLoop(() -> taken(TargetGroups.inFiles(files.pattern())));
      case Discovery.OverHttp http ->
          HttpExchange.send(
                  run,
                  http.http()
                      .get(
                          http.url(),
                          Map.of(
                              "Accept",
                              "application/json",
                              "X-Prometheus-Refresh-Interval-Seconds",
                              String.valueOf(http.refresh().toMillis() / 1_000.0)),
                          BODY_LIMIT))
              .compose(answer -> run.outside().offLoop(() -> read(http, answer)));
    };
  }

  private Finding read(Discovery.OverHttp http, HttpExchange.Answer answer) {
    if (answer.status() != 200 || answer.cut()) {
      return Finding.failure(
          answer.cut() ? "body: found more than 16 MiB" : "status " + answer.status());
    }
    var targets =
        TargetGroups.json(answer.body().toString(StandardCharsets.UTF_8)).stream()
            .map(one -> one.with("__meta_url", http.url().toString()))
            .toList();
    return taken(targets);
  }

  private Finding taken(List<Labels> targets) {
    found.accept(targets);
    return Finding.success(targets.size() + " targets");
  }

  @Override
  public Future<Void> deliver(ProbeRun run, Finding finding, Duration took) {
    String problem = finding.outcome() == Outcome.SUCCESS ? "" : finding.detail();
    if (!problem.isEmpty() && !problem.equals(lastProblem)) {
      LOG.warn("{} failed, its targets stay as they were: {}", name(), problem);
    }
    lastProblem = problem;
    return Future.succeededFuture();
  }
}
