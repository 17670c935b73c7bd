package io.tocsin.statuspage;

import java.util.List;
import java.util.Optional;

/**
 * The status page as configured.
 *
 * @param title name of the page: "Acme Cloud status"
 * @param url where the public finds it, if told
 * @param components what is listed, in order
 */
public record PageSpec(String title, Optional<String> url, List<Component> components) {

  public PageSpec {
    components = List.copyOf(components);
  }

  /**
   * One listed component.
   *
   * @param id stable, made from the name
   * @param name as shown
   * @param group title of the group it stands under, if any
   * @param description one line, empty if none
   */
  public record Component(String id, String name, Optional<String> group, String description) {}
}
