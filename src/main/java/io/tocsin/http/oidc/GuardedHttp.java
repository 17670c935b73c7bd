package io.tocsin.http.oidc;

import io.tocsin.access.OutboundGuard;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the identity provider: only where the outbound guard lets us, at the very address that it
 * judged, following no redirect, within a time and up to a size. Calls block.
 */
public final class GuardedHttp {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int LARGEST = 1024 * 1024;

  private final Context context;
  private final HttpClient client;
  private final OutboundGuard guard;

  public GuardedHttp(Vertx vertx, OutboundGuard guard) {
    this.guard = guard;
    this.context = vertx.getOrCreateContext();
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) TIMEOUT.toMillis())
                .setVerifyHost(true)
                .setKeepAlive(false));
  }

  /** What came back. */
  record Answer(int status, String body) {}

  Answer get(URI url, Map<String, String> headers) {
    return ask(HttpMethod.GET, url, headers, Optional.empty());
  }

  Answer post(URI url, Map<String, String> headers, String form) {
    return ask(HttpMethod.POST, url, headers, Optional.of(form));
  }

  private Answer ask(
      HttpMethod method, URI url, Map<String, String> headers, Optional<String> form) {
    RequestOptions options = options(url).setMethod(method);
    headers.forEach(options::putHeader);
    options.putHeader("Accept", "application/json").putHeader("User-Agent", "Tocsin");
    form.ifPresent(it -> options.putHeader("Content-Type", "application/x-www-form-urlencoded"));
    Promise<Answer> answer = Promise.promise();
    // On a loop from its first step: begun elsewhere, an answer can end before it is listened to.
    context.runOnContext(
        on ->
            client
                .request(options)
                .compose(
                    request ->
                        form.isPresent() ? request.send(Buffer.buffer(form.get())) : request.send())
                .compose(GuardedHttp::read)
                .onComplete(answer));
    try {
      return answer
          .future()
          .toCompletionStage()
          .toCompletableFuture()
          .get(TIMEOUT.toMillis() * 2, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new SignOn.Refused("the identity provider cannot be reached", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SignOn.Refused("Tocsin is shutting down", e);
    }
  }

  private RequestOptions options(URI url) {
    if (url.getHost() == null) {
      throw new SignOn.Refused("the identity provider names an address without a host");
    }
    boolean tls = "https".equalsIgnoreCase(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
    List<InetAddress> addresses = addresses(url.getHost());
    guard
        .refusal(url, addresses)
        .ifPresent(
            reason -> {
              throw new SignOn.Refused("the identity provider may not be asked: " + reason);
            });
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return new RequestOptions()
        .setServer(SocketAddress.inetSocketAddress(port, addresses.getFirst().getHostAddress()))
        .setHost(url.getHost())
        .setPort(port)
        .setSsl(tls)
        .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
        .setTimeout(TIMEOUT.toMillis())
        .setFollowRedirects(false);
  }

  private static List<InetAddress> addresses(String host) {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      throw new SignOn.Refused("the identity provider's name is not known", e);
    }
  }

  private static Future<Answer> read(HttpClientResponse response) {
    Buffer body = Buffer.buffer();
    response.handler(
        chunk -> {
          if (body.length() + chunk.length() > LARGEST) {
            response.request().reset();
          } else {
            body.appendBuffer(chunk);
          }
        });
    return response.end().map(done -> new Answer(response.statusCode(), body.toString()));
  }
}
