package io.tocsin.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * Answers 403 to a mutation that a browser sends on behalf of another site. Programs send neither
 * header and pass.
 *
 * @see <a href="https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header">Fetch Metadata</a>
 */
final class OriginGuard implements Handler<RoutingContext> {

  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!SAFE.contains(request.method())) {
      String site = request.getHeader("Sec-Fetch-Site");
      if (site != null && !OWN_SITES.contains(site)) {
        throw ProblemException.of(403, "a change was asked for by another site (" + site + ")");
      }
      String origin = request.getHeader("Origin");
      // A page that tells no referrer has the origin "null" even at home; the browser knows better.
      if (origin != null && !"same-origin".equals(site) && !own(origin, request)) {
        throw ProblemException.of(403, "a change was asked for by another origin, " + origin);
      }
    }
    context.next();
  }

  private static boolean own(String origin, HttpServerRequest request) {
    try {
      String authority = new URI(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(String.valueOf(request.authority()));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
