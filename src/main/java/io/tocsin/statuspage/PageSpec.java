package io.tocsin.statuspage;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The status page as configured.
 *
 * @param title name of the page: "Acme Cloud status"
 * @param url where the public finds it, if told
 * @param components what is listed, in order
 * @param look languages and the owner's own colours and words
 * @param hidden names of components taken off the page for now: what hits nothing else is not shown
 */
public record PageSpec(
    String title,
    Optional<String> url,
    List<Component> components,
    PageLook look,
    Set<String> hidden) {

  public PageSpec {
    components = List.copyOf(components);
    hidden = Set.copyOf(hidden);
  }

  /** A page that hides nothing. */
  public PageSpec(String title, Optional<String> url, List<Component> components, PageLook look) {
    this(title, url, components, look, Set.of());
  }

  /** Whether, of all that is listed, these names hit hidden components only. */
  boolean hides(Collection<String> hit) {
    return hit.stream().anyMatch(hidden::contains)
        && components.stream().noneMatch(component -> hit.contains(component.name()));
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
