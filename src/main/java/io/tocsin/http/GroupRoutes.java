package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.notify.GroupView;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** When each open group is told of next, and why then. */
public final class GroupRoutes implements Routes {

  private final Supplier<List<GroupView>> groups;

  /**
   * @param groups from memory, never blocks
   */
  public GroupRoutes(Supplier<List<GroupView>> groups) {
    this.groups = groups;
  }

  private record GroupJson(
      String incident,
      long number,
      String title,
      String severity,
      Map<String, String> group,
      String receiver,
      String kind,
      String dedupKey,
      String reason,
      int alerts,
      Optional<Instant> lastSentAt,
      Optional<Instant> nextAt,
      String why) {
    static GroupJson of(GroupView view) {
      return new GroupJson(
          view.incident().value(),
          view.number(),
          view.title(),
          view.severity().label(),
          view.group().values().toMap(),
          view.destination().receiver(),
          view.destination().kind(),
          view.dedupKey(),
          view.reason(),
          view.alerts(),
          view.lastSentAt(),
          view.nextAt(),
          view.why());
    }
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, "/api/v1/groups").needs(Scope.READ).answersAtOnce(this::list);
  }

  private Reply list(Request request) {
    Optional<String> incident = request.query("incident");
    return Reply.json(
        Map.of(
            "groups",
            groups.get().stream()
                .filter(view -> incident.map(view.incident().value()::equals).orElse(true))
                .map(GroupJson::of)
                .toList()));
  }
}
