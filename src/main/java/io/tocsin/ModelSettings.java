package io.tocsin;

import io.tocsin.model.ModelSpec;
import io.tocsin.settings.RuleFiles;
import io.tocsin.settings.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

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
            section.section("reference").map(RuleFiles::reference).orElse(usual.reference()));
    section.done();
    return spec;
  }
}
