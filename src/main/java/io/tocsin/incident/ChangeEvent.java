package io.tocsin.incident;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Something that somebody changed, as a deploy or a switched flag: the first thing to look at when
 * trouble begins.
 *
 * @param id names it for ever
 * @param at when it was done
 * @param source who told: the service of an integration, or a person's name
 * @param summary a line for people
 * @param components names of what it touched; none when not known
 * @param details whatever else was said
 * @param links where to read more
 */
public record ChangeEvent(
    String id,
    Instant at,
    String source,
    String summary,
    List<String> components,
    Map<String, String> details,
    List<Link> links) {

  /** An address with what stands there. */
  public record Link(String href, String text) {}

  public ChangeEvent {
    components = List.copyOf(components);
    details = Map.copyOf(details);
    links = List.copyOf(links);
  }
}
