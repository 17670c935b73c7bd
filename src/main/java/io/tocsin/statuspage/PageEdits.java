package io.tocsin.statuspage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people changed of the page beside the configuration. Which components are listed, and for
 * whom, stays the configuration's: on that also hangs which incidents become public.
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

  /** A listed component's group and description. */
  public record Component(String name, Optional<String> group, String description) {}

  /** Another announcement, or none. */
  public record Banner(Optional<PageLook.Announcement> shown) {}

  /** The page as configured, with these changes. */
  public PageSpec over(PageSpec configured) {
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
    PageLook look = configured.look();
    return new PageSpec(
        configured.title(),
        configured.url(),
        arranged,
        new PageLook(
            look.language(),
            look.languages(),
            look.accent(),
            look.logo(),
            look.footer(),
            banner.map(Banner::shown).orElse(look.announcement())));
  }
}
