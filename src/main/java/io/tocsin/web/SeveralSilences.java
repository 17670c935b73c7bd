package io.tocsin.web;

import io.tocsin.alert.Alert;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Severity;
import io.tocsin.explain.Episode;
import io.tocsin.explain.SilencePreview;
import io.tocsin.http.AuditTrail;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.incident.Incident;
import io.tocsin.settings.Durations;
import io.tocsin.silence.MatcherSyntax;
import io.tocsin.silence.Silence;
import io.tocsin.silence.SilenceBook;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Silences several alerts at once: one silence for each, by all its labels, so that exactly what
 * was chosen becomes quiet and each can be ended alone. What they share is offered as a link to the
 * form of one silence, since that may hide more.
 */
final class SeveralSilences {

  private static final Duration LOOK_BACK = Duration.ofDays(30);
  private static final int EPISODES = 20_000;

  private final ConsolePorts ports;
  private final ConsolePage page;
  private final BiFunction<Request, Several, Reply> list;

  /**
   * @param list the page of silences with what became of these
   */
  SeveralSilences(ConsolePorts ports, ConsolePage page, BiFunction<Request, Several, Reply> list) {
    this.ports = ports;
    this.page = page;
    this.list = list;
  }

  void mount(Router router) {
    page.get(router, "/silences/several", request -> ConsolePage.to("/silences"));
    page.get(router, "/silences/several/preview", request -> ConsolePage.to("/alerts"));
    page.ask(router, "/silences/several/preview", request -> form(request, 200, Map.of()));
    page.post(router, "/silences/several", this::set);
  }

  /** The alerts that are chosen, themselves or by their incidents. */
  private List<Alert> chosen(Request request) {
    Set<String> fingerprints = new LinkedHashSet<>();
    if (request.query("of").filter("incidents"::equals).isPresent()) {
      Set<String> ids = Several.chosen(request, "incident");
      for (Incident incident : ports.work().open().get()) {
        if (ids.contains(incident.id().value())) {
          incident.alerts().stream()
              .filter(Alert::active)
              .forEach(it -> fingerprints.add(it.key().fingerprint()));
        }
      }
    } else {
      fingerprints.addAll(Several.chosen(request, "alert"));
    }
    return AlertPages.all(ports.alerts()).stream()
        .map(MarkedAlert::alert)
        .filter(alert -> fingerprints.contains(alert.key().fingerprint()))
        .toList();
  }

  private Reply form(Request request, int status, Map<String, String> troubles) {
    List<Alert> alerts = chosen(request);
    var all = new LinkedHashMap<>(troubles);
    if (alerts.isEmpty()) {
      all.put("alerts", "None of what was chosen breaches now. Go back and tick at least one row.");
    } else if (alerts.size() > Several.MOST) {
      all.put(
          "alerts",
          "%d alerts are chosen, at most %d are silenced one by one."
              .formatted(alerts.size(), Several.MOST));
    }
    return page.page(
        status,
        request,
        "console/silence-several.jte",
        "Silence alerts",
        Map.of(
            "alerts",
            alerts.size() > Several.MOST ? alerts.subList(0, Several.MOST) : alerts,
            "shared",
            alerts.size() < 2 ? "" : shared(alerts),
            "duration",
            request.query("duration").orElse("2h"),
            "comment",
            request.query("comment").orElse(""),
            "troubles",
            all,
            "preview",
            preview(alerts),
            "now",
            page.now()));
  }

  /** The labels that all of them have, as matchers; empty text for none. */
  static String shared(List<Alert> alerts) {
    var labels = new LinkedHashMap<>(alerts.getFirst().labels().toMap());
    for (Alert alert : alerts) {
      labels.entrySet().retainAll(alert.labels().toMap().entrySet());
    }
    return labels.isEmpty() ? "" : MatcherText.of(labels);
  }

  private SilencePreview preview(List<Alert> alerts) {
    Instant now = page.now();
    List<MarkedAlert> firing = ports.alerts().firing();
    List<Episode> episodes = ports.work().episodes().since(now.minus(LOOK_BACK), EPISODES);
    Set<MarkedAlert> live = new LinkedHashSet<>();
    Set<Episode> past = new LinkedHashSet<>();
    boolean critical = false;
    for (Alert alert : alerts.subList(0, Math.min(Several.MOST, alerts.size()))) {
      Silence one =
          ports.work().silences().preview(draft(alert, Duration.ofHours(2), "", ""), "", now);
      SilencePreview hides = SilencePreview.of(one, firing, episodes);
      live.addAll(hides.live());
      past.addAll(hides.past());
      critical |= hides.critical() || alert.severity() == Severity.CRITICAL;
    }
    return new SilencePreview(List.copyOf(live), List.copyOf(past), critical);
  }

  private SilenceBook.Draft draft(Alert alert, Duration length, String author, String comment) {
    Instant now = page.now();
    return new SilenceBook.Draft(
        Optional.empty(),
        MatcherSyntax.parse(MatcherText.of(alert.labels().toMap())),
        now,
        now.plus(length),
        author,
        comment,
        Optional.empty());
  }

  private Reply set(Request request) {
    Optional<Duration> length =
        Durations.parse(request.query("duration").orElse("")).filter(Duration::isPositive);
    String comment = request.query("comment").orElse("").strip();
    var troubles = new LinkedHashMap<String, String>();
    if (length.isEmpty()) {
      troubles.put("duration", "expected a duration as in 2h or 30m");
    }
    if (comment.isEmpty()) {
      troubles.put("comment", "expected some words why");
    }
    List<Alert> alerts = chosen(request);
    if (length.isEmpty() || comment.isEmpty() || alerts.isEmpty() || alerts.size() > Several.MOST) {
      return form(request, 422, troubles);
    }
    return list.apply(request, set(request, alerts, length.get(), comment));
  }

  private Several set(Request request, List<Alert> alerts, Duration length, String comment) {
    String by = request.principal().name();
    var failed = new ArrayList<String>();
    var deeds = new ArrayList<AuditTrail.Deed>();
    int waiting = 0;
    for (Alert alert : alerts) {
      String why = "";
      String id = "";
      try {
        switch (ports.work().silences().set(draft(alert, length, by, comment), by, page.now())) {
          case SilenceBook.Outcome.Done done -> {
            id = done.silence().id();
            boolean unheard =
                alert.severity() == Severity.CRITICAL && done.silence().approval().isEmpty();
            waiting += unheard ? 1 : 0;
          }
          case SilenceBook.Outcome.NotFound missing -> why = "there is no silence " + missing.id();
          case SilenceBook.Outcome.Refused refused -> why = refused.reason();
        }
      } catch (IllegalArgumentException wrong) {
        why = String.valueOf(wrong.getMessage());
      }
      if (!why.isEmpty()) {
        failed.add("\"" + alert.summary() + "\": " + why);
      }
      String matchers = MatcherText.of(alert.labels().toMap());
      deeds.add(
          new AuditTrail.Deed(
              id,
              why.isEmpty(),
              Map.of("matchers", matchers, "duration", length.toString(), "comment", comment)));
    }
    AuditTrail.each(request.context(), deeds);
    String done = Several.count(alerts.size() - failed.size(), "alert") + " silenced.";
    return new Several(
        waiting == 0
            ? done
            : done
                + " "
                + Several.count(waiting, "critical alert")
                + " make"
                + (waiting == 1 ? "s" : "")
                + " a sound until a second person approves below.",
        failed);
  }
}
