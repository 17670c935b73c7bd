package io.tocsin.silence;

import java.time.Instant;
import java.util.List;

/**
 * Planned work: mutes its components' alerts, is shown on the page, does not count as downtime.
 *
 * @param id names it for ever
 * @param title as shown
 * @param text what and why, as shown
 * @param components names of what it hits
 * @param startsAt planned start
 * @param endsAt planned end
 * @param author who planned it
 */
public record Maintenance(
    String id,
    String title,
    String text,
    List<String> components,
    Instant startsAt,
    Instant endsAt,
    String author) {
  public Maintenance {
    components = List.copyOf(components);
  }

  /** The same, over sooner or later than planned. */
  public Maintenance endedAt(Instant end) {
    return new Maintenance(id, title, text, components, startsAt, end, author);
  }

  /** Whether it is under way. */
  public boolean active(Instant now) {
    return !now.isBefore(startsAt) && now.isBefore(endsAt);
  }
}
