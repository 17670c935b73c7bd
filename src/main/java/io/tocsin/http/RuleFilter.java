package io.tocsin.http;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.rule.AlertingRule;
import io.tocsin.rule.DriftRule;
import io.tocsin.rule.RecordingRule;
import io.tocsin.rule.Rule;
import io.tocsin.rule.RuleGroup;
import io.tocsin.rule.Texts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which rules and groups somebody asks for; everything where nothing is said.
 *
 * @param type {@code alert}, {@code record} or empty
 * @param alerts whether active alerts are to be listed with their rules
 * @param matchers sets of conditions on the labels that a rule is defined with; one set must hold
 * @param most how many groups at a time
 * @param from the token of the group to begin with
 */
record RuleFilter(
    String type,
    Set<String> names,
    Set<String> groups,
    Set<String> files,
    boolean alerts,
    List<List<Matcher>> matchers,
    int most,
    Optional<String> from) {

  /**
   * Reads a request's parameters.
   *
   * @throws ProblemException 400 for one that cannot be taken
   */
  static RuleFilter of(Request request) {
    String type = request.query("type").orElse("");
    if (!List.of("", "alert", "record").contains(type)) {
      throw PrometheusParameters.invalid("type", "not supported value \"" + type + "\"");
    }
    String exclude = request.query("exclude_alerts").orElse("false");
    if (!Set.of("true", "false", "1", "0").contains(exclude)) {
      throw PrometheusParameters.invalid(
          "exclude_alerts", "error converting exclude_alerts: found \"" + exclude + "\"");
    }
    int most = PrometheusParameters.limit(request, "group_limit");
    Optional<String> from = request.query("group_next_token");
    if (from.isPresent() && request.query("group_limit").isEmpty()) {
      throw PrometheusParameters.invalid(
          "group_limit", "group_limit needs to be specified if group_next_token is passed");
    }
    return new RuleFilter(
        type,
        Set.copyOf(request.queries("rule_name[]")),
        Set.copyOf(request.queries("rule_group[]")),
        Set.copyOf(request.queries("file[]")),
        Set.of("false", "0").contains(exclude),
        PrometheusParameters.matchers(request),
        most,
        from);
  }

  /** Whether a group is asked for at all. */
  boolean takes(RuleGroup group) {
    return (groups.isEmpty() || groups.contains(group.name()))
        && (files.isEmpty() || files.contains(group.file()));
  }

  /** Whether a rule of such a group is asked for. */
  boolean takes(Rule rule) {
    boolean kind = type.isEmpty() || type.equals("record") == rule instanceof RecordingRule;
    boolean named = names.isEmpty() || names.contains(rule.name());
    boolean matched =
        matchers.isEmpty()
            || matchers.stream().anyMatch(set -> Matcher.all(set, definedLabels(rule)));
    return kind && named && matched;
  }

  /** Whether a group without rules that are asked for is left out. */
  boolean skipsEmpty() {
    return !names.isEmpty() || !matchers.isEmpty() || !type.isEmpty();
  }

  private static Labels definedLabels(Rule rule) {
    return switch (rule) {
      case RecordingRule recording -> Labels.from(recording.labels());
      case AlertingRule alerting -> defined(alerting.texts());
      case DriftRule drift -> defined(drift.texts());
    };
  }

  private static Labels defined(Texts texts) {
    var labels = new TreeMap<String, String>();
    texts.labels().forEach((name, template) -> labels.put(name, template.toString()));
    return Labels.from(labels);
  }

  /** What names a group when pages of groups are asked for one after the other. */
  static String token(RuleGroup group) {
    try {
      byte[] text = (group.file() + ";" + group.name()).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
