package io.tocsin.web;

import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.http.SignOnLogin;
import io.tocsin.http.oidc.SignOn;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Off to the identity provider and back. */
final class SignOnPages {

  private static final String START = "/login/oidc";
  private static final String CALLBACK = "/login/oidc/callback";
  private static final String COOKIE = "tocsin_sign_on";
  private static final Duration AWAY = Duration.ofMinutes(10);

  private final SignOn signOn;
  private final AccessPorts ports;
  private final ConsolePage page;
  private final SignOnLogin login;

  SignOnPages(SignOn signOn, AccessPorts ports, ConsolePage page) {
    this.signOn = signOn;
    this.ports = ports;
    this.page = page;
    this.login = new SignOnLogin(ports.accounts(), ports.audit(), ports.sessions());
  }

  void mount(Router router) {
    page.open(router, START, this::depart);
    page.open(router, CALLBACK, this::arrive);
  }

  private URI callback() {
    return ports.console().resolve(CALLBACK);
  }

  private Reply depart(Request request) {
    String next = ReturnPath.of(request.query("next"));
    try {
      SignOn.Departure departure = signOn.depart(callback(), next, page.now());
      request.context().response().addCookie(cookie(departure.keep()).setMaxAge(AWAY.toSeconds()));
      return ConsolePage.to(departure.to().toString());
    } catch (SignOn.Refused refused) {
      return trouble(request, next, String.valueOf(refused.getMessage()));
    }
  }

  private Reply arrive(Request request) {
    var query = new HashMap<String, String>();
    request.context().queryParams().forEach(it -> query.putIfAbsent(it.getKey(), it.getValue()));
    Cookie kept = request.context().request().getCookie(COOKIE);
    String value = kept == null ? "" : kept.getValue();
    // Good for one way back, whatever comes of it.
    request.context().response().addCookie(cookie("").setMaxAge(0));
    try {
      SignOn.Arrival arrival = signOn.arrive(callback(), query, value, page.now());
      login.logIn(request.context(), arrival, page.now());
      return ConsolePage.to(ReturnPath.of(Optional.of(arrival.back())));
    } catch (SignOn.Refused refused) {
      login.refused(request.context(), String.valueOf(refused.getMessage()), page.now());
      return trouble(request, "/", String.valueOf(refused.getMessage()));
    } catch (ProblemException refused) {
      return trouble(request, "/", refused.problem().detail());
    }
  }

  private Reply trouble(Request request, String next, String words) {
    LoginView view =
        Door.view(Optional.of(ports), next, "", List.of())
            .troubled("%s did not let you in: %s.".formatted(signOn.title(), words), "");
    return page.door(403, request, "console/login.jte", "Log in", Map.of("view", view));
  }

  private Cookie cookie(String value) {
    // Lax: the way back starts at the provider's page.
    return Cookie.cookie(COOKIE, value)
        .setPath(START)
        .setHttpOnly(true)
        .setSecure(ports.sessions().secure())
        .setSameSite(CookieSameSite.LAX);
  }
}
