package io.tocsin.statuspage;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** News of a component's new state, without an incident; only webhooks are told. */
public final class ComponentNews {

  private ComponentNews() {}

  /**
   * The change of one component.
   *
   * @param before the state that was told last
   * @param at when the change was seen
   */
  public static News of(
      PageSnapshot page, ComponentView component, ComponentState before, Instant at) {
    String id = component.spec().id();
    String lane = "component-" + id;
    String name = lane + "-" + at.toEpochMilli();
    return new News(
        name,
        lane,
        News.Kind.COMPONENT,
        at,
        List.of(id),
        Map.of(),
        StatuspageWebhook.component(page, component, before, at, name));
  }
}
