package io.tocsin.settings;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.NoData;
import io.tocsin.alert.Severity;
import io.tocsin.drift.DriftTest;
import io.tocsin.label.Labels;
import io.tocsin.model.DriftQuestion;
import io.tocsin.model.ReferenceSource;
import io.tocsin.model.Subject;
import io.tocsin.promql.Expr;
import io.tocsin.promql.ParseProblem;
import io.tocsin.promql.Parser;
import io.tocsin.promql.ValueType;
import io.tocsin.rule.AlertingRule;
import io.tocsin.rule.DriftRule;
import io.tocsin.rule.RecordingRule;
import io.tocsin.rule.Rule;
import io.tocsin.rule.RuleGroup;
import io.tocsin.rule.Wording;
import io.tocsin.template.Template;
import io.tocsin.template.TemplateProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rule files: Prometheus' format, with {@code severity}, {@code runbook}, {@code no_data}, {@code
 * impact} and {@code drift} beside what Prometheus knows.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/">Prometheus
 *     rules</a>
 */
public final class RuleFiles {

  /** The interval of a group that names none, Prometheus' own default. */
  public static final Duration INTERVAL = Duration.ofMinutes(1);

  private final Section file;
  private final Duration interval;

  private RuleFiles(Section file, Duration interval) {
    this.file = file;
    this.interval = interval;
  }

  /**
   * Reads one file.
   *
   * @param interval of groups that name none
   * @throws SettingsProblem for the first mistake
   */
  public static List<RuleGroup> read(Section file, Duration interval) {
    return new RuleFiles(file, interval).groups();
  }

  private List<RuleGroup> groups() {
    var groups = new ArrayList<RuleGroup>();
    var names = new HashSet<String>();
    for (Section section : file.sections("groups")) {
      RuleGroup group = group(section);
      if (!names.add(group.name())) {
        throw section.problem("name", "a name that no other group of the file has");
      }
      groups.add(group);
    }
    file.done();
    return List.copyOf(groups);
  }

  private RuleGroup group(Section section) {
    String name = section.string("name");
    Map<String, String> shared = section.map("labels");
    var rules = new ArrayList<Rule>();
    for (Section rule : section.sections("rules")) {
      rules.add(rule(rule, file.place().file() + ";" + name + ";" + rules.size(), shared));
    }
    var group =
        new RuleGroup(
            file.place().file(),
            name,
            section.duration("interval", interval),
            section.duration("query_offset", Duration.ZERO),
            section.integer("limit", 0),
            rules,
            section.optional("source"));
    if (!group.interval().isPositive()) {
      throw section.problem("interval", "more than 0s");
    }
    section.done();
    return group;
  }

  private static Rule rule(Section section, String id, Map<String, String> shared) {
    Rule rule = section.has("record") ? recording(section, shared) : alert(section, id, shared);
    section.done();
    return rule;
  }

  private static RecordingRule recording(Section section, Map<String, String> shared) {
    if (section.has("alert")) {
      throw section.problem("alert", "both record and alert", "one of them");
    }
    for (String key : List.of("for", "keep_firing_for", "annotations", "drift")) {
      if (section.has(key)) {
        throw section.problem(key, "a recording rule", "an alerting rule, which alone has " + key);
      }
    }
    String name = section.string("record");
    if (name.isBlank() || name.contains("{") || name.contains("}")) {
      throw section.problem("record", "a metric name");
    }
    var labels = new HashMap<>(shared);
    labels.putAll(section.map("labels"));
    labels.keySet().forEach(label -> requireLabel(section, label));
    var removed = new HashSet<>(labels.keySet());
    removed.removeIf(label -> !labels.getOrDefault(label, "").isEmpty());
    return new RecordingRule(name, expression(section), Labels.from(labels), removed);
  }

