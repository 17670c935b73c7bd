package io.tocsin;

import io.tocsin.model.ModelSpec;
import io.tocsin.model.ReportPlan;
import io.tocsin.settings.RuleFiles;
import io.tocsin.settings.Section;
import io.tocsin.settings.WrittenTimes;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads {@code models:}. */
final class ModelSettings {

  private ModelSettings() {}

  /** Every configured model, names unique. */
  static List<ModelSpec> read(Section top) {
    var specs = new ArrayList<ModelSpec>();
    var names = new HashSet<String>();
    for (Section section : top.sections("models")) {
      ModelSpec spec = model(section);
      if (!names.add(spec.name())) {
        throw section.problem("name", "a name that no other model has");
      }
      specs.add(spec);
    }
    return List.copyOf(specs);
  }

  private static ModelSpec model(Section section) {
    ModelSpec usual = ModelSpec.of(section.string("name"));
    var spec =
        new ModelSpec(
            usual.name(),
            section.duration("window", usual.window()),
            section.duration("accuracy_window", usual.accuracyWindow()),
            section.section("reference").map(RuleFiles::reference).orElse(usual.reference()),
            slices(section),
            section.section("ground_truth").map(ModelSettings::join).orElse(usual.join()),
            section.optional("positive_class"),
            section.section("report").map(ModelSettings::report).orElse(usual.report()),
            section.section("targets").map(ModelSettings::targets).orElse(usual.targets()));
    section.done();
    return spec;
  }

  private static List<String> slices(Section section) {
    List<String> slices = section.strings("slices");
    if (slices.size() > ModelSpec.MOST_SLICES) {
      throw section.problem(
          "slices", slices.size() + " labels", "at most %d".formatted(ModelSpec.MOST_SLICES));
    }
    return slices;
  }

  private static ReportPlan report(Section section) {
    ReportPlan usual = ReportPlan.DEFAULT;
    var plan =
        new ReportPlan(
            section.flag("enabled", usual.enabled()),
            time(section, usual.time()),
            WrittenTimes.zone(section, "zone", usual.zone()),
            addresses(section));
    section.done();
    return plan;
  }

  private static List<String> addresses(Section section) {
    List<String> addresses = section.strings("email");
    for (String address : addresses) {
      if (!address.matches("[^\\s@<>,;]+@[^\\s@<>,;]+")) {
        throw section.problem("email", "\"" + address + "\"", "addresses like ml@example.com");
      }
    }
    return addresses;
  }

  private static LocalTime time(Section section, LocalTime usual) {
    Optional<String> text = section.optional("time");
    if (text.isEmpty()) {
      return usual;
    }
    if (text.get().matches("([01]\\d|2[0-3]):[0-5]\\d")) {
      return LocalTime.parse(text.get());
    }
    throw section.problem("time", "a time of day from 00:00 to 23:59");
  }

  /** {@code targets: {accuracy: 0.95, latency: 50ms, latency_critical: 100ms}}. */
  private static ModelSpec.Targets targets(Section section) {
    ModelSpec.Targets usual = ModelSpec.Targets.DEFAULT;
    double accuracy = section.number("accuracy", usual.accuracy());
    Duration latency = section.duration("latency", usual.latency());
    Duration slow = section.duration("latency_critical", usual.slow());
    section.done();
    try {
      return new ModelSpec.Targets(accuracy, latency, slow);
    } catch (IllegalArgumentException wrong) {
      String key = accuracy >= 0 && accuracy <= 1 ? "latency_critical" : "accuracy";
      throw section.problem(key, String.valueOf(wrong.getMessage()));
    }
  }

  private static ModelSpec.Join join(Section section) {
    ModelSpec.Join usual = ModelSpec.Join.DEFAULT;
    Duration window = section.duration("window", usual.window());
    int rows = section.integer("rows", usual.rows());
    Duration maturity = section.duration("maturity", usual.maturity());
    section.done();
    try {
      return new ModelSpec.Join(window, rows, maturity);
    } catch (IllegalArgumentException wrong) {
      throw section.problem("rows", String.valueOf(wrong.getMessage()));
    }
  }
}
