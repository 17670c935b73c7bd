package io.tocsin.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The groups of one rule file. */
public record RuleFile(String name, List<RuleGroup> groups) {

  /**
   * Checks the file.
   *
   * @throws RuleProblem when two groups have the same name
   */
  public RuleFile {
    groups = List.copyOf(groups);
    var names = new HashSet<String>();
    for (RuleGroup group : groups) {
      if (!names.add(group.name())) {
        throw new RuleProblem(
            "groups", "group \"" + group.name() + "\" twice", "each name once in a file");
      }
    }
  }

  /** Every rule, in order. */
  public List<Rule> rules() {
    return groups.stream().flatMap(group -> group.rules().stream()).toList();
  }

  /**
   * Rules that stand there twice with the same name and labels, as promtool reports them: not
   * wrong, but their alerts or series are one and the same.
   */
  public List<String> duplicates() {
    var seen = new HashSet<List<Object>>();
    var twice = new ArrayList<String>();
    for (Rule rule : rules()) {
      if (!seen.add(List.of(rule.getClass(), rule.name(), labels(rule)))) {
        twice.add(rule.name() + " " + labels(rule));
      }
    }
    return List.copyOf(twice);
  }

  private static Map<String, String> labels(Rule rule) {
    var labels = new TreeMap<String, String>();
    switch (rule) {
      case AlertingRule alerting ->
          alerting.texts().labels().forEach((name, text) -> labels.put(name, text.toString()));
      case DriftRule drift ->
          drift.texts().labels().forEach((name, text) -> labels.put(name, text.toString()));
      case RecordingRule recording -> labels.putAll(recording.labels());
    }
    return labels;
  }
}
