package io.tocsin.settings;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.NoData;
import io.tocsin.alert.Severity;
import io.tocsin.model.ReferenceSource;
import io.tocsin.rule.AlertingRule;
import io.tocsin.rule.RecordingRule;
import io.tocsin.rule.Rule;
import io.tocsin.rule.RuleFile;
import io.tocsin.rule.RuleGroup;
import io.tocsin.rule.RuleProblem;
import io.tocsin.rule.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads Prometheus' rule files, with Tocsin's {@code severity}, {@code runbook}, {@code no_data},
 * {@code impact}, {@code threshold} and {@code drift} beside.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/">Configuring
 *     rules</a>
 */
public final class RuleFiles {

  /** As {@code global.evaluation_interval} of Prometheus. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

  private RuleFiles() {}

  /**
   * Reads a file.
   *
   * @param interval of groups that name none
   * @throws SettingsProblem when anything in it cannot be taken; says where
   */
  public static RuleFile read(Path file, Duration interval) {
    return read(file, interval, Thresholds.NONE);
  }

  /** As {@link #read(Path, Duration)}, with the limits of this installation. */
  public static RuleFile read(Path file, Duration interval, Thresholds thresholds) {
    return read(Yaml.first(file), interval, thresholds);
  }

  /** As {@link #read(Path, Duration)}, from a section already read. */
  public static RuleFile read(Section top, Duration interval) {
    return read(top, interval, Thresholds.NONE);
  }

  private static RuleFile read(Section top, Duration interval, Thresholds thresholds) {
    var groups = new ArrayList<RuleGroup>();
    for (Section section : top.sections("groups")) {
      groups.add(group(section, top.place().file(), interval, thresholds));
    }
    top.done();
    return placed(top, () -> new RuleFile(top.place().file(), groups));
  }

  private static RuleGroup group(
      Section section, String file, Duration interval, Thresholds thresholds) {
    String name = section.string("name");
    Map<String, String> labels = section.map("labels");
    var rules = new ArrayList<Rule>();
    List<Section> sections = section.sections("rules");
    for (Section rule : sections) {
      String id = RuleGroup.ruleId(file, name, rules.size());
      rules.add(placed(rule, () -> rule(rule, id, labels, thresholds)));
    }
    Duration every =
        section.optionalDuration("interval").filter(one -> !one.isZero()).orElse(interval);
    Duration offset = section.duration("query_offset", Duration.ZERO);
    int limit = section.integer("limit", 0);
    Optional<String> source = section.optional("source");
    section.done();
    return placed(section, () -> new RuleGroup(file, name, every, offset, limit, source, rules));
  }

  private static ReferenceSource seasonal(Section section) {
    ReferenceSource.Same same =
        section.choice("same", ReferenceSource.Same.class, ReferenceSource.Same.HOUR);
    int weeks = section.integer("weeks", 4);
    section.done();
    if (weeks < 1 || weeks > ReferenceSource.Seasonal.MOST_WEEKS) {
      throw section.problem("weeks", "a number from 1 to " + ReferenceSource.Seasonal.MOST_WEEKS);
    }
    return new ReferenceSource.Seasonal(same, weeks);
  }

  /** Gives a problem of a rule its place in the file. */
  private static <T> T placed(Section section, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (RuleProblem problem) {
      throw section.problem(problem.field(), problem.found(), problem.expected());
    }
  }

  private static Rule rule(
      Section section, String id, Map<String, String> groupLabels, Thresholds thresholds) {
    if (section.has("record") == section.has("alert")) {
      throw section.problem(
          section.has("record") ? "alert" : "record",
          section.has("record") ? "both \"record\" and \"alert\"" : "nothing",
          "exactly one of \"record\" and \"alert\"");
    }
    var labels = new LinkedHashMap<>(groupLabels);
    labels.putAll(section.map("labels"));
    return section.has("record")
        ? recording(section, id, labels)
        : alert(section, id, labels, thresholds);
  }

  private static Rule recording(Section section, String id, Map<String, String> labels) {
    String name = section.string("record");
    String expr = section.string("expr");
    for (String key : List.of("for", "keep_firing_for")) {
      if (!section.duration(key, Duration.ZERO).isZero()) {
        throw section.problem(key, "\"" + key + "\"", "no such key in a recording rule");
      }
    }
    if (!section.map("annotations").isEmpty()) {
      throw section.problem("annotations", "\"annotations\"", "no such key in a recording rule");
    }
    section.done();
    return RecordingRule.of(id, name, expr, labels);
  }

  private static Rule alert(
      Section section, String id, Map<String, String> labels, Thresholds thresholds) {
    var spec =
        new AlertSpec(
            id,
            section.string("alert"),
            section.duration("for", Duration.ZERO),
            section.duration("keep_firing_for", Duration.ZERO),
            section.optionalChoice("severity", Severity.class),
            section.optional("runbook"),
            section.strings("impact"),
            section.choice("no_data", NoData.class, NoData.PROMETHEUS));
    Map<String, String> annotations = section.map("annotations");
    Optional<Section> drift = section.section("drift");
    if (drift.isPresent() == section.has("expr")) {
      throw section.problem(
          "expr",
          drift.isPresent() ? "both \"expr\" and \"drift\"" : "nothing",
          "exactly one of \"expr\" and \"drift\"");
    }
    Rule rule =
        drift.isPresent()
            ? DriftRules.read(drift.get(), spec, Texts.of(labels, annotations))
            : alerting(section, spec, labels, annotations, thresholds);
    section.done();
    return rule;
  }

  private static AlertingRule alerting(
      Section section,
      AlertSpec spec,
      Map<String, String> labels,
      Map<String, String> annotations,
      Thresholds thresholds) {
    Thresholds.Limited limited =
        thresholds.limit(section, spec.alertName(), section.string("expr"));
    var texts = new LinkedHashMap<>(annotations);
    texts.computeIfPresent("description", (name, text) -> text + limited.note());
    return AlertingRule.of(spec, limited.expr(), labels, texts);
  }

  /**
   * Reads {@code {baseline: name}}, {@code {window: 7d, offset: 1d}} or {@code {same: hour, weeks:
   * 4}}.
   */
  public static ReferenceSource reference(Section section) {
    if (section.has("baseline")) {
      section.string("baseline");
      section.done();
      return new ReferenceSource.Baseline();
    }
    if (section.has("same")) {
      return seasonal(section);
    }
    Duration window = section.duration("window");
    Duration offset = section.duration("offset");
    section.done();
    try {
      return new ReferenceSource.Trailing(window, offset);
    } catch (IllegalArgumentException e) {
      throw section.problem("offset", "a positive window and offset");
    }
  }
}
