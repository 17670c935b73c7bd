package io.tocsin.http;

import io.tocsin.access.SessionSecret;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * What every form carries in its field {@value #FIELD}: made from the browser's session, or before
 * there is one from a cookie of its own, so that no other page can make up a form of ours.
 *
 * @see <a
 *     href="https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html">OWASP,
 *     CSRF prevention</a>
 */
public final class FormToken {

  /** The form's field. */
  public static final String FIELD = "csrf";

  static final String COOKIE = "tocsin_form";
  private static final String KEPT = "tocsin.formToken";
  private static final SecureRandom RANDOM = new SecureRandom();

  private FormToken() {}

  /** The token for forms of this page; gives the browser a cookie when it has none. */
  public static String of(RoutingContext context, boolean secure) {
    return expected(context)
        .orElseGet(
            () -> {
              SessionSecret fresh = SessionSecret.mint(RANDOM);
              context
                  .response()
                  .addCookie(
                      Cookie.cookie(COOKIE, fresh.reveal())
                          .setPath("/")
                          .setHttpOnly(true)
                          .setSecure(secure)
                          .setSameSite(CookieSameSite.STRICT));
              context.put(KEPT, fresh.formToken());
              return fresh.formToken();
            });
  }

  private static Optional<String> expected(RoutingContext context) {
    String kept = context.get(KEPT);
    if (kept != null) {
      return Optional.of(kept);
    }
    boolean known = Authentication.known(context).flatMap(it -> it.session()).isPresent();
    return (known ? Sessions.presented(context) : anonymous(context)).map(SessionSecret::formToken);
  }

  private static Optional<SessionSecret> anonymous(RoutingContext context) {
    Cookie cookie = context.request().getCookie(COOKIE);
    return cookie == null ? Optional.empty() : SessionSecret.parse(cookie.getValue());
  }

  /**
   * Whether a form that was sent is one of ours. What htmx sends says so in a header that no form
   * can make up, and no foreign script without our leave.
   */
  public static boolean fits(RoutingContext context) {
    if ("true".equals(context.request().getHeader("HX-Request"))) {
      return true;
    }
    String given = context.request().getFormAttribute(FIELD);
    return given != null
        && expected(context)
            .map(it -> MessageDigest.isEqual(bytes(it), bytes(given)))
            .orElse(false);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
