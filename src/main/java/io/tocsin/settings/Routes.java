package io.tocsin.settings;

import io.tocsin.alert.Severity;
import io.tocsin.incident.SeverityRules;
import io.tocsin.label.Matcher;
import io.tocsin.notify.GroupBy;
import io.tocsin.notify.Hours;
import io.tocsin.notify.RouteSpec;
import io.tocsin.silence.InhibitRule;
import io.tocsin.silence.MatcherSyntax;
import io.tocsin.silence.NamedIntervals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads {@code route:} and {@code inhibit_rules:} in Alertmanager's shape, old and new matchers
 * alike.
 */
public final class Routes {
  private final Set<String> receivers;
  private final Map<String, NamedIntervals> intervals;

  private Routes(Set<String> receivers, Map<String, NamedIntervals> intervals) {
    this.receivers = receivers;
    this.intervals = intervals;
  }

  /**
   * Reads the routing tree.
   *
   * @param route the mapping under {@code route:}
   * @param receivers the names declared under {@code receivers:}
   * @param intervals what is declared under {@code time_intervals:}, by name
   * @throws SettingsProblem naming the place of the first mistake
   */
  public static RouteSpec read(
      Section route, Set<String> receivers, Map<String, NamedIntervals> intervals) {
    var routes = new Routes(receivers, intervals);
    for (String key : List.of("matchers", "match", "match_re", "severity", "continue")) {
      route.outline().refused(key);
      if (route.has(key)) {
        throw route.problem(key, "nothing: the root matches every alert");
      }
    }
    for (String key : List.of("mute_time_intervals", "active_time_intervals")) {
      route.outline().refused(key);
      if (route.has(key)) {
        throw route.problem(key, "nothing: somebody must hear at any hour");
      }
    }
    if (!route.has("receiver")) {
      throw route.problem("receiver", "the name of a receiver: the root must have one");
    }
    return routes.route(route);
  }

  /** Reads {@code inhibit_rules:}. */
  public static List<InhibitRule> inhibitRules(List<Section> sections) {
    var rules = new ArrayList<InhibitRule>();
    for (Section section : sections) {
      List<Matcher> source = matchers(section, "source_matchers", "source_match");
      List<Matcher> target = matchers(section, "target_matchers", "target_match");
      if (target.isEmpty()) {
        throw section.problem("target_matchers", "at least one matcher");
      }
      rules.add(new InhibitRule(source, target, section.strings("equal")));
      section.done();
    }
    return List.copyOf(rules);
  }

  /** Reads {@code severity_rules:}; the first that is about an alert has the word. */
  public static SeverityRules severityRules(List<Section> sections) {
    var rules = new ArrayList<SeverityRules.Rule>();
    for (Section section : sections) {
      int over = section.integer("customers_over", -1);
      var rule =
          new SeverityRules.Rule(
              matchers(section, "matchers", "match"),
              section.strings("keywords"),
              over < 0 ? OptionalInt.empty() : OptionalInt.of(over),
              section.flag("revenue_impact", false),
              section
                  .optionalChoice("severity", Severity.class)
                  .orElseThrow(() -> section.problem("severity", "critical, high, medium or low")));
      if (rule.matchers().isEmpty()
          && rule.words().isEmpty()
          && rule.customersOver().isEmpty()
          && !rule.revenue()) {
        throw section.problem(
            "matchers", "matchers, keywords, customers_over or revenue_impact: true");
      }
      section.done();
      rules.add(rule);
    }
    return new SeverityRules(rules);
  }

  private RouteSpec route(Section section) {
    Optional<String> receiver = section.optional("receiver");
    receiver.ifPresent(name -> requireDeclared(section, name));
    var children = new ArrayList<RouteSpec>();
    for (Section child : section.sections("routes")) {
      children.add(route(child));
    }
    var spec =
        new RouteSpec(
            receiver,
            groupBy(section),
            section.optionalDuration("group_wait"),
            positive(section, "group_interval"),
            positive(section, "repeat_interval"),
            matchers(section, "matchers", "match"),
            severities(section),
            new Hours(
                intervals(section, "mute_time_intervals"),
                intervals(section, "active_time_intervals")),
            section.flag("continue", false),
            children);
    section.done();
    return spec;
  }

  private void requireDeclared(Section section, String receiver) {
    if (!receivers.contains(receiver)) {
      throw section.problem("receiver", "one of " + String.join(", ", new TreeSet<>(receivers)));
    }
  }

  private static List<Severity> severities(Section section) {
    var severities = new ArrayList<Severity>();
    for (String text : section.strings("severity")) {
      severities.add(
          Arrays.stream(Severity.values())
              .filter(severity -> severity.label().equals(text))
              .findFirst()
              .orElseThrow(
                  () ->
                      section.problem(
                          "severity", "\"" + text + "\"", "critical, high, medium or low")));
    }
    return severities;
  }

  private List<NamedIntervals> intervals(Section section, String key) {
    var named = new ArrayList<NamedIntervals>();
    for (String name : section.strings(key)) {
      NamedIntervals known = intervals.get(name);
      if (known == null) {
        String names = String.join(", ", new TreeSet<>(intervals.keySet()));
        throw section.problem(
            key,
            "\"" + name + "\"",
            names.isEmpty() ? "a name under time_intervals" : "one of " + names);
      }
      named.add(known);
    }
    return named;
  }

  private static Optional<GroupBy> groupBy(Section section) {
    if (!section.has("group_by")) {
      return Optional.empty();
    }
    List<String> names = section.strings("group_by");
    if (names.contains("...")) {
      if (names.size() > 1) {
        throw section.problem("group_by", String.join(", ", names), "'...' alone, or label names");
      }
      return Optional.of(new GroupBy.Everything());
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw section.problem("group_by", String.join(", ", names), "each label once");
    }
    return Optional.of(new GroupBy.Names(names));
  }

  private static Optional<Duration> positive(Section section, String key) {
    Optional<Duration> duration = section.optionalDuration(key);
    if (duration.isPresent() && !duration.get().isPositive()) {
      throw section.problem(key, "more than 0s");
    }
    return duration;
  }

  /** New matchers under one key, old ones under another and the same with {@code _re}. */
  private static List<Matcher> matchers(Section section, String key, String oldKey) {
    var matchers = new ArrayList<Matcher>();
    for (String text : section.strings(key)) {
      try {
        matchers.addAll(MatcherSyntax.parse(text));
      } catch (IllegalArgumentException wrong) {
        throw section.problem(key, "\"" + text + "\"", String.valueOf(wrong.getMessage()));
      }
    }
    section
        .map(oldKey)
        .forEach(
            (name, value) -> matchers.add(old(section, oldKey, name, Matcher.Op.EQUAL, value)));
    section
        .map(oldKey + "_re")
        .forEach(
            (name, value) ->
                matchers.add(old(section, oldKey + "_re", name, Matcher.Op.REGEX, value)));
    return matchers;
  }

  private static Matcher old(
      Section section, String key, String name, Matcher.Op op, String value) {
    try {
      return Matcher.of(name, op, value);
    } catch (IllegalArgumentException wrong) {
      throw section.problem(key, name + ": \"" + value + "\"", "a valid RE2 regular expression");
    }
  }
}
