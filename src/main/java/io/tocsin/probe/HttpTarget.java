package io.tocsin.probe;

import io.tocsin.check.Outcome;
import io.tocsin.settings.Section;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The part of a probe that goes out over HTTP and is the same whatever the answer means: the
 * request, its TLS, and how slow is slow.
 *
 * @param slowerThan degraded when the whole exchange takes longer; empty never is
 */
record HttpTarget(HttpExchange.Request request, TlsSettings tls, Optional<Duration> slowerThan) {

  /** Bytes of a body that are looked at: 1 MiB. */
  private static final int BODY_LIMIT = 1 << 20;

  /**
   * Reads {@code url, method, headers, body, basic_auth: {username, password}, bearer_token,
   * follow_redirects, max_redirects, tls, slower_than} and leaves the rest of the section to its
   * kind.
   */
  static HttpTarget read(Section section) {
    TlsSettings tls = TlsSettings.read(section);
    URI url = url(section);
    Map<String, String> headers = headers(section);
    boolean follow = section.flag("follow_redirects", true);
    int maxRedirects = section.integer("max_redirects", 5);
    if (maxRedirects < 0 || maxRedirects > 20) {
      throw section.problem("max_redirects", "0 to 20");
    }
    var request =
        new HttpExchange.Request(
            HttpMethod.valueOf(section.string("method", "GET").toUpperCase(Locale.ROOT)),
            url,
            headers,
            section.optional("body").map(Buffer::buffer),
            follow ? maxRedirects : 0,
            BODY_LIMIT,
            tls.options(),
            Optional.empty());
    return new HttpTarget(request, tls, section.optionalDuration("slower_than"));
  }

  private static URI url(Section section) {
    try {
      URI url = HttpExchange.checked(URI.create(section.string("url")));
      if (url.getRawUserInfo() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw section.problem("url", "an address such as https://app.example.com/health");
    }
    throw section.problem(
        "url", "an address with user information", "basic_auth: {username, password} beside it");
  }

  /** {@code headers, basic_auth: {username, password}, bearer_token} as request headers. */
  static Map<String, String> headers(Section section) {
    var headers = new TreeMap<>(section.map("headers"));
    section
        .section("basic_auth")
        .ifPresent(
            auth -> {
              String pair = auth.string("username") + ":" + auth.string("password", "");
              byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
              headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
              auth.done();
            });
    section
        .optional("bearer_token")
        .ifPresent(token -> headers.put("Authorization", "Bearer " + token));
    return headers;
  }

  String host() {
    return HttpExchange.host(request.url());
  }

  /**
   * A finding with what every answer shows besides: a success is less than that when its
   * certificate ends or it took too long. Status, certificate and phases go with it.
   */
  Finding weigh(ProbeRun run, HttpExchange.Answer answer, Finding finding) {
    Finding weighed = finding;
    if (finding.outcome() == Outcome.SUCCESS) {
      weighed =
          certificate(answer, run.at())
              .or(() -> slowness(run.elapsed()))
              .map(trouble -> trouble.withReadings(finding.readings()))
              .orElse(finding);
    }
    return weighed
        .withTlsExpiry(answer.tlsExpiry())
        .withStatusCode(answer.status())
        .withReadings(with(weighed.readings(), run.phases().readings()));
  }

  private static List<Reading> with(List<Reading> readings, List<Reading> more) {
    return readings.isEmpty() ? more : Stream.concat(readings.stream(), more.stream()).toList();
  }

  private Optional<Finding> certificate(HttpExchange.Answer answer, Instant now) {
    return tls.insecure() ? Optional.empty() : tls.trouble(answer.tlsExpiry(), now);
  }

  private Optional<Finding> slowness(Duration elapsed) {
    return slowerThan.flatMap(limit -> Finding.slow(elapsed, limit));
  }
}
