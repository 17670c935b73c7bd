package io.tocsin.web;

import io.tocsin.statuspage.Language;
import io.tocsin.statuspage.PageLook;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** What stands before a private status page, and lets in who may read it. */
final class DoorPages {

  private static final String PATH = "/door";
  private static final String LEAVE = "/door/leave";
  private static final int FORM = 4096;

  private final StatusSite site;
  private final PageDoor door;

  DoorPages(StatusSite site, PageDoor door) {
    this.site = site;
    this.door = door;
  }

  /** Everything that is mounted after it is for those alone who are let in. */
  void mount(Router router) {
    router.get(PATH).handler(this::show);
    router.post(PATH).handler(this::open);
    router.post(LEAVE).handler(this::leave);
    router.route().handler(this::guard);
  }

  /** The reader, in the language asked for. */
  static PageReader visitor(HttpServerRequest request, PageLook look) {
    PageReader visitor = PageReader.of(request, look);
    Optional<Language> asked = PageReader.asked(request, look);
    return asked.map(visitor::in).orElse(visitor);
  }

  private void show(RoutingContext context) {
    boolean inside = door.admits(context.request());
    answer(
        context, inside ? DoorView.State.INSIDE : DoorView.State.SHUT, ThemeSwitch.back(context));
  }

  private void answer(RoutingContext context, DoorView.State state, String back) {
    Edition edition = site.edition();
    PageReader visitor = visitor(context.request(), edition.snapshot().spec().look());
    edition.door(visitor, DoorView.of(door, state, back)).send(context, state.status());
  }

  /** Lets in who may read; a right token in the address becomes a cookie and leaves the address. */
  private void guard(RoutingContext context) {
    HttpServerRequest request = context.request();
    String token = door.takesTokens() ? request.getParam(TokenDoor.PARAMETER) : null;
    if (token != null) {
      admit(context, token, context.normalizedPath());
    } else if (door.admits(request)) {
      context.next();
    } else {
      answer(context, DoorView.State.SHUT, asked(context));
    }
  }

  /** The page asked for, to come back to. */
  private static String asked(RoutingContext context) {
    String whole = PagePath.of(context.request().uri());
    return whole.equals("/") ? PagePath.of(context.normalizedPath()) : whole;
  }

  private void open(RoutingContext context) {
    HttpServerRequest request = context.request();
    request.setExpectMultipart(true);
    request
        .body()
        .onSuccess(
            body -> {
              String token = request.formAttributes().get(TokenDoor.PARAMETER);
              String given = token == null || body.length() > FORM ? "" : token.strip();
              admit(context, given, ThemeSwitch.back(context));
            })
        .onFailure(failed -> admit(context, "", ThemeSwitch.back(context)));
  }

  private void admit(RoutingContext context, String token, String then) {
    boolean secure =
        context.request().isSSL()
            || "https".equals(context.request().getHeader("X-Forwarded-Proto"));
    Optional<Cookie> pass = door.admit(token, secure);
    if (pass.isEmpty()) {
      answer(context, DoorView.State.WRONG_TOKEN, PagePath.of(then));
      return;
    }
    context.response().addCookie(pass.get());
    to(context, then);
  }

  private void leave(RoutingContext context) {
    door.leave().forEach(context.response()::addCookie);
    to(context, PATH);
  }

  private static void to(RoutingContext context, String path) {
    context
        .response()
        .setStatusCode(303)
        .putHeader("Cache-Control", "no-store")
        .putHeader("Location", path)
        .end();
  }
}
