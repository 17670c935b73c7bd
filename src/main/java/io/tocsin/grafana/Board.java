package io.tocsin.grafana;

import java.util.List;
import java.util.stream.Stream;

/**
 * One board.
 *
 * @param uid names it for ever; its file is {@code uid} without the prefix
 * @param about what it is for
 * @param from how far back it looks, as {@code now-3h}
 * @param variables what may be chosen, beside severity, component and environment
 * @param top the first row: is it all right?
 */
public record Board(
    String uid,
    String title,
    String about,
    String from,
    List<Variable> variables,
    List<Panel> top,
    List<Section> sections) {

  /** What every uid begins with. */
  public static final String PREFIX = "tocsin-";

  /** Panels under a heading. */
  public record Section(String title, List<Panel> panels) {
    public Section {
      panels = List.copyOf(panels);
    }

    /** A section of panels. */
    public static Section of(String title, Panel... panels) {
      return new Section(title, List.of(panels));
    }
  }

  public Board {
    variables = List.copyOf(variables);
    top = List.copyOf(top);
    sections = List.copyOf(sections);
  }

  /** The name of its file. */
  public String file() {
    return uid.substring(PREFIX.length()) + ".json";
  }

  /** Every panel in reading order. */
  public List<Panel> panels() {
    return Stream.concat(
            top.stream(), sections.stream().flatMap(section -> section.panels().stream()))
        .toList();
  }
}
