package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.runbook.Runbook;
import io.tocsin.runbook.RunbookShelf;
import io.tocsin.runbook.RunbookShelf.Hit;
import io.tocsin.runbook.RunbookShelf.Votes;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runbooks: listed, searched, read, and judged by those who used them. */
public final class RunbookRoutes implements Routes {
  private static final String PATH = "/api/v1/runbooks";
  private static final long MAX_BODY = 1024;

  record RunbookJson(
      String name,
      boolean playbook,
      String severity,
      String owner,
      List<String> dashboards,
      Optional<LocalDate> lastReviewed,
      boolean stale,
      long helpful,
      long unhelpful,
      Optional<String> excerpt,
      Optional<String> markdown) {}

  record Vote(boolean helpful) {}

  private final RunbookShelf shelf;
  private final Blocking blocking;
  private final InstantSource clock;

  public RunbookRoutes(RunbookShelf shelf, Blocking blocking, InstantSource clock) {
    this.shelf = shelf;
    this.blocking = blocking;
    this.clock = clock;
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH).needs(Scope.READ).answersOn(blocking, this::list);
    Operation.get(router, PATH + "/:name").needs(Scope.READ).answersOn(blocking, this::read);
    Operation.post(router, PATH + "/:name/votes")
        .needs(Scope.RESPOND)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::vote);
  }

  private Reply list(Request request) {
    Map<String, Votes> votes = shelf.votes();
    LocalDate today = today();
    boolean stale = request.query("stale").map(Boolean::parseBoolean).orElse(false);
    List<Hit> hits =
        request
            .query("q")
            .map(shelf::search)
            .orElseGet(() -> shelf.all().stream().map(page -> new Hit(page, "")).toList());
    return Reply.json(
        hits.stream()
            .filter(hit -> !stale || hit.page().stale(today))
            .map(hit -> json(hit.page(), votes, Optional.of(hit.excerpt()), Optional.empty()))
            .toList());
  }

  private Reply read(Request request) {
    Runbook page = page(request);
    return Reply.json(json(page, shelf.votes(), Optional.empty(), Optional.of(page.markdown())));
  }

  private Reply vote(Request request) {
    Runbook page = page(request);
    shelf.vote(page.name(), request.principal().name(), request.json(Vote.class).helpful());
    return read(request);
  }

  private Runbook page(Request request) {
    String name = request.path("name");
    return shelf
        .find(name)
        .orElseThrow(() -> ProblemException.notFound("there is no runbook " + name));
  }

  private LocalDate today() {
    return clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
  }

  private RunbookJson json(
      Runbook page, Map<String, Votes> votes, Optional<String> excerpt, Optional<String> markdown) {
    Votes mine = votes.getOrDefault(page.name(), Votes.NONE);
    return new RunbookJson(
        page.name(),
        page.playbook(),
        page.severity(),
        page.owner(),
        page.dashboards(),
        page.lastReviewed(),
        page.stale(today()),
        mine.helpful(),
        mine.unhelpful(),
        excerpt.filter(text -> !text.isEmpty()),
        markdown);
  }
}
