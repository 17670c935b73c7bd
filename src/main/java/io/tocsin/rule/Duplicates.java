package io.tocsin.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds rules that lead to the same alerts or series. */
public final class Duplicates {

  private Duplicates() {}

  /**
   * Rules that stand there twice with the same name and labels, as promtool reports them: not
   * wrong, but seldom meant.
   */
  public static List<String> among(List<RuleGroup> groups) {
    var seen = new HashSet<List<Object>>();
    var twice = new ArrayList<String>();
    for (RuleGroup group : groups) {
      for (Rule rule : group.rules()) {
        SortedMap<String, String> labels = labels(rule);
        if (!seen.add(List.of(rule.getClass(), rule.name(), labels))) {
          twice.add(group.file() + ": " + group.name() + ": " + rule.name() + " " + labels);
        }
      }
    }
    return List.copyOf(twice);
  }

  private static SortedMap<String, String> labels(Rule rule) {
    return switch (rule) {
      case AlertingRule alerting -> texts(alerting.wording());
      case DriftRule drift -> texts(drift.wording());
      case RecordingRule recording -> recording.labels().toMap();
    };
  }

  private static SortedMap<String, String> texts(Wording wording) {
    var texts = new TreeMap<String, String>();
    wording.labels().forEach((name, template) -> texts.put(name, template.toString()));
    return texts;
  }
}
