package io.tocsin.web;

import io.tocsin.http.Request;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;

/** Keeps a reader's colours in a cookie; works without scripts. */
final class ThemeSwitch {

  private static final Duration KEPT = Duration.ofDays(365);

  private ThemeSwitch() {}

  /** The theme a request asks for. */
  static Theme of(RoutingContext context) {
    return of(context.request());
  }

  /** The theme a request asks for. */
  static Theme of(HttpServerRequest request) {
    return Optional.ofNullable(request.getCookie(Theme.COOKIE))
        .flatMap(cookie -> Theme.parse(cookie.getValue()))
        .orElse(Theme.AUTO);
  }

  /** {@code POST /theme/dark?back=/history} sets the cookie and goes back. */
  static void mount(Router router) {
    router
        .post("/theme/:theme")
        .handler(
            context -> {
              Theme.parse(new Request(context).path("theme"))
                  .ifPresent(theme -> context.response().addCookie(cookie(theme)));
              context.response().setStatusCode(303).putHeader("Location", back(context)).end();
            });
  }

  private static Cookie cookie(Theme theme) {
    return Cookie.cookie(Theme.COOKIE, theme.label())
        .setPath("/")
        .setMaxAge(KEPT.toSeconds())
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.LAX);
  }

  /** The page it came from, if that is one of ours. */
  static String back(RoutingContext context) {
    return PagePath.of(context.request().getParam("back", "/"));
  }
}
