package io.tocsin.web;

import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.http.SignOnLogin;
import io.tocsin.http.oidc.SignOn;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Off to the identity provider and back, into the console. */
final class SignOnPages {

  private static final String START = "/login/oidc";
  private static final String COOKIE = "tocsin_sign_on";

  private final SignOn signOn;
  private final SignOnTrip.Terminus terminus;
  private final SignOnTrip trip;
  private final AccessPorts ports;
  private final ConsolePage page;
  private final SignOnLogin login;

  SignOnPages(SignOn signOn, AccessPorts ports, ConsolePage page) {
    this.signOn = signOn;
    this.terminus =
        new SignOnTrip.Terminus(
            ports.console().resolve("/"), START, COOKIE, ports.sessions().secure());
    this.trip = new SignOnTrip(signOn, terminus);
    this.ports = ports;
    this.page = page;
    this.login = new SignOnLogin(ports.accounts(), ports.audit(), ports.sessions());
  }

  void mount(Router router) {
    page.open(router, terminus.start(), this::depart);
    page.open(router, terminus.end(), this::arrive);
  }

  private Reply depart(Request request) {
    String next = ReturnPath.of(request.query("next"));
    try {
      return trip.depart(request, next, page.now());
    } catch (SignOn.Refused refused) {
      return trouble(request, next, String.valueOf(refused.getMessage()));
    }
  }

  private Reply arrive(Request request) {
    try {
      SignOn.Arrival arrival = trip.arrive(request, page.now());
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
}
