package io.tocsin.settings;

import io.tocsin.rule.RuleGroup;
import io.tocsin.slo.BurnRateRules;
import io.tocsin.slo.Objective;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Reads {@code slos:}, a list of objectives, and makes their rules. */
public final class Objectives {

  private Objectives() {}

  /** Reads the list. */
  public static List<Objective> read(Section top) {
    var objectives = new ArrayList<Objective>();
    var names = new TreeSet<String>();
    for (Section section : top.sections("slos")) {
      objectives.add(objective(section));
      if (!names.add(objectives.getLast().name())) {
        throw section.problem("name", "a name of its own");
      }
    }
    return List.copyOf(objectives);
  }

  private static Objective objective(Section section) {
    String name = section.string("name");
    double target = section.number("target", 0.999);
    String errors = section.string("errors");
    String total = section.string("total");
    String owner = section.string("owner", "platform");
    var labels = section.map("labels");
    section.done();
    try {
      return new Objective(name, target, errors, total, owner, labels);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw section.problem(message.startsWith("target") ? "target" : "errors", message);
    }
  }

  /** The groups of burn-rate rules that the objectives lead to. */
  public static List<RuleGroup> rules(Section top, List<Objective> objectives, Duration interval) {
    String file = "slos of " + top.place().file();
    try {
      return RuleFiles.read(
              Yaml.read(BurnRateRules.yaml(objectives), file, Secrets.none()), interval)
          .groups();
    } catch (SettingsProblem problem) {
      throw top.problem("slos", "an expression that is none", String.valueOf(problem.getMessage()));
    }
  }
}
