package io.tocsin.web;

import io.tocsin.http.Front;
import io.tocsin.http.Request;
import io.tocsin.http.Routes;
import io.tocsin.statuspage.Language;
import io.tocsin.statuspage.PageLook;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The public listener's addresses: the status page, its JSON in the shape of the Statuspage v2 API,
 * its feeds. All of it is served from memory, most of it without routing.
 *
 * @see <a href="https://metastatuspage.com/api">Statuspage v2 API</a>
 */
public final class PublicRoutes implements Routes, Front {

  private static final Map<String, PublicFile> FILES =
      Arrays.stream(PublicFile.values())
          .collect(Collectors.toUnmodifiableMap(PublicFile::path, Function.identity()));

  private final StatusSite site;
  private final Assets assets;
  private final PageDoor door;

  /** A page for everybody. */
  public PublicRoutes(StatusSite site, Assets assets) {
    this(site, assets, PageDoor.OPEN);
  }

  /** A page for whom the door lets in. */
  public PublicRoutes(StatusSite site, Assets assets, PageDoor door) {
    this.site = site;
    this.assets = assets;
    this.door = door;
  }

  /** Answers pages, files and assets asked for as they stand; the rest is routed. */
  @Override
  public boolean answers(HttpServerRequest request) {
    HttpMethod method = request.method();
    if (!door.open() || !(method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))) {
      return false;
    }
    String path = request.uri();
    Edition edition = site.edition();
    if (path.equals("/")) {
      PageReader visitor = PageReader.of(request, look(edition));
      edition.home(visitor.language(), visitor.theme()).send(request, 200);
      return true;
    }
    PublicFile file = FILES.get(path);
    RenderedPage answer = file == null ? asset(edition, path) : edition.file(file);
    if (answer != null) {
      answer.send(request, 200);
    }
    return answer != null;
  }

  private @Nullable RenderedPage asset(Edition edition, String path) {
    RenderedPage ours = assets.files().get(path);
    return ours != null ? ours : edition.brand().files().get(path);
  }

  private static PageLook look(Edition edition) {
    return edition.snapshot().spec().look();
  }

  @Override
  public void mount(Router router) {
    assets.mount(router);
    get(router, "/assets/*", this::brand);
    ThemeSwitch.mount(router);
    if (!door.open()) {
      new DoorPages(site, door).mount(router);
    }
    get(router, "/", context -> page(context, new Place.Home()));
    get(router, "/history", this::history);
    get(
        router,
        "/incidents/:id",
        context -> page(context, new Place.Incident(new Request(context).path("id"))));
    FILES.forEach(
        (path, file) -> get(router, path, context -> site.edition().file(file).send(context)));
    for (String badges : List.of("/badge*", "/api/badge/*", "/api/v1/endpoints/*")) {
      get(router, badges, this::badge);
    }
    get(router, "/*", this::absent);
  }

  private void brand(RoutingContext context) {
    RenderedPage file = site.edition().brand().files().get(context.normalizedPath());
    if (file == null) {
      context.next();
    } else {
      file.send(context);
    }
  }

  private void badge(RoutingContext context) {
    site.edition()
        .badge(context.normalizedPath())
        .ifPresentOrElse(badge -> badge.send(context), context::next);
  }

  private void history(RoutingContext context) {
    String month = context.request().getParam("month");
    if (month == null) {
      page(context, new Place.History());
    } else {
      Place.month(month).ifPresentOrElse(place -> page(context, place), () -> absent(context));
    }
  }

  private void page(RoutingContext context, Place place) {
    Edition edition = site.edition();
    PageReader visitor = visitor(context, edition);
    edition
        .page(place, visitor.language(), visitor.theme())
        .ifPresentOrElse(
            page -> page.send(context),
            () -> edition.absent(visitor.language(), visitor.theme()).send(context, 404));
  }

  private void absent(RoutingContext context) {
    Edition edition = site.edition();
    PageReader visitor = visitor(context, edition);
    edition.absent(visitor.language(), visitor.theme()).send(context, 404);
  }

  /** Who asks; a language asked for in the address is kept. */
  private static PageReader visitor(RoutingContext context, Edition edition) {
    PageReader visitor = PageReader.of(context.request(), look(edition));
    Optional<Language> asked = PageReader.asked(context.request(), look(edition));
    asked.ifPresent(language -> context.response().addCookie(PageReader.keep(language)));
    return asked.map(visitor::in).orElse(visitor);
  }

  private static void get(Router router, String path, Handler<RoutingContext> answer) {
    router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(answer);
  }
}
