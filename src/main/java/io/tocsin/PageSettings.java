package io.tocsin;

import io.tocsin.incident.Publication;
import io.tocsin.probe.Check;
import io.tocsin.settings.Section;
import io.tocsin.statuspage.PageSpec;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the public sees.
 *
 * @param spec the page
 * @param publication which incidents are public
 */
record PageSettings(PageSpec spec, Publication publication) {

  private record Declared(Optional<String> group, String description) {}

  /**
   * Reads {@code status_page:} and {@code components:}. A component that a check names and nobody
   * declares is created; {@code status_page.components} picks and orders what is listed, all when
   * it is absent.
   */
  static PageSettings read(Section top, List<Check> checks) {
    Map<String, Declared> known = declared(top);
    for (Check check : checks) {
      known.putIfAbsent(check.policy().component(), new Declared(Optional.empty(), ""));
    }
    Section page = top.section("status_page").orElse(Section.empty());
    String title = page.string("title", "Status");
    Optional<String> url = page.optional("url");
    var mode = page.choice("publish", Publication.Mode.class, Publication.Mode.AUTO);
    List<String> listed = page.strings("components");
    for (String name : listed) {
      if (!known.containsKey(name)) {
        throw page.problem(
            "components", "\"" + name + "\"", "one of " + String.join(", ", known.keySet()));
      }
    }
    page.done();
    var components = new ArrayList<PageSpec.Component>();
    for (String name : listed.isEmpty() ? known.keySet() : listed) {
      Declared component = known.getOrDefault(name, new Declared(Optional.empty(), ""));
      components.add(
          new PageSpec.Component(id(name), name, component.group, component.description));
    }
    Set<String> names =
        components.stream().map(PageSpec.Component::name).collect(Collectors.toSet());
    return new PageSettings(new PageSpec(title, url, components), new Publication(mode, names));
  }

  private static Map<String, Declared> declared(Section top) {
    var declared = new LinkedHashMap<String, Declared>();
    for (Section section : top.sections("components")) {
      String name = section.string("name");
      section.strings("depends_on");
      var component = new Declared(section.optional("group"), section.string("description", ""));
      section.done();
      if (declared.put(name, component) != null) {
        throw section.problem("name", "a name that no other component has");
      }
    }
    return declared;
  }

  /** A component's id in addresses: {@code ai-models}. */
  static String id(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return plain.isEmpty() ? "c" + Integer.toHexString(name.hashCode()) : plain;
  }
}
