package io.tocsin.channel;

import io.tocsin.access.OutboundGuard;
import io.tocsin.notify.SendResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Posts to an address that came from outside, such as a stranger typed in: only where the outbound
 * guard lets us, to the very address that it judged. Only 2xx is success, no redirect is followed.
 * Call it where looking a name up may block.
 */
final class NewsPost {

  private static final int CONNECT_MILLIS = 10_000;

  private final Context context;
  private final HttpClient client;
  private final OutboundGuard guard;
  private final Duration timeout;

  /**
   * @param timeout for the whole exchange; Statuspage allows 30 s
   */
  NewsPost(Vertx vertx, OutboundGuard guard, Duration timeout) {
    this.guard = guard;
    this.timeout = timeout;
    this.context = vertx.getOrCreateContext();
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setVerifyHost(true)
                .setKeepAlive(false));
  }

  CompletionStage<SendResult> send(URI url, Map<String, String> headers, byte[] body) {
    List<InetAddress> addresses;
    try {
      addresses = List.of(InetAddress.getAllByName(url.getHost()));
    } catch (UnknownHostException e) {
      return done(new SendResult.Retry("the host's name is not known", Optional.empty()));
    }
    Optional<String> refusal = guard.refusal(url, addresses);
    if (refusal.isPresent()) {
      return done(new SendResult.Refused("may not be reached"));
    }
    RequestOptions options = options(url, addresses.getFirst());
    headers.forEach(options::putHeader);
    return Loop.call(
            context,
            timeout,
            () ->
                client
                    .request(options)
                    .compose(request -> request.send(Buffer.buffer(body)))
                    .map(
                        response -> {
                          int status = response.statusCode();
                          // The body is of no use, and might never end.
                          response.request().connection().close();
                          return judge(status);
                        }))
        .otherwise(failure -> new SendResult.Retry("no answer in time", Optional.empty()))
        .toCompletionStage();
  }

  private static SendResult judge(int status) {
    String words = "status " + status;
    if (status / 100 == 2) {
      return new SendResult.Delivered(words);
    }
    return status == 410
        ? new SendResult.Refused(words)
        : new SendResult.Retry(words, Optional.empty());
  }

  private RequestOptions options(URI url, InetAddress address) {
    boolean tls = "https".equalsIgnoreCase(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
        .setHost(url.getHost())
        .setPort(port)
        .setSsl(tls)
        .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
        .setTimeout(timeout.toMillis())
        .setFollowRedirects(false)
        .putHeader("Content-Type", "application/json")
        .putHeader("User-Agent", "Tocsin");
  }

  private static CompletionStage<SendResult> done(SendResult result) {
    return CompletableFuture.completedFuture(result);
  }
}
