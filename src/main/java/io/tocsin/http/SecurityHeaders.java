package io.tocsin.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Headers that tell browsers to trust nothing but what we serve; no inline script, no framing. */
public final class SecurityHeaders implements Handler<RoutingContext> {

  private static final String POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  /** Names and values in turn, encoded once. */
  private static final CharSequence[] PAIRS =
      pairs(
          "Content-Security-Policy",
          POLICY,
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  private static CharSequence[] pairs(String... texts) {
    var pairs = new CharSequence[texts.length];
    for (int i = 0; i < texts.length; i++) {
      pairs[i] = HttpHeaders.createOptimized(texts[i]);
    }
    return pairs;
  }

  /** Sets them on an answer's headers. */
  public static void set(MultiMap headers) {
    for (int i = 0; i < PAIRS.length; i += 2) {
      headers.set(PAIRS[i], PAIRS[i + 1]);
    }
  }

  @Override
  public void handle(RoutingContext context) {
    set(context.response().headers());
    context.next();
  }
}
