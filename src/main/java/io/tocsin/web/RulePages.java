package io.tocsin.web;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertView.RuleHealth;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.explain.Episode;
import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.rule.AlertingRule;
import io.tocsin.rule.DriftRule;
import io.tocsin.rule.RecordingRule;
import io.tocsin.rule.Rule;
import io.tocsin.rule.RuleGroup;
import io.tocsin.rule.Texts;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every rule with its health and what it did; one rule with its past, real and changed. */
final class RulePages {

  private static final int LISTED = 100;
  private static final int EPISODES = 20_000;
  private static final int SHOWN = 30;

  private final ConsolePorts ports;
  private final ConsolePage page;
  private final RuleRehearsal rehearsal;

  RulePages(ConsolePorts ports, ConsolePage page) {
    this.ports = ports;
    this.page = page;
    this.rehearsal = new RuleRehearsal(ports.work());
  }

  void mount(Router router) {
    page.get(router, "/rules", this::list);
    page.get(router, "/rules/one", this::one);
    page.ask(router, "/rules/replay", this::replay);
  }

  private Reply list(Request request) {
    Map<String, RuleHealth> health = ports.alerts().rules();
    Map<String, List<Alert>> active = active();
    List<RuleRow> rows = new ArrayList<>();
    for (RuleGroup group : ports.work().rules().get()) {
      for (Rule rule : group.rules()) {
        rows.add(row(group, rule, health, active, HistoryStrip.QUIET));
      }
    }
    String words = request.query("q").orElse("").toLowerCase(Locale.ROOT).strip();
    String state = request.query("state").orElse("");
    List<RuleRow> found =
        rows.stream()
            .filter(row -> words.isEmpty() || named(row, words))
            .filter(row -> state.isEmpty() || row.state().equals(state) || broken(row, state))
            .sorted(Comparator.comparing(RulePages::rank))
            .toList();
    Slice<RuleRow> slice = Slice.of(found, request, LISTED);
    Map<String, HistoryStrip> strips =
        HistoryStrip.byRule(
            ports.work().episodes().since(page.now().minus(HistoryStrip.LENGTH), EPISODES),
            page.now());
    return page.page(
        request,
        "console/rules.jte",
        "Rules",
        Map.of(
            "slice",
            new Slice<>(
                slice.rows().stream().map(row -> with(row, strips)).toList(),
                slice.page(),
                slice.size(),
                slice.total()),
            "address",
            address(request),
            "now",
            page.now()));
  }

  private static RuleRow with(RuleRow row, Map<String, HistoryStrip> strips) {
    return new RuleRow(
        row.group(),
        row.rule(),
        row.health(),
        row.took(),
        row.active(),
        strips.getOrDefault(row.rule().id(), HistoryStrip.QUIET));
  }

  private static boolean named(RuleRow row, String words) {
    return (row.rule().name() + " " + row.group().name() + " " + row.expression())
        .toLowerCase(Locale.ROOT)
        .contains(words);
  }

  private static boolean broken(RuleRow row, String state) {
    return state.equals("broken") && row.health().state() != RuleHealth.State.OK;
  }

  /** Those that cannot be evaluated first, then what fires. */
  private static int rank(RuleRow row) {
    if (row.health().state() == RuleHealth.State.ERR) {
      return 0;
    }
    return switch (row.state()) {
      case "firing" -> 1;
      case "pending" -> 2;
      default -> 3;
    };
  }

  private Map<String, List<Alert>> active() {
    return Stream.concat(
            ports.alerts().firing().stream().map(MarkedAlert::alert),
            ports.alerts().pending().stream())
        .collect(Collectors.groupingBy(alert -> alert.spec().ruleId()));
  }

  private RuleRow row(
      RuleGroup group,
      Rule rule,
      Map<String, RuleHealth> health,
      Map<String, List<Alert>> active,
      HistoryStrip strip) {
    List<Alert> its =
        active.getOrDefault(rule.id(), List.of()).stream()
            .sorted(Comparator.comparing(Alert::severity))
            .limit(SHOWN)
            .toList();
    return new RuleRow(
        group,
        rule,
        health.getOrDefault(rule.id(), RuleRow.NEVER),
        ports.work().took().apply(group),
        its,
        strip);
  }

  private static Address address(Request request) {
    var fields = new LinkedHashMap<String, String>();
    for (String name : List.of("q", "state", "page")) {
      fields.put(name, request.query(name).orElse(""));
    }
    return new Address("/rules", fields);
  }

  private Reply one(Request request) {
    return show(request, 200, RehearsalForm.of(find(request)), Optional.empty());
  }

  private RuleRow find(Request request) {
    String id = request.required("id");
    List<Episode> episodes =
        ports.work().episodes().since(page.now().minus(HistoryStrip.LENGTH), EPISODES).stream()
            .filter(episode -> episode.spec().ruleId().equals(id))
            .toList();
    for (RuleGroup group : ports.work().rules().get()) {
      for (Rule rule : group.rules()) {
        if (rule.id().equals(id)) {
          HistoryStrip strip = HistoryStrip.of(episodes, page.now());
          return row(group, rule, ports.alerts().rules(), active(), strip);
        }
      }
    }
    throw ProblemException.notFound("there is no rule " + id);
  }

  private Reply replay(Request request) {
    RuleRow row = find(request);
    RehearsalForm form = RehearsalForm.read(request);
    Rehearsal result = rehearsal.run(request, row, form, page.now());
    int status = result.troubles().isEmpty() ? 200 : 422;
    return show(request, status, form, Optional.of(result));
  }

  private Reply show(Request request, int status, RehearsalForm form, Optional<Rehearsal> result) {
    RuleRow row = find(request);
    var parameters = new HashMap<String, Object>();
    parameters.put("row", row);
    parameters.put("labels", texts(row.rule(), true));
    parameters.put("annotations", texts(row.rule(), false));
    parameters.put("form", form);
    parameters.put("result", result);
    parameters.put("now", page.now());
    return page.page(status, request, "console/rule.jte", row.rule().name(), parameters);
  }

  private static Map<String, String> texts(Rule rule, boolean labels) {
    var words = new TreeMap<String, String>();
    Optional<Texts> texts =
        switch (rule) {
          case AlertingRule it -> Optional.of(it.texts());
          case DriftRule it -> Optional.of(it.texts());
          case RecordingRule it -> Optional.empty();
        };
    texts
        .map(it -> labels ? it.labels() : it.annotations())
        .orElse(Map.of())
        .forEach((name, template) -> words.put(name, template.toString()));
    if (labels && rule instanceof RecordingRule recording) {
      words.putAll(recording.labels());
    }
    return words;
  }
}
