package io.tocsin.runbook;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A page: what to do when an alert fires, or a playbook.
 *
 * @param name of the alert, and of the file
 * @param playbook whether it belongs to no alert
 * @param severity as written in its front matter
 * @param owner who keeps it true
 * @param dashboards titles of boards
 * @param lastReviewed when its owner last read it; empty when it does not say
 * @param markdown the page without its front matter
 */
public record Runbook(
    String name,
    boolean playbook,
    String severity,
    String owner,
    List<String> dashboards,
    Optional<LocalDate> lastReviewed,
    String markdown) {

  /** A page that nobody has read for longer than this is stale. */
  public static final Duration FRESH = Duration.ofDays(90);

  public Runbook {
    dashboards = List.copyOf(dashboards);
  }

  /** Reads a page; what its front matter does not say is empty. */
  public static Runbook parse(String name, String text) {
    var front = new TreeMap<String, String>();
    String body = text.replace("\r\n", "\n");
    int end = body.startsWith("---\n") ? body.indexOf("\n---\n", 3) : -1;
    if (end > 0) {
      for (String line : body.substring(4, end).split("\n")) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          front.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
      }
      body = body.substring(end + 5);
    }
    return new Runbook(
        name,
        front.containsKey("playbook"),
        front.getOrDefault("severity", ""),
        front.getOrDefault("owner", ""),
        list(front.getOrDefault("dashboards", "")),
        date(front.getOrDefault("last_reviewed", "")),
        body.strip());
  }

  private static List<String> list(String text) {
    var items = new ArrayList<String>();
    for (String item : text.replaceAll("^\\[|]$", "").split(",")) {
      if (!item.isBlank()) {
        items.add(item.strip());
      }
    }
    return items;
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Whether its owner has not read it for 90 days, or it does not say when. */
  public boolean stale(LocalDate today) {
    return lastReviewed.map(day -> day.plusDays(FRESH.toDays()).isBefore(today)).orElse(true);
  }
}
