package io.tocsin.web;

import io.tocsin.access.AccountDesk;
import io.tocsin.access.LoginSession.OfAccount;
import io.tocsin.access.LoginSession.OfToken;
import io.tocsin.access.Principal;
import io.tocsin.http.Authentication;
import io.tocsin.http.PasswordLogin;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The door: log in, log out, and the first admin of a new installation. */
final class LoginPages {

  private static final String TEMPLATE = "console/login.jte";

  private final AccessPorts ports;
  private final ConsolePage page;

  LoginPages(AccessPorts ports, ConsolePage page) {
    this.ports = ports;
    this.page = page;
  }

  void mount(Router router) {
    page.open(router, "/login", this::show);
    page.openForm(router, "/login", this::logIn);
    page.openForm(router, "/logout", this::logOut);
    page.open(router, "/logged-out", this::loggedOut);
    page.open(router, "/setup", this::setup);
    page.openForm(router, "/setup", this::first);
    ports.signOn().ifPresent(signOn -> new SignOnPages(signOn, ports, page).mount(router));
  }

  private Reply show(Request request) {
    String next = ReturnPath.of(request.query("next"));
    if (Authentication.known(request.context()).isPresent()) {
      return ConsolePage.to(next);
    }
    return door(request, 200, view(next));
  }

  private LoginView view(String next) {
    return Door.view(Optional.of(ports), next, "", List.of());
  }

  private Reply door(Request request, int status, LoginView view) {
    return page.door(status, request, TEMPLATE, "Log in", Map.of("view", view));
  }

  private Reply logIn(Request request, boolean ours) {
    LoginView view = view(ReturnPath.of(request.query("next")));
    String name = request.query("name").orElse("").strip();
    if (!ours) {
      return door(request, 403, view.troubled("This page was too old. Please try again.", name));
    }
    Optional<String> token = request.query("token");
    if (token.isPresent()) {
      return withToken(request, view, token.get().strip());
    }
    if (ports.passwords().isEmpty()) {
      return door(request, 422, view.troubled("A token is missing.", ""));
    }
    return switch (ports
        .passwords()
        .get()
        .logIn(request.context(), name, request.query("password").orElse(""), page.now())) {
      case PasswordLogin.In in -> ConsolePage.to(view.next());
      case PasswordLogin.Wrong wrong ->
          door(request, 401, view.troubled("Name or password is wrong.", name));
      case PasswordLogin.Wait wait ->
          door(request, 429, view.troubled(tooMany(wait.time()), name))
              .with("Retry-After", Long.toString(wait.time().toSeconds() + 1));
    };
  }

  private static String tooMany(Duration wait) {
    long seconds = wait.toSeconds() + 1;
    String time = seconds < 60 ? seconds + " s" : (seconds + 59) / 60 + " min";
    return "Too many tries. The next one is possible in " + time + ".";
  }

  private Reply withToken(Request request, LoginView view, String token) {
    Optional<Principal> who =
        ports
            .authentication()
            .ofToken(token, page.now())
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    if (who.isEmpty() || who.get().tokenId().isEmpty()) {
      return door(request, 401, view.troubled("This token is not known.", ""));
    }
    ports.sessions().open(request.context(), new OfToken(who.get().tokenId()), page.now());
    return ConsolePage.to(view.next());
  }

  private Reply logOut(Request request, boolean ours) {
    if (!ours) {
      return page.door(
          403,
          request,
          "console/notice.jte",
          "Log out",
          Map.of(
              "heading", "Still logged in",
              "words", "This page was too old. Go back and log out from a fresh one.",
              "links", Map.of("/", "Open Tocsin")));
    }
    ports.sessions().close(request.context());
    return ConsolePage.to("/logged-out");
  }

  private Reply loggedOut(Request request) {
    var links = new java.util.LinkedHashMap<String, String>();
    links.put("/login", "Log in again");
    ports
        .signOn()
        .flatMap(signOn -> signOn.endSession(ports.console().resolve("/logged-out")))
        .ifPresent(url -> links.put(url.toString(), "Log out of the identity provider too"));
    return page.door(
        200,
        request,
        "console/notice.jte",
        "Logged out",
        Map.of(
            "heading",
            "You are logged out",
            "words",
            "This browser knows nothing of you any more.",
            "links",
            links));
  }

  private Reply setup(Request request) {
    String code = request.query("code").orElse("");
    return ports.setup().fits(code, page.now())
        ? setupPage(request, 200, code, "", Map.of())
        : setupOver(request);
  }

  private Reply setupPage(
      Request request, int status, String code, String name, Map<String, String> troubles) {
    return page.door(
        status,
        request,
        "console/setup.jte",
        "First admin",
        Map.of("code", code, "name", name, "troubles", troubles));
  }

  private Reply setupOver(Request request) {
    return page.door(
        404,
        request,
        "console/notice.jte",
        "First admin",
        Map.of(
            "heading",
            "This link is no longer good",
            "words",
            "It was used, its time is over, or there are accounts already. While there is none,"
                + " Tocsin writes a new link into its log at each start.",
            "links",
            Map.of("/login", "Log in")));
  }

  private Reply first(Request request, boolean ours) {
    String code = request.query("code").orElse("");
    if (!ports.setup().fits(code, page.now())) {
      return setupOver(request);
    }
    String name = request.query("name").orElse("").strip();
    String password = request.query("password").orElse("");
    if (!ours) {
      return setupPage(
          request, 403, code, name, Map.of("name", "This page was too old. Please try again."));
    }
    if (!password.equals(request.query("again").orElse(""))) {
      return setupPage(request, 422, code, name, Map.of("again", "The two differ."));
    }
    var by =
        new AccountDesk.By("setup", ports.sessions().addresses().of(request.context()), page.now());
    try {
      var account = ports.desk().first(by, name, password);
      ports.setup().close();
      if (account.isEmpty()) {
        return setupOver(request);
      }
      ports.sessions().open(request.context(), new OfAccount(account.get().id()), page.now());
      return ConsolePage.to("/");
    } catch (AccountDesk.Wrong wrong) {
      return setupPage(request, 422, code, name, Map.of(wrong.field(), wrong.words()));
    }
  }
}
