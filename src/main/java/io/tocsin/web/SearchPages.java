package io.tocsin.web;

import io.tocsin.access.Scope;
import io.tocsin.alert.Alert;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentStore;
import io.tocsin.rule.Rule;
import io.tocsin.rule.RuleGroup;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One box for everything there is: incidents, alerts, checks, rules, runbooks, pages, actions. */
final class SearchPages {

  private static final int EACH = 8;
  private static final int PAST = 300;
  private static final List<String> VERBS =
      List.of("acknowledge", "escalate", "post", "update", "silence", "declare", "query");
  private static final String ESCALATION =
      "The next step of the escalation is called. That cannot be undone.";

  private final ConsolePorts ports;
  private final ConsolePage page;

  SearchPages(ConsolePorts ports, ConsolePage page) {
    this.ports = ports;
    this.page = page;
  }

  void mount(Router router) {
    page.get(router, "/search", this::answer);
  }

  private Reply answer(Request request) {
    String words = request.query("q").orElse("").strip();
    List<SearchHit> hits = find(words, request);
    return ConsolePage.asksForPart(request)
        ? page.part("console/hits.jte", Map.of("hits", hits, "words", words))
        : page.page(request, "console/search.jte", "Search", Map.of("hits", hits, "words", words));
  }

  private List<SearchHit> find(String typed, Request request) {
    var words = new Words(typed);
    var hits = new ArrayList<SearchHit>();
    List<Incident> incidents = incidents(words);
    List<SearchHit> actions = request.principal().may(Scope.RESPOND) ? actions(words) : List.of();
    // Who types the name of something looks for it, and Enter takes what stands first.
    boolean toAct = words.none() || words.begin(VERBS);
    if (toAct) {
      hits.addAll(actions);
    }
    incidents.stream().limit(EACH).map(SearchPages::incident).forEach(hits::add);
    hits.addAll(alerts(words));
    hits.addAll(checks(words));
    hits.addAll(rules(words));
    hits.addAll(runbooks(words));
    page.rail().stream()
        .filter(entry -> words.in(entry.name()))
        .map(entry -> SearchHit.to("Page", entry.name(), "", entry.path()))
        .forEach(hits::add);
    if (!toAct) {
      hits.addAll(actions);
    }
    return hits;
  }

  /** All words must be there, in any order, in any case. */
  private record Words(List<String> all) {
    Words(String typed) {
      this(
          Stream.of(typed.toLowerCase(Locale.ROOT).split("\\s+"))
              .filter(word -> !word.isEmpty())
              .toList());
    }

    boolean in(String... texts) {
      String whole = String.join(" ", texts).toLowerCase(Locale.ROOT);
      return all.stream().allMatch(whole::contains);
    }

    /** Whether one of them is how one of these begins. */
    boolean begin(List<String> others) {
      return all.stream().anyMatch(word -> others.stream().anyMatch(it -> it.startsWith(word)));
    }

    boolean none() {
      return all.isEmpty();
    }
  }

  /** Open ones first, from memory; past ones when something is asked for. */
  private List<Incident> incidents(Words words) {
    var found = new LinkedHashMap<String, Incident>();
    ports.work().open().get().stream()
        .sorted(Comparator.comparing(Incident::severity))
        .filter(incident -> named(words, incident))
        .limit(EACH)
        .forEach(incident -> found.put(incident.id().value(), incident));
    if (!words.none() && found.size() < EACH) {
      past().stream()
          .filter(incident -> named(words, incident))
          .limit(EACH)
          .forEach(incident -> found.putIfAbsent(incident.id().value(), incident));
    }
    return List.copyOf(found.values());
  }

  private List<Incident> past() {
    try {
      return ports
          .incidents()
          .search(
              new IncidentStore.Filter(
                  List.of(), List.of(), Optional.empty(), Optional.empty(), PAST));
    } catch (RuntimeException away) {
      return List.of();
    }
  }

  private static boolean named(Words words, Incident incident) {
    return words.in(
        "#" + incident.number(),
        incident.title(),
        incident.severity().label(),
        String.join(" ", incident.components()),
        incident.acknowledgedBy().orElse(""));
  }

  private static SearchHit incident(Incident incident) {
    String state = incident.open() ? "open" : "over";
    return SearchHit.to(
        "Incident",
        "#" + incident.number() + " " + incident.title(),
        incident.severity().label() + ", " + state,
        "/incidents/" + incident.id());
  }

  private List<SearchHit> actions(Words words) {
    var hits = new ArrayList<SearchHit>();
    for (Incident incident : ports.work().open().get()) {
      String name = "#" + incident.number() + " " + incident.title();
      String path = "/incidents/" + incident.id();
      if (incident.acknowledgedAt().isEmpty() && words.in("acknowledge", name)) {
        hits.add(SearchHit.act("Acknowledge " + name, path + "/acknowledge"));
      }
      if (!words.none() && words.in("escalate", name)) {
        hits.add(SearchHit.act("Escalate " + name, path + "/escalate").asking(ESCALATION));
      }
      if (!words.none() && words.in("post update", name)) {
        hits.add(SearchHit.to("Action", "Post update on " + name, "", path + "#text"));
      }
      if (hits.size() >= EACH) {
        break;
      }
    }
    for (SearchHit one :
        List.of(
            SearchHit.to("Action", "Declare an incident", "", "/incidents/new"),
            SearchHit.to("Action", "Silence alerts", "", "/silences/new"),
            SearchHit.to("Action", "Query metrics", "", "/explore"))) {
      if (words.in(one.title())) {
        hits.add(one);
      }
    }
    return hits;
  }

  private List<SearchHit> alerts(Words words) {
    if (words.none()) {
      return List.of();
    }
    return Stream.concat(
            ports.alerts().firing().stream().map(MarkedAlert::alert),
            ports.alerts().pending().stream())
        .filter(alert -> words.in(alert.summary(), alert.labels().toString()))
        .limit(EACH)
        .map(SearchPages::alert)
        .toList();
  }

  private static SearchHit alert(Alert alert) {
    return SearchHit.to(
        "Alert",
        alert.summary(),
        alert.phase().name().toLowerCase(Locale.ROOT) + ", " + alert.severity().label(),
        "/alerts/" + alert.key().fingerprint());
  }

  private List<SearchHit> checks(Words words) {
    if (words.none()) {
      return List.of();
    }
    return ports.checks().get().stream()
        .filter(check -> words.in(check.name(), check.component(), check.kind()))
        .limit(EACH)
        .map(
            check ->
                SearchHit.to(
                    "Check",
                    check.name(),
                    check.state().name().toLowerCase(Locale.ROOT) + ", " + check.component(),
                    "/checks/" + Address.encoded(check.name())))
        .toList();
  }

  private List<SearchHit> rules(Words words) {
    if (words.none()) {
      return List.of();
    }
    var hits = new ArrayList<SearchHit>();
    for (RuleGroup group : ports.work().rules().get()) {
      for (Rule rule : group.rules()) {
        if (hits.size() < EACH && words.in(rule.name(), group.name())) {
          hits.add(
              SearchHit.to(
                  "Rule",
                  rule.name(),
                  group.name(),
                  "/rules/one?id=" + Address.encoded(rule.id())));
        }
      }
    }
    return hits;
  }

  private List<SearchHit> runbooks(Words words) {
    if (words.none()) {
      return List.of();
    }
    return ports.work().runbooks().all().stream()
        .filter(page -> words.in(page.name(), page.severity()))
        .limit(EACH)
        .map(one -> SearchHit.to("Runbook", one.name(), one.owner(), "/runbooks/" + one.name()))
        .toList();
  }
}
