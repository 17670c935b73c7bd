package io.tocsin.web;

import io.tocsin.access.Scope;
import io.tocsin.http.Authentication;
import io.tocsin.http.Blocking;
import io.tocsin.http.Operation;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.oncall.Roster;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How the operators' pages are asked for and answered: made anew for each request on a virtual
 * thread, never kept by a cache; a browser nobody knows gets the page to log in.
 */
final class ConsolePage {

  private static final long MAX_FORM = 256 * 1024;

  private final ConsolePorts ports;
  private final Assets assets;
  private final Blocking blocking;
  private final InstantSource clock;
  private final List<RailEntry> rail;
  private final LiveFeed feed;

  ConsolePage(
      ConsolePorts ports,
      Assets assets,
      Blocking blocking,
      InstantSource clock,
      List<RailEntry> rail,
      LiveFeed feed) {
    this.ports = ports;
    this.assets = assets;
    this.blocking = blocking;
    this.clock = clock;
    this.rail = List.copyOf(rail);
    this.feed = feed;
  }

  /** The pages that the rail leads to. */
  List<RailEntry> rail() {
    return rail;
  }

  /** Whether only a part of a page is asked for, by the script of ours that shows it. */
  static boolean asksForPart(Request request) {
    return request.header("HX-Request").equals("true");
  }

  Instant now() {
    return clock.instant();
  }

  /** A page for those who may read. */
  void get(Router router, String path, Function<Request, Reply> answer) {
    Operation.get(router, path)
        .answers(
            request ->
                mayRead(request)
                    ? blocking.call(() -> answer.apply(request))
                    : Future.succeededFuture(login(request)));
  }

  /** A form that only asks, for those who may read. */
  void ask(Router router, String path, Function<Request, Reply> answer) {
    Operation.post(router, path)
        .needs(Scope.READ)
        .reads(MAX_FORM, "application/x-www-form-urlencoded")
        .answersOn(blocking, answer);
  }

  /** A form for those who may respond. */
  void post(Router router, String path, Function<Request, Reply> answer) {
    Operation.post(router, path)
        .needs(Scope.RESPOND)
        .reads(MAX_FORM, "application/x-www-form-urlencoded")
        .answersOn(blocking, answer);
  }

  private static boolean mayRead(Request request) {
    return Authentication.known(request.context())
        .filter(principal -> principal.may(Scope.READ))
        .isPresent();
  }

  private Reply login(Request request) {
    return html(401, "console/login.jte", frame(request, "Log in"), Map.of());
  }

  /** A whole page. */
  Reply page(Request request, String template, String title, Map<String, Object> parameters) {
    return page(200, request, template, title, parameters);
  }

  Reply page(
      int status, Request request, String template, String title, Map<String, Object> parameters) {
    var all = new HashMap<String, Object>(parameters);
    all.put("chrome", chrome(request));
    return html(status, template, frame(request, title + " - Tocsin"), all);
  }

  private Chrome chrome(Request request) {
    Roster roster = ports.work().roster().get();
    Instant now = now();
    List<Chrome.Duty> duties =
        roster.schedules().keySet().stream()
            .map(schedule -> new Chrome.Duty(schedule, roster.onCall(schedule, now)))
            .toList();
    return new Chrome(
        request.principal().name(),
        ports.demo().isPresent(),
        ports.publicAddress(),
        ports.work().environment(),
        rail,
        duties,
        feed.position());
  }

  /** A part of a page, for those who watch it live. */
  Reply part(String template, Map<String, Object> parameters) {
    return reply(200, Templates.render(template, parameters));
  }

  /** A drawing, kept by the reader's browser for so long. */
  static Reply drawing(String svg, Duration kept) {
    return Reply.of(200, "image/svg+xml; charset=utf-8", Buffer.buffer(svg))
        .with("Cache-Control", "private, max-age=" + kept.toSeconds());
  }

  private static Reply html(
      int status, String template, Frame frame, Map<String, Object> parameters) {
    var all = new HashMap<String, Object>(parameters);
    all.put("frame", frame);
    return reply(status, Templates.render(template, all));
  }

  private static Reply reply(int status, String html) {
    return Reply.of(status, RenderedPage.HTML, Buffer.buffer(html))
        .with("Cache-Control", "no-store");
  }

  private Frame frame(Request request, String title) {
    return new Frame(
        title,
        request.context().normalizedPath(),
        ThemeSwitch.of(request.context()),
        assets,
        clock.instant());
  }

  /** To another page of ours after a form was done. */
  static Reply to(String path) {
    return Reply.empty(303).with("Location", path);
  }
}
