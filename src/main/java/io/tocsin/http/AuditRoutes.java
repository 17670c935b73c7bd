package io.tocsin.http;

import io.tocsin.access.AuditEntry;
import io.tocsin.access.AuditLog;
import io.tocsin.access.Scope;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Who changed what, when and from where. */
public final class AuditRoutes implements Routes {

  private static final String PATH = "/api/v1/audit";
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 500;

  private final AuditLog log;
  private final Blocking blocking;

  public AuditRoutes(AuditLog log, Blocking blocking) {
    this.log = log;
    this.blocking = blocking;
  }

  private record EntryJson(
      String id,
      Instant at,
      String actor,
      String address,
      String action,
      String subject,
      String outcome,
      Map<String, String> before,
      Map<String, String> after) {
    static EntryJson of(AuditLog.Kept kept) {
      AuditEntry entry = kept.entry();
      return new EntryJson(
          Long.toString(kept.number()),
          entry.at(),
          entry.actor(),
          entry.address(),
          entry.action(),
          entry.subject(),
          entry.outcome().name().toLowerCase(Locale.ROOT),
          entry.before(),
          entry.after());
    }
  }

  private record Page(List<EntryJson> entries, Optional<String> next) {}

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH).needs(Scope.ADMIN).answersOn(blocking, this::read);
  }

  private Reply read(Request request) {
    AuditLog.Filter filter = filter(request, PAGE);
    List<EntryJson> found = log.read(filter).stream().map(EntryJson::of).toList();
    Optional<String> next =
        found.size() < filter.limit() ? Optional.empty() : Optional.of(found.getLast().id());
    return Reply.json(new Page(found, next));
  }

  /** What a query asks for: {@code actor, q, outcome, from, to, before, limit}. */
  public static AuditLog.Filter filter(Request request, int usual) {
    return new AuditLog.Filter(
        request.query("actor"),
        request.query("q"),
        request.query("outcome").map(it -> Request.choice("outcome", it, AuditEntry.Outcome.class)),
        request.instant("from"),
        request.instant("to"),
        number(request, "before"),
        request.integer("limit", usual, 1, MAX_PAGE));
  }

  private static OptionalLong number(Request request, String name) {
    Optional<String> text = request.query(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text.get()));
    } catch (NumberFormatException e) {
      throw Request.wrong(name, text.get(), "the id of an entry");
    }
  }
}
