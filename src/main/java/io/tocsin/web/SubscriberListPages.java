package io.tocsin.web;

import io.tocsin.access.Scope;
import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.http.SubscriberRoutes;
import io.tocsin.statuspage.PageSpec;
import io.tocsin.statuspage.Subscriber;
import io.tocsin.statuspage.SubscriberDesk;
import io.tocsin.statuspage.SubscriberDirectory.Filter;
import io.tocsin.statuspage.SubscriberDirectory.Listed;
import io.vertx.ext.web.Router;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is subscribed to the status page, and for those who administer adding and removing. */
final class SubscriberListPages {

  private static final int LISTED = 100;
  private static final int MOST_PAGES = 10_000;

  private final SubscriberDesk desk;
  private final ConsolePage page;

  SubscriberListPages(SubscriberDesk desk, ConsolePage page) {
    this.desk = desk;
    this.page = page;
  }

  void mount(Router router) {
    page.get(router, "/subscribers", request -> list(request, 200, Map.of()));
    page.post(router, "/subscribers", Scope.ADMIN, this::add);
    page.post(router, "/subscribers/:id/confirm", Scope.ADMIN, this::confirm);
    page.post(router, "/subscribers/:id/remove", Scope.ADMIN, this::remove);
  }

  private Reply list(Request request, int status, Map<String, String> troubles) {
    boolean form = request.context().request().method().name().equals("POST");
    int asked = form ? 1 : request.integer("page", 1, 1, MOST_PAGES);
    Filter filter =
        form
            ? new Filter(Optional.empty(), Optional.empty(), "", LISTED, 0)
            : SubscriberRoutes.filter(request, LISTED, asked);
    List<Listed> rows = desk.directory().list(filter);
    var fields = new LinkedHashMap<String, String>();
    fields.put("kind", filter.kind().map(Subscriber.Kind::label).orElse(""));
    fields.put("state", filter.state().map(Subscriber.State::label).orElse(""));
    fields.put("q", filter.text());
    return page.page(
        status,
        request,
        "console/subscribers.jte",
        "Subscribers",
        Map.of(
            "view",
            new SubscriberListView(
                new Slice<>(rows, asked, LISTED, desk.directory().count(filter)),
                new Address("/subscribers", fields),
                desk.directory().counts(),
                desk.page().get().components(),
                form
                    ? Map.of(
                        "email", request.query("email").orElse(""),
                        "kind", request.query("kind").orElse("email"),
                        "url", request.query("url").orElse(""))
                    : Map.of(),
                troubles,
                request.principal().may(Scope.ADMIN),
                page.now())));
  }

  private Reply add(Request request) {
    var wish =
        new SubscriberDesk.Wish(
            request.query("kind").flatMap(Subscriber.Kind::parse).orElse(Subscriber.Kind.EMAIL),
            request.query("email").orElse(""),
            request.query("url").orElse(""),
            request.queries("component"),
            Optional.empty(),
            request.query("vouched").isPresent());
    try {
      desk.add(wish, page.now());
      return ConsolePage.to("/subscribers");
    } catch (SubscriberDesk.Wrong wrong) {
      return list(request, 422, Map.of(wrong.field(), "Expected " + wrong.expected() + "."));
    }
  }

  private Reply confirm(Request request) {
    return done(request, desk.directory().confirm(request.path("id"), page.now()));
  }

  private Reply remove(Request request) {
    return done(request, desk.directory().remove(request.path("id")));
  }

  private static Reply done(Request request, boolean found) {
    if (!found) {
      throw ProblemException.notFound("there is no subscriber " + request.path("id"));
    }
    return ConsolePage.to("/subscribers");
  }

  /** Names of components by their ids; one that is listed no more keeps its id. */
  static String names(List<PageSpec.Component> listed, List<String> ids) {
    return String.join(
        ", ",
        ids.stream()
            .map(
                id ->
                    listed.stream()
                        .filter(it -> it.id().equals(id))
                        .map(PageSpec.Component::name)
                        .findFirst()
                        .orElse(id))
            .toList());
  }
}
