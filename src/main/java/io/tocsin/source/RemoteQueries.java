package io.tocsin.source;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.Expr;
import io.tocsin.promql.Numbers;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.QueryProblem;
import io.tocsin.promql.Selectors;
import io.tocsin.promql.Value;
import io.tocsin.rule.Blindness;
import io.tocsin.rule.InstantQueries;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * Asks a {@link SourceSpec} by Prometheus' HTTP API. Blocks up to its timeout; after a source did
 * not answer, questions of the next second fail at once, so that a group of many rules waits once.
 * Redirects are not followed, answers are bounded.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries">Instant
 *     queries</a>
 */
public final class RemoteQueries implements InstantQueries, AutoCloseable {
  private static final int MAX_ANSWER = 32 * 1024 * 1024;
  private static final long SULK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SourceSpec source;
  private final HttpClient client;
  private final URI endpoint;
  private final String files;
  private volatile long failedAt = System.nanoTime() - SULK_NANOS;

  /**
   * @throws IllegalArgumentException when its certificates or its key cannot be read
   */
  public RemoteQueries(SourceSpec source) {
    this.source = source;
    this.files = source.tls().contents();
    this.endpoint = URI.create(source.url() + "/api/v1/query");
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(source.timeout());
    if (!source.tls().equals(SourceTls.PLAIN)) {
      builder.sslContext(context(source));
    }
    this.client = builder.build();
  }

  private static SSLContext context(SourceSpec source) {
    try {
      return Trust.context(source.tls());
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw new IllegalArgumentException("source " + source.name() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Whether this asks just that source, and its files of certificates still hold what they held:
   * rotated ones are taken by a reload, a source whose files stay keeps its connections.
   */
  public boolean asks(SourceSpec other) {
    return source.equals(other) && files.equals(other.tls().contents());
  }

  @Override
  public Answer ask(Expr expr, long timeMillis) {
    List<Value.Sample> samples = instant(expr.toString(), timeMillis);
    return new Answer(samples, samples.isEmpty() && meetsNothing(expr, timeMillis));
  }

  /** Whether there is nothing there to judge by, in the meaning that our own series have. */
  private boolean meetsNothing(Expr expr, long timeMillis) {
    var reaches = new HashMap<List<Matcher>, Long>();
    for (Selectors.Reach one : Selectors.of(expr, QueryLimits.DEFAULT.lookbackMillis())) {
      reaches.merge(one.matchers(), one.reachMillis(), Math::max);
    }
    var known = new HashMap<List<Matcher>, Boolean>();
    return Blindness.of(
        expr,
        matchers ->
            Optional.ofNullable(reaches.get(matchers))
                .map(
                    reach ->
                        known.computeIfAbsent(matchers, one -> lives(one, reach, timeMillis))));
  }

  /** A selector at a time of its own is taken for one that finds something. */
  private boolean lives(List<Matcher> matchers, long reachMillis, long timeMillis) {
    if (reachMillis == Selectors.UNBOUNDED) {
      return true;
    }
    String selector =
        matchers.stream().map(Matcher::toString).collect(Collectors.joining(",", "{", "}"));
    String any = "count(last_over_time(%s[%dms]))".formatted(selector, reachMillis);
    return !instant(any, timeMillis).isEmpty();
  }

  private List<Value.Sample> instant(String expression, long timeMillis) {
    String form =
        "query=%s&time=%s&timeout=%dms"
            .formatted(
                URLEncoder.encode(expression, StandardCharsets.UTF_8),
                java.math.BigDecimal.valueOf(timeMillis, 3).toPlainString(),
                source.timeout().toMillis());
    return read(send(form));
  }

  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  private record Raw(int status, byte[] body) {}

  private Raw send(String form) {
    if (System.nanoTime() - failedAt < SULK_NANOS) {
      throw problem("did not answer a moment ago");
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .timeout(source.timeout())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    source.headers().forEach(request::setHeader);
    CompletableFuture<Raw> answer =
        client
            .sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream())
            .thenApply(RemoteQueries::bounded);
    try {
      return answer.get(source.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw problem("the question was interrupted");
    } catch (TimeoutException e) {
      answer.cancel(true);
      failedAt = System.nanoTime();
      throw problem("no answer within " + seconds(source.timeout()));
    } catch (ExecutionException e) {
      failedAt = System.nanoTime();
      // The client's own clock may be a moment ahead of ours.
      throw problem(
          e.getCause() instanceof HttpTimeoutException
              ? "no answer within " + seconds(source.timeout())
              : "cannot be asked: " + reason(e));
    }
  }

  private static Raw bounded(HttpResponse<InputStream> answer) {
    try (InputStream body = answer.body()) {
      byte[] bytes = body.readNBytes(MAX_ANSWER + 1);
      if (bytes.length > MAX_ANSWER) {
        throw new IllegalStateException("an answer of more than " + MAX_ANSWER + " bytes");
      }
      return new Raw(answer.statusCode(), bytes);
    } catch (IOException e) {
      throw new IllegalStateException("the answer broke off", e);
    }
  }

  private List<Value.Sample> read(Raw raw) {
    JsonNode answer;
    try {
      answer = JSON.readTree(raw.body());
    } catch (JacksonException e) {
      throw problem("answered " + raw.status() + " and no JSON");
    } catch (IOException e) {
      throw problem("the answer broke off");
    }
    if (raw.status() != 200 || !answer.path("status").asText().equals("success")) {
      String error = answer.path("error").asText();
      throw problem("answered " + raw.status() + (error.isEmpty() ? "" : ": " + error));
    }
    JsonNode data = answer.path("data");
    var samples = new ArrayList<Value.Sample>();
    switch (data.path("resultType").asText()) {
      case "vector" -> data.path("result").forEach(one -> samples.add(sample(one)));
      case "scalar" -> samples.add(sample(Labels.EMPTY, data.path("result")));
      default ->
          throw problem("answered a " + data.path("resultType").asText() + ", expected a vector");
    }
    return samples;
  }

  private Value.Sample sample(JsonNode series) {
    var labels = Labels.builder();
    series
        .path("metric")
        .properties()
        .forEach(entry -> labels.set(entry.getKey(), entry.getValue().asText()));
    return sample(labels.build(), series.path("value"));
  }

  private Value.Sample sample(Labels labels, JsonNode pair) {
    double value =
        Numbers.parseSigned(pair.path(1).asText())
            .orElseThrow(() -> problem("answered a sample without a number"));
    return new Value.Sample(labels, Math.round(pair.path(0).asDouble() * 1000), value);
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private QueryProblem problem(String what) {
    return new QueryProblem(QueryProblem.Kind.EXECUTION, "source " + source.name() + ": " + what);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
