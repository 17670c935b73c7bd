package io.tocsin.statuspage;

import java.util.List;
import java.util.Optional;

/**
 * The status page as configured.
 *
 * @param title name of the page: "Acme Cloud status"
 * @param url where the public finds it, if told
 * @param components what is listed, in order
 * @param look languages and the owner's own colours and words
 */
public record PageSpec(
    String title, Optional<String> url, List<Component> components, PageLook look) {

  public PageSpec {
    components = List.copyOf(components);
  }

  /** A page that looks as it comes. */
  public PageSpec(String title, Optional<String> url, List<Component> components) {
    this(title, url, components, PageLook.PLAIN);
  }

  /**
   * One listed component.
   *
   * @param id stable, made from the name
   * @param name as shown
   * @param group title of the group it stands under, if any
   * @param description one line, empty if none
   * @param responseTime whether the public sees how fast it answers
   */
  public record Component(
      String id, String name, Optional<String> group, String description, boolean responseTime) {

    /** One that does not show how fast it answers. */
    public Component(String id, String name, Optional<String> group, String description) {
      this(id, name, group, description, false);
    }
  }
}
