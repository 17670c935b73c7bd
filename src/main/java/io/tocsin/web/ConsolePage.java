package io.tocsin.web;

import io.tocsin.access.Scope;
import io.tocsin.http.Blocking;
import io.tocsin.http.FormToken;
import io.tocsin.http.Operation;
import io.tocsin.http.Problem;
import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.oncall.Roster;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the operators' pages are asked for and answered: made anew for each request on a virtual
 * thread, never kept by a cache; a browser nobody knows gets the page to log in.
 */
final class ConsolePage {

  private static final long MAX_FORM = 256 * 1024;
  private static final String FORM_TYPE = "application/x-www-form-urlencoded";
  private static final Pattern POST_FORM = Pattern.compile("<form\\b[^>]*\\bmethod=\"post\"[^>]*>");

  private final ConsolePorts ports;
  private final Assets assets;
  private final Blocking blocking;
  private final InstantSource clock;
  private List<RailEntry> rail;
  private final LiveFeed feed;
  private Optional<AccessPorts> access = Optional.empty();

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

  /** The rail leads to these too. */
  void leadTo(List<RailEntry> others) {
    var longer = new ArrayList<>(rail);
    longer.addAll(others);
    rail = List.copyOf(longer);
  }

  /** The pages that the rail leads to. */
  List<RailEntry> rail() {
    return rail;
  }

  /** Whether only a part of a page is asked for, by the script of ours that shows it. */
  static boolean asksForPart(Request request) {
    return request.header("HX-Request").equals("true");
  }

  /** With the ways in that there are besides tokens. */
  void access(AccessPorts ways) {
    access = Optional.of(ways);
  }

  Instant now() {
    return clock.instant();
  }

  /** A page for those who may read. */
  void get(Router router, String path, Function<Request, Reply> answer) {
    get(router, path, Scope.READ, answer);
  }

  /** A page for those with a scope. */
  void get(Router router, String path, Scope scope, Function<Request, Reply> answer) {
    Operation.get(router, path)
        .failsWith(this::failure)
        .needs(scope)
        .answersOn(blocking, request -> sealed(request, answer.apply(request)));
  }

  /** A form that only asks, for those who may read. */
  void ask(Router router, String path, Function<Request, Reply> answer) {
    Operation.post(router, path)
        .failsWith(this::failure)
        .needs(Scope.READ)
        .reads(MAX_FORM, FORM_TYPE)
        .answersOn(blocking, request -> sealed(request, answer.apply(request)));
  }

  /** A form for those who may respond. */
  void post(Router router, String path, Function<Request, Reply> answer) {
    post(router, path, Scope.RESPOND, answer);
  }

  /** A form for those with a scope. */
  void post(Router router, String path, Scope scope, Function<Request, Reply> answer) {
    Operation.post(router, path)
        .failsWith(this::failure)
        .reads(MAX_FORM, FORM_TYPE)
        .thenNeeds(scope)
        .answersOn(
            blocking,
            request -> {
              boolean session = request.principal().session().isPresent();
              if (session && !FormToken.fits(request.context())) {
                throw ProblemException.of(
                    403, "This form is not one of ours, or it is too old. Go back and try again.");
              }
              return sealed(request, answer.apply(request));
            });
  }

  /** A page for everybody. */
  void open(Router router, String path, Function<Request, Reply> answer) {
    Operation.get(router, path)
        .failsWith(this::failure)
        .answersOn(blocking, request -> sealed(request, answer.apply(request)));
  }

  /** A form for everybody; it is one of ours, or 403. */
  void openForm(Router router, String path, BiFunction<Request, Boolean, Reply> answer) {
    Operation.post(router, path)
        .failsWith(this::failure)
        .reads(MAX_FORM, FORM_TYPE)
        .answersOn(
            blocking,
            request -> sealed(request, answer.apply(request, FormToken.fits(request.context()))));
  }

  private Reply failure(Request request, Problem problem) {
    if (problem.status() == 401) {
      var view = Door.login(request, access);
      return sealed(
          request, door(401, request, "console/login.jte", "Log in", Map.of("view", view)));
    }
    return door(
        problem.status(),
        request,
        "console/trouble.jte",
        Door.heading(problem),
        Map.of("heading", Door.heading(problem), "problem", problem));
  }

  /** A page without what surrounds the others. */
  Reply door(
      int status, Request request, String template, String title, Map<String, Object> parameters) {
    return html(status, request, template, title + " - Tocsin", parameters);
  }

  /** A whole page. */
  Reply page(Request request, String template, String title, Map<String, Object> parameters) {
    return page(200, request, template, title, parameters);
  }

  Reply page(
      int status, Request request, String template, String title, Map<String, Object> parameters) {
    var all = new HashMap<String, Object>(parameters);
    all.put("chrome", chrome(request));
    return html(status, request, template, title + " - Tocsin", all);
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
        feed.position(),
        request.principal().scopes(),
        access.isPresent());
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

  private Reply html(
      int status, Request request, String template, String title, Map<String, Object> parameters) {
    var all = new HashMap<String, Object>(parameters);
    all.put("frame", frame(request, title));
    return reply(status, Templates.render(template, all));
  }

  /** Every form that changes something carries the token; none can forget it. */
  private Reply sealed(Request request, Reply reply) {
    if (!RenderedPage.HTML.equals(reply.headers().get("Content-Type"))) {
      return reply;
    }
    Matcher forms = POST_FORM.matcher(reply.body().toString());
    if (!forms.find()) {
      return reply;
    }
    boolean secure = access.map(it -> it.sessions().secure()).orElse(false);
    String field =
        "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
            .formatted(FormToken.FIELD, FormToken.of(request.context(), secure));
    String html = forms.reset().replaceAll("$0" + Matcher.quoteReplacement(field));
    return new Reply(reply.status(), Buffer.buffer(html), reply.headers());
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
