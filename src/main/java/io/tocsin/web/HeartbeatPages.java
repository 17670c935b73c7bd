package io.tocsin.web;

import io.vertx.ext.web.Router;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Dead-man's switches: which jobs call, when they last did, which are late. */
final class HeartbeatPages {

  private static final int LISTED = 100;

  private final Supplier<List<HeartbeatRow>> heartbeats;
  private final ConsolePage page;

  HeartbeatPages(Supplier<List<HeartbeatRow>> heartbeats, ConsolePage page) {
    this.heartbeats = heartbeats;
    this.page = page;
  }

  void mount(Router router) {
    page.get(
        router,
        "/heartbeats",
        request -> {
          List<HeartbeatRow> all =
              heartbeats.get().stream()
                  .sorted(
                      Comparator.comparing((HeartbeatRow row) -> NowView.rank(row.check().state()))
                          .thenComparing(row -> row.check().name()))
                  .toList();
          var fields = new LinkedHashMap<String, String>();
          fields.put("page", request.query("page").orElse(""));
          return page.page(
              request,
              "console/heartbeats.jte",
              "Heartbeats",
              Map.of(
                  "slice", Slice.of(all, request, LISTED),
                  "address", new Address("/heartbeats", fields),
                  "now", page.now()));
        });
  }
}
