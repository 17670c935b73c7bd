package io.tocsin.web;

import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.runbook.Runbook;
import io.tocsin.runbook.RunbookShelf;
import io.tocsin.runbook.RunbookShelf.Hit;
import io.tocsin.runbook.RunbookShelf.Votes;
import io.vertx.ext.web.Router;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Runbooks for people: searched, read, checked off, judged. */
final class RunbookPages {
  private static final Pattern STEP = Pattern.compile("<li>\\[ ] (.*?)</li>", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("href=\"([A-Za-z0-9]+)\\.md\"");

  private final RunbookShelf shelf;
  private final ConsolePage page;

  RunbookPages(RunbookShelf shelf, ConsolePage page) {
    this.shelf = shelf;
    this.page = page;
  }

  void mount(Router router) {
    page.get(router, "/runbooks", this::list);
    page.get(router, "/runbooks/:name", this::show);
    page.post(router, "/runbooks/:name/votes", this::vote);
  }

  private Reply list(Request request) {
    String words = request.query("q").orElse("");
    boolean staleOnly = request.query("stale").map("true"::equals).orElse(false);
    List<Hit> hits =
        words.isBlank()
            ? shelf.all().stream().map(one -> new Hit(one, "")).toList()
            : shelf.search(words);
    Map<String, Votes> votes = shelf.votes();
    List<RunbookRow> rows = hits.stream().map(hit -> row(hit, votes)).toList();
    return page.page(
        request,
        "console/runbooks.jte",
        "Runbooks",
        Map.of(
            "rows",
            staleOnly ? rows.stream().filter(RunbookRow::stale).toList() : rows,
            "words",
            words,
            "staleOnly",
            staleOnly,
            "stale",
            rows.stream().filter(RunbookRow::stale).count()));
  }

  private RunbookRow row(Hit hit, Map<String, Votes> votes) {
    return new RunbookRow(
        hit.page(),
        hit.excerpt().replace("**", ""),
        votes.getOrDefault(hit.page().name(), Votes.NONE),
        stale(hit.page()));
  }

  private boolean stale(Runbook page) {
    return page.stale(this.page.now().atZone(ZoneOffset.UTC).toLocalDate());
  }

  private Reply show(Request request) {
    Runbook runbook = find(request);
    if (request.query("beside").isPresent()) {
      return page.part(
          "console/runbook-beside.jte",
          Map.of("runbook", runbook, "html", html(runbook.markdown())));
    }
    Votes votes = shelf.votes().getOrDefault(runbook.name(), Votes.NONE);
    return page.page(
        request,
        "console/runbook.jte",
        runbook.name(),
        Map.of(
            "runbook",
            runbook,
            "html",
            html(runbook.markdown()),
            "votes",
            votes,
            "stale",
            stale(runbook)));
  }

  /** Steps get a box to tick; links between pages stay inside the console. */
  static String html(String markdown) {
    String html = Markdown.html(markdown);
    html =
        STEP.matcher(html)
            .replaceAll("<li class=\"step\"><label><input type=\"checkbox\"> $1</label></li>");
    return LINK.matcher(html).replaceAll("href=\"/runbooks/$1\"");
  }

  private Reply vote(Request request) {
    Runbook runbook = find(request);
    boolean helpful = request.query("helpful").map("yes"::equals).orElse(false);
    shelf.vote(runbook.name(), request.principal().name(), helpful);
    return ConsolePage.to("/runbooks/" + runbook.name());
  }

  private Runbook find(Request request) {
    String name = request.path("name");
    return shelf
        .find(name)
        .orElseThrow(() -> ProblemException.notFound("there is no runbook " + name));
  }
}
