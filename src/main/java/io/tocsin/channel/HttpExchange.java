package io.tocsin.channel;

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
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One receiver's HTTP client: every call has a timeout, no redirect is followed. */
final class HttpExchange {

  /** The most of an answer that is kept, in bytes; the rest is read and dropped. */
  private static final int KEPT = 64 * 1024;

  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final Context context;
  private final HttpClient client;
  private final Duration timeout;
  private final InstantSource clock;

  HttpExchange(Vertx vertx, Duration timeout, InstantSource clock) {
    this.timeout = timeout;
    this.clock = clock;
    this.context = vertx.getOrCreateContext();
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) timeout.toMillis())
                .setIdleTimeout((int) timeout.toMillis() * 2)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTcpNoDelay(true));
  }

  /** Asks; never fails: what went wrong is in the answer. */
  CompletionStage<Answer> ask(
      HttpMethod method, URI url, Map<String, String> headers, byte[] body) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setAbsoluteURI(url.toString())
            .setTimeout(timeout.toMillis())
            .putHeader("User-Agent", "Tocsin");
    if (body.length > 0) {
      options.putHeader("Content-Type", "application/json");
    }
    headers.forEach(options::putHeader);
    return Loop.call(context, timeout.multipliedBy(2), () -> exchange(options, body))
        .otherwise(Answer::failed)
        .toCompletionStage();
  }

  /** Asks and waits; on a virtual thread. */
  Answer call(HttpMethod method, URI url, Map<String, String> headers, byte[] body) {
    return ask(method, url, headers, body).toCompletableFuture().join();
  }

  private Future<Answer> exchange(RequestOptions options, byte[] body) {
    return client
        .request(options)
        .compose(request -> body.length == 0 ? request.send() : request.send(Buffer.buffer(body)))
        .compose(this::read);
  }

  /** A body that breaks off leaves the status to go by. */
  private Future<Answer> read(HttpClientResponse response) {
    Buffer kept = Buffer.buffer();
    response.handler(
        chunk -> {
          int room = KEPT - kept.length();
          if (room > 0) {
            kept.appendBuffer(chunk, 0, Math.min(room, chunk.length()));
          }
        });
    return response
        .end()
        .map(done -> answer(response, kept))
        .otherwise(broken -> answer(response, kept));
  }

  private Answer answer(HttpClientResponse response, Buffer body) {
    return new Answer(
        response.statusCode(), body.toString(), retryAfter(response.getHeader("Retry-After")));
  }

  /**
   * Seconds or a date.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110 §10.2.3</a>
   */
  private Optional<Duration> retryAfter(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    if (header.matches("\\d{1,9}")) {
      return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(header))));
    }
    try {
      var at = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(clock.instant(), at);
      return wait.isNegative() ? Optional.empty() : Optional.of(bounded(wait));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }

  static Duration bounded(Duration wait) {
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }
}
