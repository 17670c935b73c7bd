package io.tocsin.statuspage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What people changed of the page beside the configuration. Which components may be listed stays
 * the configuration's: on that also hangs which incidents become public. One of them may be hidden
 * here, and with it the incidents and the planned work that hit nothing else.
 *
 * @param components in the order of the page; those that are not listed any more are passed over,
 *     those that are not named here follow
 * @param banner in place of the configured announcement, if that was changed
 */
public record PageEdits(List<Component> components, Optional<Banner> banner) {

  /** Nothing was changed. */
  public static final PageEdits NONE = new PageEdits(List.of(), Optional.empty());

  public PageEdits {
    components = List.copyOf(components);
  }

  /**
   * A listed component's group and description.
   *
   * @param hidden whether the public does not see it
   */
  public record Component(String name, Optional<String> group, String description, boolean hidden) {

    /** One that is shown. */
    public Component(String name, Optional<String> group, String description) {
      this(name, group, description, false);
    }
  }

  /** Another announcement, or none. */
  public record Banner(Optional<PageLook.Announcement> shown) {}

  /** Names of the components that the public does not see. */
  public Set<String> hidden() {
    return components.stream()
        .filter(Component::hidden)
        .map(Component::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** All listed components with these changes, in the order of the page, also the hidden ones. */
  public List<PageSpec.Component> arranged(PageSpec configured) {
    Map<String, PageSpec.Component> left = new LinkedHashMap<>();
    configured.components().forEach(component -> left.put(component.name(), component));
    var arranged = new ArrayList<PageSpec.Component>();
    for (Component edit : components) {
      Optional.ofNullable(left.remove(edit.name))
          .map(
              known ->
                  new PageSpec.Component(
                      known.id(), known.name(), edit.group, edit.description, known.responseTime()))
          .ifPresent(arranged::add);
    }
    arranged.addAll(left.values());
    return List.copyOf(arranged);
  }

  /** The page as configured, with these changes. */
  public PageSpec over(PageSpec configured) {
    Set<String> hidden = hidden();
    PageLook look = configured.look();
    return new PageSpec(
        configured.title(),
        configured.url(),
        arranged(configured).stream().filter(it -> !hidden.contains(it.name())).toList(),
        new PageLook(
            look.language(),
            look.languages(),
            look.accent(),
            look.logo(),
            look.footer(),
            banner.map(Banner::shown).orElse(look.announcement())),
        hidden);
  }
}
