package io.tocsin;

import io.tocsin.incident.Publication;
import io.tocsin.probe.Check;
import io.tocsin.settings.Section;
import io.tocsin.statuspage.PageLook;
import io.tocsin.statuspage.PageSpec;
import io.tocsin.web.StatusSite;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
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
 * @param door who may read it
 * @param snapshot folder that gets a copy of the page as files
 * @param remindBefore how long before its start planned work is recalled
 */
record PageSettings(
    PageSpec spec,
    Publication publication,
    PageDoorSettings door,
    Optional<Path> snapshot,
    Duration remindBefore) {

  private static final Duration REMINDER = Duration.ofHours(1);

  private record Declared(Optional<String> group, String description, boolean responseTime) {
    static final Declared NOTHING = new Declared(Optional.empty(), "", false);
  }

  /**
   * Reads {@code status_page:} and {@code components:}. A component that a check names and nobody
   * declares is created; {@code status_page.components} picks and orders what is listed, all when
   * it is absent.
   *
   * @param folder what paths are relative to
   */
  static PageSettings read(Section top, List<Check> checks, Path folder) {
    Map<String, Declared> known = declared(top);
    for (Check check : checks) {
      known.putIfAbsent(check.policy().component(), Declared.NOTHING);
    }
    Section page = top.part("status_page");
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
    PageLook look = PageLookSettings.read(page, folder);
    PageDoorSettings door = PageDoorSettings.read(page);
    Optional<Path> snapshot = page.optional("snapshot").map(folder::resolve);
    Duration reminder = page.duration("remind_before", REMINDER);
    page.done();
    var components = new ArrayList<PageSpec.Component>();
    for (String name : listed.isEmpty() ? known.keySet() : listed) {
      Declared component = known.getOrDefault(name, Declared.NOTHING);
      components.add(
          new PageSpec.Component(
              id(name), name, component.group, component.description, component.responseTime));
    }
    Set<String> names =
        components.stream().map(PageSpec.Component::name).collect(Collectors.toSet());
    return new PageSettings(
        new PageSpec(title, url, components, look),
        new Publication(mode, names),
        door,
        snapshot,
        reminder);
  }

  /** What the log says at start of a private page whose copy as files is open to everybody. */
  Optional<String> openCopy() {
    return door.open()
        ? Optional.empty()
        : snapshot.map(
            folder ->
                "status_page.snapshot: the status page is private, but its copy in "
                    + folder
                    + " is not protected: protect it where it is served, or take the key out");
  }

  /** Where the page goes. */
  StatusSite.Reach reach() {
    return new StatusSite.Reach(!door.open(), snapshot);
  }

  private static Map<String, Declared> declared(Section top) {
    var declared = new LinkedHashMap<String, Declared>();
    for (Section section : top.sections("components")) {
      String name = section.string("name");
      section.strings("depends_on");
      var component =
          new Declared(
              section.optional("group"),
              section.string("description", ""),
              section.flag("response_time", false));
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
