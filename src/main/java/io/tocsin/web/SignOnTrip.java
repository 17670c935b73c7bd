package io.tocsin.web;

import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.http.oidc.SignOn;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;

/**
 * A browser's trip to the identity provider and back: the same for the console and for the status
 * page, which differ in what they do with who arrives. Calls block.
 */
final class SignOnTrip {

  private static final String BACK = "/callback";
  private static final Duration AWAY = Duration.ofMinutes(10);

  private final SignOn signOn;
  private final Terminus terminus;

  /**
   * Where it begins and ends.
   *
   * @param home the listener's address as browsers know it, with a slash at its end
   * @param start the path where it begins; it ends at {@code /callback} below
   * @param cookie what a browser keeps under way
   * @param secure whether that goes over HTTPS only
   */
  record Terminus(URI home, String start, String cookie, boolean secure) {

    /** The path where it ends. */
    String end() {
      return start + BACK;
    }

    /** The address to register at the provider. */
    URI callback() {
      return home.resolve(end().substring(1));
    }
  }

  SignOnTrip(SignOn signOn, Terminus terminus) {
    this.signOn = signOn;
    this.terminus = terminus;
  }

  /**
   * Sends the browser off.
   *
   * @param back where it wants to go; a path of ours
   * @throws SignOn.Refused when the provider cannot be reached or describes itself wrongly
   */
  Reply depart(Request request, String back, Instant now) {
    SignOn.Departure departure = signOn.depart(terminus.callback(), back, now);
    request.context().response().addCookie(cookie(departure.keep()).setMaxAge(AWAY.toSeconds()));
    return ConsolePage.to(departure.to().toString());
  }

  /**
   * Who arrives. What the browser kept is good for one way back, whatever comes of it.
   *
   * @throws SignOn.Refused unless everything holds
   */
  SignOn.Arrival arrive(Request request, Instant now) {
    var query = new HashMap<String, String>();
    request.context().queryParams().forEach(it -> query.putIfAbsent(it.getKey(), it.getValue()));
    Cookie kept = request.context().request().getCookie(terminus.cookie());
    String value = kept == null ? "" : kept.getValue();
    request.context().response().addCookie(cookie("").setMaxAge(0));
    return signOn.arrive(terminus.callback(), query, value, now);
  }

  private Cookie cookie(String value) {
    // Lax: the way back starts at the provider's page.
    return Cookie.cookie(terminus.cookie(), value)
        .setPath(terminus.start())
        .setHttpOnly(true)
        .setSecure(terminus.secure())
        .setSameSite(CookieSameSite.LAX);
  }
}
