package io.tocsin.statuspage;

import io.tocsin.silence.Maintenance;
import io.tocsin.silence.MaintenanceStep;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Planned maintenance as the public sees it.
 *
 * @param id names it for ever
 * @param title as written by its author
 * @param text as written by its author
 * @param components the listed components it hits, in the page's order
 * @param startsAt planned start
 * @param endsAt planned end
 * @param stage where it stands
 * @param steps what was said of it, newest first
 */
public record PlannedWork(
    String id,
    String title,
    String text,
    List<PageSpec.Component> components,
    Instant startsAt,
    Instant endsAt,
    Stage stage,
    List<Step> steps) {

  /** Something that was said of it at a time. */
  public record Step(MaintenanceStep.Kind kind, Instant at) {}

  /** Names as in the Statuspage API. */
  public enum Stage {
    SCHEDULED,
    IN_PROGRESS,
    COMPLETED;

    /** As in the JSON: {@code in_progress}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public PlannedWork {
    components = List.copyOf(components);
    steps = List.copyOf(steps);
  }

  public boolean active() {
    return stage == Stage.IN_PROGRESS;
  }

  public boolean upcoming() {
    return stage == Stage.SCHEDULED;
  }

  public boolean over() {
    return stage == Stage.COMPLETED;
  }

  /** Empty when it names components of which none is listed: then it is nobody else's business. */
  public static Optional<PlannedWork> of(
      Maintenance maintenance, List<MaintenanceStep> said, PageSpec spec, Instant now) {
    List<PageSpec.Component> hit =
        spec.components().stream()
            .filter(component -> maintenance.components().contains(component.name()))
            .toList();
    if (hit.isEmpty() && !maintenance.components().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new PlannedWork(
            maintenance.id(),
            maintenance.title(),
            maintenance.text(),
            hit,
            maintenance.startsAt(),
            maintenance.endsAt(),
            stage(maintenance, now),
            said.stream()
                .filter(step -> step.maintenance().equals(maintenance.id()))
                .map(step -> new Step(step.kind(), step.at()))
                .sorted(Comparator.comparing(Step::at).thenComparing(Step::kind).reversed())
                .toList()));
  }

  /** Where planned work stands at an instant. */
  public static Stage stage(Maintenance maintenance, Instant now) {
    if (maintenance.active(now)) {
      return Stage.IN_PROGRESS;
    }
    return now.isBefore(maintenance.startsAt()) ? Stage.SCHEDULED : Stage.COMPLETED;
  }
}
