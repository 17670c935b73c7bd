package io.tocsin.web;

import io.vertx.ext.web.RoutingContext;

/**
 * What a browser must not do with our pages: run or load anything that is not ours, or show them
 * inside another page.
 */
final class PageHeaders {

  private static final String POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
          + " object-src 'none'";

  private PageHeaders() {}

  static void put(RoutingContext context) {
    context
        .response()
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "same-origin");
    context.next();
  }
}
