package io.tocsin.web;

import io.tocsin.access.Principal;
import io.tocsin.explain.SilencePreview;
import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.settings.Durations;
import io.tocsin.silence.MatcherSyntax;
import io.tocsin.silence.Silence;
import io.tocsin.silence.SilenceBook;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Silences: which there are, a form that shows what it would hide, approving and ending. */
final class SilencePages {

  private static final Duration LOOK_BACK = Duration.ofDays(30);
  private static final int EPISODES = 20_000;
  private static final int LISTED = 100;

  private final ConsolePorts ports;
  private final ConsolePage page;

  SilencePages(ConsolePorts ports, ConsolePage page) {
    this.ports = ports;
    this.page = page;
  }

  void mount(Router router) {
    page.get(router, "/silences", request -> list(request, Optional.empty()));
    new SeveralSilences(ports, page, (request, told) -> list(request, Optional.of(told)))
        .mount(router);
    page.get(router, "/silences/new", request -> form(request, 200, Map.of(), Optional.empty()));
    page.ask(router, "/silences/preview", this::preview);
    page.post(router, "/silences", this::set);
    page.post(router, "/silences/:id/expire", this::expire);
    page.post(router, "/silences/:id/approve", this::approve);
  }

  private Reply list(Request request, Optional<Several> told) {
    Instant now = page.now();
    List<Silence> all =
        ports.work().silences().all(now).stream()
            .sorted(
                Comparator.comparing((Silence it) -> it.state(now) == Silence.State.EXPIRED)
                    .thenComparing(Silence::endsAt))
            .toList();
    var fields = new LinkedHashMap<String, String>();
    fields.put("page", request.query("page").orElse(""));
    return page.page(
        request,
        "console/silences.jte",
        "Silences",
        Map.of(
            "slice",
            Slice.of(all, request, LISTED),
            "address",
            new Address("/silences", fields),
            "open",
            request.principal().equals(Principal.LOCAL),
            "told",
            told,
            "now",
            now));
  }

  /** What was typed. */
  private static Map<String, String> typed(Request request) {
    var typed = new HashMap<String, String>();
    typed.put("matchers", request.query("matchers").orElse(""));
    typed.put("duration", request.query("duration").orElse("2h"));
    typed.put("comment", request.query("comment").orElse(""));
    return typed;
  }

  private Reply form(
      Request request, int status, Map<String, String> troubles, Optional<SilencePreview> preview) {
    return page.page(
        status,
        request,
        "console/silence-new.jte",
        "Silence alerts",
        Map.of(
            "typed",
            typed(request),
            "troubles",
            troubles,
            "preview",
            preview.isPresent() || request.query("matchers").isEmpty() || !troubles.isEmpty()
                ? preview
                : previewOf(request, new HashMap<>()),
            "now",
            page.now()));
  }

  /** The draft, or what is wrong with it beside each field. */
  private Optional<SilenceBook.Draft> draft(Request request, Map<String, String> troubles) {
    Map<String, String> typed = typed(request);
    Optional<Duration> length = Durations.parse(typed.getOrDefault("duration", ""));
    if (length.filter(Duration::isPositive).isEmpty()) {
      troubles.put("duration", "expected a duration as in 2h or 30m");
    }
    try {
      var matchers = MatcherSyntax.parse(typed.getOrDefault("matchers", ""));
      if (matchers.isEmpty()) {
        troubles.put("matchers", "expected at least one matcher as in alertname=\"DiskFull\"");
      }
      if (troubles.isEmpty()) {
        Instant now = page.now();
        return Optional.of(
            new SilenceBook.Draft(
                Optional.empty(),
                matchers,
                now,
                now.plus(length.orElse(Duration.ZERO)),
                request.principal().name(),
                typed.getOrDefault("comment", ""),
                Optional.empty()));
      }
    } catch (IllegalArgumentException wrong) {
      troubles.put("matchers", String.valueOf(wrong.getMessage()));
    }
    return Optional.empty();
  }

  private Optional<SilencePreview> previewOf(Request request, Map<String, String> troubles) {
    Instant now = page.now();
    return draft(request, troubles)
        .map(
            draft ->
                SilencePreview.of(
                    ports.work().silences().preview(draft, request.principal().name(), now),
                    ports.alerts().firing(),
                    ports.work().episodes().since(now.minus(LOOK_BACK), EPISODES)));
  }

  private Reply preview(Request request) {
    var troubles = new HashMap<String, String>();
    Optional<SilencePreview> preview = previewOf(request, troubles);
    return ConsolePage.asksForPart(request)
        ? page.part(
            "console/silence-preview.jte",
            Map.of("preview", preview, "troubles", troubles, "now", page.now()))
        : form(request, troubles.isEmpty() ? 200 : 422, troubles, preview);
  }

  private Reply set(Request request) {
    var troubles = new HashMap<String, String>();
    Optional<SilenceBook.Draft> draft = draft(request, troubles);
    if (request.query("comment").isEmpty()) {
      troubles.put("comment", "expected some words why");
    }
    if (draft.isEmpty() || !troubles.isEmpty()) {
      return form(request, 422, troubles, Optional.empty());
    }
    try {
      done(ports.work().silences().set(draft.get(), request.principal().name(), page.now()));
      return ConsolePage.to("/silences");
    } catch (IllegalArgumentException wrong) {
      return form(
          request, 422, Map.of("matchers", String.valueOf(wrong.getMessage())), Optional.empty());
    }
  }

  private Reply expire(Request request) {
    done(ports.work().silences().expire(request.path("id"), page.now()));
    return answer(request, "Silence ended");
  }

  private Reply approve(Request request) {
    String by = request.principal().name();
    // Where access is open the second person is only named.
    Optional<String> named =
        request.query("approver").filter(name -> request.principal().equals(Principal.LOCAL));
    SilenceBook book = ports.work().silences();
    SilenceBook.Outcome outcome =
        named.isPresent()
            ? book.approveByName(request.path("id"), named.get(), by, page.now())
            : book.approve(request.path("id"), by, page.now());
    if (outcome instanceof SilenceBook.Outcome.Refused refused
        && ConsolePage.asksForPart(request)) {
      return Toast.trouble(refused.reason()).reply(409);
    }
    done(outcome);
    return answer(request, "Silence approved");
  }

  private static Reply answer(Request request, String words) {
    return ConsolePage.asksForPart(request)
        ? Toast.done(words).reply(204).with("HX-Refresh", "true")
        : ConsolePage.to("/silences");
  }

  private static void done(SilenceBook.Outcome outcome) {
    switch (outcome) {
      case SilenceBook.Outcome.Done done -> {
        // it is as it was asked for
      }
      case SilenceBook.Outcome.NotFound missing ->
          throw ProblemException.notFound("there is no silence " + missing.id());
      case SilenceBook.Outcome.Refused refused -> throw ProblemException.conflict(refused.reason());
    }
  }
}
