package io.tocsin.rule;

import io.tocsin.alert.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What rules would have led to over a stretch of the past, had nothing been silenced.
 *
 * @param from the stretch's begin
 * @param to its end
 * @param evaluations how many evaluations of rules that is
 * @param incidents those that were open at some time in it, in order of their begin
 * @param fired how many times each alert would have fired
 * @param quiet alerts that fired never
 * @param skipped rules that cannot be replayed, and why
 * @param failed rules that could not be evaluated, and why
 */
public record ReplayReport(
    Instant from,
    Instant to,
    long evaluations,
    List<Incident> incidents,
    Map<String, Integer> fired,
    List<String> quiet,
    List<String> skipped,
    List<String> failed) {

  public ReplayReport {
    incidents = List.copyOf(incidents);
    fired = Map.copyOf(fired);
    quiet = List.copyOf(quiet);
    skipped = List.copyOf(skipped);
    failed = List.copyOf(failed);
  }

  /** Why somebody would have been woken. */
  public enum Reason {
    OPENED,
    REOPENED,
    WORSE
  }

  /** A moment at which somebody would have been woken. */
  public record Page(Instant at, Reason reason, Severity severity) {}

  /**
   * An incident that would have been.
   *
   * @param group the route and labels it is grouped by
   * @param severity the worst it had
   * @param openedAt may lie before the stretch
   * @param resolvedAt empty when it is open at the stretch's end
   * @param alerts labels of the alerts in it
   * @param pages within the stretch
   */
  public record Incident(
      String group,
      String title,
      Severity severity,
      Instant openedAt,
      Optional<Instant> resolvedAt,
      int reopened,
      List<String> components,
      List<String> alerts,
      List<Page> pages) {
    public Incident {
      components = List.copyOf(components);
      alerts = List.copyOf(alerts);
      pages = List.copyOf(pages);
    }
  }

  /** How many pages there would have been. */
  public int pages() {
    return incidents.stream().mapToInt(incident -> incident.pages().size()).sum();
  }
}
