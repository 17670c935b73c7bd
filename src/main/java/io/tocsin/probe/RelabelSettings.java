package io.tocsin.probe;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tocsin.label.RelabelRule;
import io.tocsin.label.RelabelRule.Action;
import io.tocsin.settings.Section;
import java.util.List;

/** Relabelling rules as Prometheus' files have them. */
final class RelabelSettings {

  private RelabelSettings() {}

  /**
   * The rules under a key: {@code source_labels, separator, regex, modulus, target_label,
   * replacement, action}.
   */
  static List<RelabelRule> read(Section parent, String key) {
    return parent.sections(key).stream().map(RelabelSettings::read).toList();
  }

  private static RelabelRule read(Section section) {
    Action action = section.choice("action", Action.class, Action.REPLACE);
    var rule =
        new RelabelRule(
            action,
            section.strings("source_labels"),
            section.string("separator", ";"),
            regex(section),
            section.integer("modulus", 0),
            section.string("target_label", ""),
            section.string("replacement", "$1"));
    check(section, rule);
    section.done();
    return rule;
  }

  private static Pattern regex(Section section) {
    try {
      return RelabelRule.pattern(section.string("regex", "(.*)"));
    } catch (PatternSyntaxException e) {
      throw section.problem("regex", "a regular expression (" + e.getDescription() + ")");
    }
  }

  private static void check(Section section, RelabelRule rule) {
    boolean needsTarget =
        switch (rule.action()) {
          case REPLACE, HASHMOD, LOWERCASE, UPPERCASE, KEEPEQUAL, DROPEQUAL -> true;
          case KEEP, DROP, LABELMAP, LABELDROP, LABELKEEP -> false;
        };
    if (needsTarget && rule.target().isEmpty()) {
      throw section.problem("target_label", "the label this action sets or compares");
    }
    if (rule.action() == Action.HASHMOD && rule.modulus() < 1) {
      throw section.problem("modulus", "at least 1");
    }
  }
}
