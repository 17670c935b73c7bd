package io.tocsin.silence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Something that happened to planned work and that is told once.
 *
 * @param maintenance id of the planned work
 * @param kind what happened
 * @param at when it was due; announcing is due when it is found
 */
public record MaintenanceStep(String maintenance, Kind kind, Instant at) {

  /** Scheduled, soon, under way, over: each happens once, in this order, by itself. */
  public enum Kind {
    ANNOUNCED,
    REMINDED,
    STARTED,
    COMPLETED
  }

  /**
   * What is due and not yet told, in order. A step that was slept through is still told, except an
   * announcement or a reminder of what has begun already.
   *
   * @param told kinds told already
   * @param before how long before its start planned work is recalled
   */
  public static List<MaintenanceStep> due(
      Maintenance planned, Set<Kind> told, Duration before, Instant now) {
    var due = new ArrayList<MaintenanceStep>();
    Instant reminder = planned.startsAt().minus(before);
    if (!told.contains(Kind.ANNOUNCED) && now.isBefore(planned.startsAt())) {
      due.add(new MaintenanceStep(planned.id(), Kind.ANNOUNCED, now));
    }
    boolean remind = !now.isBefore(reminder) && now.isBefore(planned.startsAt());
    if (remind && !told.contains(Kind.REMINDED)) {
      due.add(new MaintenanceStep(planned.id(), Kind.REMINDED, now));
    }
    if (!now.isBefore(planned.startsAt()) && !told.contains(Kind.STARTED)) {
      due.add(new MaintenanceStep(planned.id(), Kind.STARTED, planned.startsAt()));
    }
    if (!now.isBefore(planned.endsAt()) && !told.contains(Kind.COMPLETED)) {
      due.add(new MaintenanceStep(planned.id(), Kind.COMPLETED, planned.endsAt()));
    }
    return List.copyOf(due);
  }
}
