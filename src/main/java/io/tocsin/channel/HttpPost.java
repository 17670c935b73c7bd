package io.tocsin.channel;

import io.tocsin.notify.SendResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON to one receiver and says what became of it: 2xx is delivered; 408, 425, 429 and 5xx
 * and every failure of the network are worth a retry, not before {@code Retry-After}; anything
 * else, redirects included, is refused.
 */
final class HttpPost {

  private static final int MAX_ANSWER = 2048;

  private final Context context;
  private final HttpClient client;
  private final URI url;
  private final Duration timeout;

  HttpPost(Vertx vertx, URI url, Duration timeout) {
    this.url = url;
    this.timeout = timeout;
    this.context = vertx.getOrCreateContext();
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) timeout.toMillis())
                .setIdleTimeout((int) timeout.toMillis() * 2)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTcpNoDelay(true));
  }

  CompletionStage<SendResult> send(Map<String, String> headers, byte[] json) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(url.toString())
            .setTimeout(timeout.toMillis())
            .putHeader("Content-Type", "application/json")
            .putHeader("User-Agent", "Tocsin");
    headers.forEach(options::putHeader);
    return Loop.call(context, timeout.multipliedBy(2), () -> exchange(options, json))
        .otherwise(failure -> new SendResult.Retry(reason(failure), Optional.empty()))
        .toCompletionStage();
  }

  private Future<SendResult> exchange(RequestOptions options, byte[] json) {
    return client
        .request(options)
        .compose(request -> request.send(Buffer.buffer(json)))
        .compose(
            response ->
                response
                    .body()
                    .map(body -> judge(response, body))
                    .otherwise(failure -> judge(response, Buffer.buffer())));
  }

  private static SendResult judge(HttpClientResponse response, Buffer body) {
    int status = response.statusCode();
    String detail = "HTTP " + status + shorten(body);
    if (status >= 200 && status < 300) {
      return new SendResult.Delivered(detail);
    }
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      return new SendResult.Retry(detail, retryAfter(response.getHeader("Retry-After")));
    }
    return new SendResult.Refused(detail);
  }

  private static Optional<Duration> retryAfter(@Nullable String header) {
    if (header == null || !header.matches("\\d{1,5}")) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofSeconds(Long.parseLong(header)));
  }

  private static String shorten(Buffer body) {
    String text = body.getString(0, Math.min(body.length(), MAX_ANSWER)).strip();
    String line = text.replaceAll("\\s+", " ");
    return line.isEmpty() ? "" : ": " + (line.length() > 200 ? line.substring(0, 200) : line);
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
