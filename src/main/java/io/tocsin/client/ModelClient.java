package io.tocsin.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/**
 * Sends what a model predicted, and later what was true, to Tocsin: gzipped lines over HTTP, sent
 * again when the service asks for it (429, 503 with {@code Retry-After}) or cannot be reached.
 * Needs nothing but the JDK, so that its two files can be copied into the program that predicts.
 *
 * <pre>{@code
 * var client = new ModelClient(URI.create("https://tocsin.example.com:9110"), Optional.of(token));
 * client.predictions("ranker", List.of(
 *     Row.of("p-17").version("v3").feature("age", 41).feature("plan", "pro")
 *         .prediction("buy").confidence(0.93)));
 * client.truths("ranker", List.of(Row.of("p-17").actual("hold")));
 * }</pre>
 *
 * Rows are delivered at least once: after an answer that was lost they are sent again.
 */
public final class ModelClient {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 6;
  private static final long FIRST_WAIT_MILLIS = 200;

  private final HttpClient http;
  private final URI service;
  private final Optional<String> token;

  /**
   * @param service the operations listener, such as {@code http://127.0.0.1:9110}
   * @param token with the scope ingest; none where the listener is open
   */
  public ModelClient(URI service, Optional<String> token) {
    this.http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    this.service = service;
    this.token = token;
  }

  /**
   * What the service answered last.
   *
   * @param status 200 when all rows are durable, 207 when some were refused; else nothing was kept
   * @param body JSON: how many were accepted, which were not and why
   */
  public record Answer(int status, String body) {

    /** Whether the rows that are fit to be kept are durable. */
    public boolean isKept() {
      return status == 200 || status == 207;
    }
  }

  /** Sends predictions, at most 50,000; fails when the service cannot be reached for long. */
  public CompletableFuture<Answer> predictions(String model, List<Row> rows) {
    return send(model, "predictions", rows);
  }

  /** Sends truths, at most 50,000. */
  public CompletableFuture<Answer> truths(String model, List<Row> rows) {
    return send(model, "ground-truth", rows);
  }

  /** Sends the rows of the last training, at most 200,000; they replace the baseline there was. */
  public CompletableFuture<Answer> baseline(String model, List<Row> rows) {
    return send(model, "baseline", rows);
  }

  private CompletableFuture<Answer> send(String model, String what, List<Row> rows) {
    String name = URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20");
    var request =
        HttpRequest.newBuilder(service.resolve("/api/v1/models/" + name + "/" + what))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-ndjson")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(gzip(rows)));
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return attempt(request.build(), 1);
  }

  private CompletableFuture<Answer> attempt(HttpRequest request, int number) {
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .handle((answer, failed) -> settle(request, number, answer, failed))
        .thenCompose(next -> next);
  }

  private CompletableFuture<Answer> settle(
      HttpRequest request, int number, HttpResponse<String> answer, Throwable failed) {
    boolean again = failed != null || answer.statusCode() == 429 || answer.statusCode() == 503;
    if (!again || number == ATTEMPTS) {
      return failed == null
          ? CompletableFuture.completedFuture(new Answer(answer.statusCode(), answer.body()))
          : CompletableFuture.failedFuture(failed);
    }
    Executor later = CompletableFuture.delayedExecutor(wait(number, answer), TimeUnit.MILLISECONDS);
    return CompletableFuture.supplyAsync(() -> attempt(request, number + 1), later)
        .thenCompose(next -> next);
  }

  /** What the service asks for, else twice as long each time. */
  private static long wait(int number, HttpResponse<String> answer) {
    long backoff = FIRST_WAIT_MILLIS << number;
    return answer == null
        ? backoff
        : answer.headers().firstValueAsLong("Retry-After").orElse(0) * 1000 + backoff / 4;
  }

  private static byte[] gzip(List<Row> rows) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      for (Row row : rows) {
        out.write((row.json() + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
