package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.rule.drift.FindingStore;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Optional;

/** What drift rules found: alerts, and changes for the better. */
public final class FindingRoutes implements Routes {

  private static final String PATH = "/api/v1/drift/findings";
  private static final int PAGE = 50;
  private static final int MAX_PAGE = 500;

  private final FindingStore store;
  private final Blocking blocking;

  public FindingRoutes(FindingStore store, Blocking blocking) {
    this.store = store;
    this.blocking = blocking;
  }

  private record Page(List<FindingJson> findings) {}

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH).needs(Scope.READ).answersOn(blocking, this::list);
  }

  private Reply list(Request request) {
    var filter =
        new FindingStore.Filter(
            request.query("model"),
            request.query("rule"),
            Optional.empty(),
            request.instant("from"),
            request.instant("to"),
            request.integer("limit", PAGE, 1, MAX_PAGE));
    return Reply.json(new Page(store.search(filter).stream().map(FindingJson::of).toList()));
  }
}
