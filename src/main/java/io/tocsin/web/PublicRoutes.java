package io.tocsin.web;

import io.tocsin.http.Request;
import io.tocsin.http.Routes;
import io.tocsin.statuspage.HistoryFeed;
import io.tocsin.statuspage.PageSnapshot;
import io.tocsin.statuspage.StatuspageJson;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/**
 * The public listener's addresses: the status page, its JSON in the shape of the Statuspage v2 API,
 * its feeds. All of it is served from memory.
 *
 * @see <a href="https://metastatuspage.com/api">Statuspage v2 API</a>
 */
public final class PublicRoutes implements Routes {

  private static final String JSON = "application/json; charset=utf-8";

  private final StatusSite site;
  private final Assets assets;

  public PublicRoutes(StatusSite site, Assets assets) {
    this.site = site;
    this.assets = assets;
  }

  @Override
  public void mount(Router router) {
    assets.mount(router);
    ThemeSwitch.mount(router);
    get(router, "/", context -> site.edition().home(ThemeSwitch.of(context)).send(context));
    get(
        router,
        "/history",
        context -> site.edition().history(ThemeSwitch.of(context)).send(context));
    get(router, "/incidents/:id", this::incident);
    json(router, "summary", StatuspageJson::summary);
    json(router, "status", StatuspageJson::status);
    json(router, "components", StatuspageJson::components);
    json(router, "incidents", StatuspageJson::incidents);
    json(router, "incidents/unresolved", StatuspageJson::unresolved);
    json(router, "scheduled-maintenances", StatuspageJson::maintenances);
    json(router, "scheduled-maintenances/upcoming", StatuspageJson::upcoming);
    json(router, "scheduled-maintenances/active", StatuspageJson::active);
    text(router, "/history.atom", "application/atom+xml; charset=utf-8", HistoryFeed::atom);
    text(router, "/history.rss", "application/rss+xml; charset=utf-8", HistoryFeed::rss);
    get(router, "/*", context -> site.edition().absent(ThemeSwitch.of(context)).send(context, 404));
  }

  private void incident(RoutingContext context) {
    Theme theme = ThemeSwitch.of(context);
    Edition edition = site.edition();
    edition
        .incident(new Request(context).path("id"), theme)
        .ifPresentOrElse(
            page -> page.send(context), () -> edition.absent(theme).send(context, 404));
  }

  private void json(Router router, String name, Function<PageSnapshot, String> write) {
    String path = "/api/v2/" + name + ".json";
    get(
        router,
        path,
        context -> {
          context.response().putHeader("Access-Control-Allow-Origin", "*");
          machine(path, JSON, write).send(context);
        });
  }

  private void text(
      Router router, String path, String mediaType, Function<PageSnapshot, String> write) {
    get(router, path, context -> machine(path, mediaType, write).send(context));
  }

  private RenderedPage machine(
      String path, String mediaType, Function<PageSnapshot, String> write) {
    Edition edition = site.edition();
    return edition.keep(path, mediaType, () -> write.apply(edition.snapshot()));
  }

  private static void get(Router router, String path, Handler<RoutingContext> answer) {
    router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(answer);
  }
}
