package io.tocsin.probe;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * One HTTP/1.1 request and its answer, redirects followed, each over a connection of its own: what
 * a user who arrives now would meet.
 */
final class HttpExchange {

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie");

  /**
   * What is asked.
   *
   * @param url absolute, http or https, with a host
   * @param maxRedirects how many are followed; at 0 a redirect is itself the answer
   * @param bodyLimit bytes of the answer's body that are read; the rest is left
   * @param serverName the name that its certificate must have, when it is not the host's
   */
  record Request(
      HttpMethod method,
      URI url,
      Map<String, String> headers,
      Optional<Buffer> body,
      int maxRedirects,
      int bodyLimit,
      ClientSSLOptions tls,
      Optional<String> serverName) {

    /** Without headers, query and body, which may hold secrets. */
    @Override
    public String toString() {
      return method + " " + url.getHost() + ":" + port(url);
    }

    /** The request that a redirect leads to, by RFC 9110 §15.4 as browsers read it. */
    Request redirected(int status, URI location) {
      boolean sameRequest = status == 307 || status == 308 || method.equals(HttpMethod.HEAD);
      boolean sameOrigin =
          port(location) == port(url)
              && location.getScheme().equalsIgnoreCase(url.getScheme())
              && location.getHost().equalsIgnoreCase(url.getHost());
      var kept = new TreeMap<>(headers);
      if (!sameOrigin) {
        kept.keySet()
            .removeIf(
                name -> {
                  String lower = name.toLowerCase(Locale.ROOT);
                  return CREDENTIALS.contains(lower) || lower.equals("host");
                });
      }
      return new Request(
          sameRequest ? method : HttpMethod.GET,
          location,
          kept,
          sameRequest ? body : Optional.empty(),
          maxRedirects - 1,
          bodyLimit,
          tls,
          serverName);
    }
  }

  /**
   * What came back.
   *
   * @param cut whether the body went on beyond the limit
   */
  record Answer(
      int status, MultiMap headers, Buffer body, boolean cut, Optional<Instant> tlsExpiry) {}

  private HttpExchange() {}

  static Future<Answer> send(ProbeRun run, Request request) {
    return once(run, request)
        .compose(
            answer -> {
              String location = answer.headers().get("Location");
              if (location == null || !REDIRECTS.contains(answer.status())) {
                return Future.succeededFuture(answer);
              }
              return request.maxRedirects() == 0
                  ? Future.succeededFuture(answer)
                  : follow(run, request, answer.status(), location);
            });
  }

  private static Future<Answer> follow(ProbeRun run, Request request, int status, String location) {
    try {
      URI next = request.url().resolve(location);
      return send(run, request.redirected(status, checked(next)));
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(
          new ProtocolException("redirected to an address that cannot be used"));
    }
  }

  /**
   * @throws IllegalArgumentException when this is no absolute http or https address with a host
   */
  static URI checked(URI url) {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException("expected http://... or https://...");
    }
    return url;
  }

  static boolean secure(URI url) {
    return url.getScheme().equalsIgnoreCase("https");
  }

  static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return secure(url) ? 443 : 80;
  }

  /** The host as the resolver wants it: an IPv6 address without its brackets. */
  static String host(URI url) {
    String host = url.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Host and port, for texts. */
  static String authority(URI url) {
    return url.getHost() + ":" + port(url);
  }

  /** The Host header: the port only where it is not the scheme's own. */
  static String hostHeader(URI url) {
    return url.getPort() < 0 || port(url) == (secure(url) ? 443 : 80)
        ? url.getHost()
        : authority(url);
  }

  /** Path and query as sent. */
  static String target(URI url) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  private static Future<Answer> once(ProbeRun run, Request request) {
    run.step("connecting to " + authority(request.url()));
    Future<SocketAddress> server = run.destination(host(request.url()), port(request.url()));
    return secure(request.url())
        ? server.compose(address -> overTls(run, request, address))
        : server.compose(address -> PlainHttp.send(run, request, address));
  }

  /** The name is looked up here, so that how long that takes is known. */
  private static Future<Answer> overTls(ProbeRun run, Request request, SocketAddress server) {
    Future<SocketAddress> known =
        PlainHttp.address(server) == null
            ? PlainHttp.lookUp(run, server)
                .map(
                    found ->
                        SocketAddress.inetSocketAddress(
                            new InetSocketAddress(found, server.port())))
            : Future.succeededFuture(server);
    return known
        .compose(address -> connect(run, request, address))
        .compose(
            connection -> {
              run.phaseBegins();
              run.step("waiting for the answer of " + authority(request.url()));
              return ask(connection, request)
                  .onSuccess(response -> run.phaseEnds(HttpPhases.Phase.PROCESSING))
                  .compose(response -> read(connection, response, request.bodyLimit()))
                  .onSuccess(answer -> run.phaseEnds(HttpPhases.Phase.TRANSFER));
            });
  }

  private static Future<HttpClientConnection> connect(
      ProbeRun run, Request request, SocketAddress server) {
    var options =
        new HttpConnectOptions()
            .setServer(server)
            .setHost(host(request.url()))
            .setPort(port(request.url()))
            .setSsl(true)
            .setSslOptions(request.tls())
            .setConnectTimeout(run.timeout().toMillis());
    return run.outside()
        .http()
        .connect(options)
        .onSuccess(connection -> run.closeAtEnd(connection::close));
  }

  private static Future<HttpClientResponse> ask(HttpClientConnection connection, Request request) {
    URI url = request.url();
    var options =
        new RequestOptions()
            .setMethod(request.method())
            .setHost(url.getHost())
            .setPort(port(url))
            .setSsl(true)
            .setURI(target(url));
    return connection
        .request(options)
        .compose(
            sending -> {
              sending.putHeader("Connection", "close").putHeader("User-Agent", "Tocsin");
              request.headers().forEach(sending::putHeader);
              return request.body().map(sending::send).orElseGet(sending::send);
            });
  }

  private static Future<Answer> read(
      HttpClientConnection connection, HttpClientResponse response, int limit) {
    Promise<Answer> answer = Promise.promise();
    Buffer body = Buffer.buffer();
    Optional<Instant> expiry = tlsExpiry(connection);
    response.exceptionHandler(answer::tryFail);
    response.endHandler(
        end ->
            answer.tryComplete(
                new Answer(response.statusCode(), response.headers(), body, false, expiry)));
    response.handler(
        chunk -> {
          int room = limit - body.length();
          body.appendBuffer(chunk.length() <= room ? chunk : chunk.slice(0, room));
          if (chunk.length() > room) {
            answer.tryComplete(
                new Answer(response.statusCode(), response.headers(), body, true, expiry));
            connection.close();
          }
        });
    return answer.future();
  }

  private static Optional<Instant> tlsExpiry(HttpClientConnection connection) {
    try {
      return TlsSettings.expiry(connection.peerCertificates());
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }
}
