package io.tocsin.web;

import io.tocsin.alert.MarkedAlert;
import io.tocsin.silence.Maintenance;
import io.tocsin.silence.MaintenanceStep;
import io.tocsin.statuspage.PageSpec;
import io.tocsin.statuspage.PlannedWork;
import io.tocsin.statuspage.PublicWords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Planned work as operators see it.
 *
 * @param work as planned
 * @param stage where it stands
 * @param shown as the public reads it; empty when none of its components is listed
 * @param hits firing alerts of its components: muted while it is under way
 * @param reminder when it is recalled, if that is still to come
 */
public record MaintenanceView(
    Maintenance work,
    PlannedWork.Stage stage,
    Optional<PlannedWork> shown,
    List<MarkedAlert> hits,
    Optional<Instant> reminder) {

  static MaintenanceView of(
      Maintenance work,
      List<MaintenanceStep> told,
      PageSpec page,
      List<MarkedAlert> firing,
      Duration remindBefore,
      Instant now) {
    PlannedWork.Stage stage = PlannedWork.stage(work, now);
    List<MarkedAlert> hits =
        stage == PlannedWork.Stage.COMPLETED
            ? List.of()
            : firing.stream()
                .filter(
                    it -> work.components().stream().anyMatch(it.alert().components()::contains))
                .toList();
    boolean reminded =
        told.stream()
            .anyMatch(
                step ->
                    step.maintenance().equals(work.id())
                        && step.kind() == MaintenanceStep.Kind.REMINDED);
    return new MaintenanceView(
        work,
        stage,
        PlannedWork.of(work, told, page, now),
        hits,
        Optional.of(work.startsAt().minus(remindBefore))
            .filter(at -> at.isAfter(now) && !reminded));
  }

  /** Where it stands, as the public reads it. */
  public String words() {
    return PublicWords.ENGLISH.stage(stage);
  }

  /** What was told, in words. */
  public String step(PlannedWork.Step step) {
    return PublicWords.ENGLISH.step(step);
  }

  public boolean upcoming() {
    return stage == PlannedWork.Stage.SCHEDULED;
  }

  public boolean active() {
    return stage == PlannedWork.Stage.IN_PROGRESS;
  }

  public boolean over() {
    return stage == PlannedWork.Stage.COMPLETED;
  }

  /** When it is, as in {@code 21 Nov, 12:00 UTC to 14:00 UTC}. */
  public String when() {
    return Times.dayMinute(work.startsAt()) + " to " + Times.near(work.endsAt(), work.startsAt());
  }

  /** How long until something happens, or since. */
  public String distance(Instant now) {
    return switch (stage) {
      case SCHEDULED -> "begins " + Times.ago(work.startsAt(), now);
      case IN_PROGRESS -> "ends " + Times.ago(work.endsAt(), now);
      case COMPLETED -> "ended " + Times.ago(work.endsAt(), now);
    };
  }

  /** What it does to alerts, in words. */
  public String muting() {
    if (hits.isEmpty()) {
      return "no alert of its components fires";
    }
    String alerts = hits.size() == 1 ? "1 alert" : hits.size() + " alerts";
    return active() ? "mutes " + alerts + " now" : alerts + " of its components fire now";
  }

  /** Tells two states of one plan apart. */
  public String version() {
    return Integer.toHexString(work.toString().hashCode());
  }
}