  private static Rule alert(Section section, String id, Map<String, String> shared) {
    if (!section.has("alert")) {
      throw section.problem("alert", "neither record nor alert", "one of them");
    }
    AlertSpec spec =
        new AlertSpec(
            id,
            section.string("alert"),
            section.duration("for", Duration.ZERO),
            section.duration("keep_firing_for", Duration.ZERO),
            section.optionalChoice("severity", Severity.class),
            section.optional("runbook"),
            section.strings("impact"),
            section.choice("no_data", NoData.class, NoData.PROMETHEUS));
    var labels = new HashMap<>(shared);
    labels.putAll(section.map("labels"));
    Wording wording =
        new Wording(
            templates(section, "labels", labels),
            templates(section, "annotations", section.map("annotations")));
    Optional<Section> drift = section.section("drift");
    if (drift.isPresent() && section.has("expr")) {
      throw section.problem("drift", "both expr and drift", "one of them");
    }
    return drift.isPresent()
        ? drift(drift.get(), spec, wording)
        : new AlertingRule(spec, expression(section), wording);
  }

  private static Expr expression(Section section) {
    String text = section.string("expr");
    try {
      Expr expr = Parser.parse(text);
      if (expr.type() == ValueType.STRING || expr.type() == ValueType.RANGE_VECTOR) {
        throw section.problem("expr", "a " + expr.type(), "an instant vector or a scalar");
      }
      return expr;
    } catch (ParseProblem problem) {
      throw section.problem("expr", String.valueOf(problem.getMessage()), "PromQL");
    }
  }

  private static Map<String, Template> templates(
      Section section, String key, Map<String, String> texts) {
    var templates = new HashMap<String, Template>();
    texts.forEach(
        (name, text) -> {
          requireLabel(section, name);
          try {
            templates.put(name, Template.parse(text));
          } catch (TemplateProblem problem) {
            throw section.problem(
                key, name + ": " + problem.getMessage(), "a template such as {{ $labels.job }}");
          }
        });
    return templates;
  }

  /** Prometheus 3 takes any name in UTF-8. */
  private static void requireLabel(Section section, String name) {
    if (name.isEmpty() || name.equals(Labels.NAME)) {
      throw section.problem("labels", "the name \"" + name + "\"", "a label that may be set");
    }
  }

  private static DriftRule drift(Section section, AlertSpec spec, Wording wording) {
    DriftTest test =
        switch (section.string("method", "psi")) {
          case "psi" -> DriftTest.PSI;
          case "ks", "kolmogorov_smirnov" -> DriftTest.KOLMOGOROV_SMIRNOV;
          default -> throw section.problem("method", "psi or ks");
        };
    double usual = test == DriftTest.PSI ? 0.2 : 0.18;
    double threshold = section.number("threshold", usual);
    if (!(threshold > 0)) {
      throw section.problem("threshold", "more than 0");
    }
    int least = section.integer("min_samples", (int) DriftQuestion.DEFAULT_MIN_SAMPLES);
    String model = section.string("model");
    Subject subject = subject(section);
    Duration window = section.duration("window", Duration.ofHours(1));
    ReferenceSource reference =
        section
            .section("reference")
            .map(RuleFiles::reference)
            .orElse(new ReferenceSource.Baseline());
    section.done();
    try {
      return new DriftRule(
          spec,
          new DriftQuestion(model, subject, test, window, reference, least),
          threshold,
          wording);
    } catch (IllegalArgumentException problem) {
      throw section.problem("window", String.valueOf(problem.getMessage()), "a window of its own");
    }
  }

  private static Subject subject(Section section) {
    Optional<String> feature = section.optional("feature");
    Optional<String> other = section.optional("subject");
    if (feature.isPresent() == other.isPresent()) {
      throw section.problem(
          "feature", "exactly one of feature: NAME and subject: prediction or confidence");
    }
    return feature
        .<Subject>map(Subject.Feature::new)
        .orElseGet(
            () ->
                switch (other.orElse("")) {
                  case "prediction" -> Subject.PREDICTION;
                  case "confidence" -> Subject.CONFIDENCE;
                  default -> throw section.problem("subject", "prediction or confidence");
                });
  }

  /** Reads {@code {baseline: name}} or {@code {window: 7d, offset: 1d}}. */
  public static ReferenceSource reference(Section section) {
    if (section.has("baseline")) {
      section.string("baseline");
      section.done();
      return new ReferenceSource.Baseline();
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
