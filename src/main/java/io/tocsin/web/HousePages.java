package io.tocsin.web;

import io.tocsin.access.Scope;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.settings.Setting;
import io.tocsin.settings.SettingsProblem;
import io.vertx.ext.web.Router;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tocsin about itself: the configuration in force, and what runs here. */
final class HousePages {

  private static final int LISTED = 200;

  private final HousePorts ports;
  private final ConsolePage page;

  HousePages(HousePorts ports, ConsolePage page) {
    this.ports = ports;
    this.page = page;
  }

  void mount(Router router) {
    page.get(
        router, "/settings/configuration", Scope.ADMIN, request -> configuration(request, 200, ""));
    page.post(router, "/settings/configuration/reload", Scope.ADMIN, this::reload);
    page.get(
        router,
        "/about",
        request ->
            page.page(
                request,
                "console/about.jte",
                "About",
                Map.of("view", ports.about().get(), "now", page.now())));
  }

  private Reply configuration(Request request, int status, String trouble) {
    HousePorts.Loaded loaded = ports.configuration().get();
    String words = request.query("q").orElse("").strip().toLowerCase(Locale.ROOT);
    Optional<Setting.Origin> origin =
        request
            .query("origin")
            .filter(word -> !word.isEmpty())
            .map(word -> Request.choice("origin", word, Setting.Origin.class));
    List<Setting> found =
        loaded.settings().stream()
            .filter(it -> origin.map(it.origin()::equals).orElse(true))
            .filter(it -> (it.path() + " " + it.shown()).toLowerCase(Locale.ROOT).contains(words))
            .toList();
    var fields = new LinkedHashMap<String, String>();
    fields.put("q", request.query("q").orElse(""));
    fields.put("origin", request.query("origin").orElse(""));
    return page.page(
        status,
        request,
        "console/configuration.jte",
        "Configuration",
        Map.of(
            "loaded",
            loaded,
            "slice",
            Slice.of(found, request, LISTED),
            "address",
            new Address("/settings/configuration", fields),
            "trouble",
            trouble,
            "now",
            page.now()));
  }

  private Reply reload(Request request) {
    try {
      ports.reload().accept(request.principal());
      return ConsolePage.to("/settings/configuration");
    } catch (SettingsProblem | IllegalArgumentException refused) {
      return configuration(request, 422, String.valueOf(refused.getMessage()));
    }
  }
}
