package io.tocsin.incident;

import io.tocsin.alert.Alert;
import io.tocsin.alert.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One piece of trouble as it stands: the fold of its events.
 *
 * @param id names it for ever; the deduplication key of receivers
 * @param number counts up for people (#184)
 * @param group what belongs together
 * @param title a line for people
 * @param severity now
 * @param state open or over
 * @param phase what the public is told
 * @param published whether the status page shows it
 * @param components names of what it hits
 * @param alerts its alerts, those that ended included, by newest state
 * @param openedAt start of the episode
 * @param acknowledgedAt when somebody took it; empty while nobody has
 * @param acknowledgedBy who took it
 * @param assignee who is to have it
 * @param roles role to person
 * @param resolvedAt when it ended
 * @param reopened how often it came back
 * @param escalationStep last step taken, 0 = none
 * @param clocks what it owes
 * @param updates words posted, oldest first
 * @param lastSeq number of its newest event
 * @param paging how far its escalation went
 * @param proposed role to the person who was proposed for it and has not taken it
 * @param masked what it explains: alerts that make no sound because of one of its own
 */
public record Incident(
    IncidentId id,
    long number,
    GroupKey group,
    String title,
    Severity severity,
    State state,
    Phase phase,
    boolean published,
    List<String> components,
    List<Alert> alerts,
    Instant openedAt,
    Optional<Instant> acknowledgedAt,
    Optional<String> acknowledgedBy,
    Optional<String> assignee,
    Map<String, String> roles,
    Optional<Instant> resolvedAt,
    int reopened,
    int escalationStep,
    List<ClockState> clocks,
    List<Update> updates,
    long lastSeq,
    Paging paging,
    Map<String, String> proposed,
    Masked masked) {

  /** Open, over, or part of another now. */
  public enum State {
    OPEN,
    RESOLVED,
    MERGED
  }

  /** Words posted on an incident. */
  public record Update(
      Instant at, Actor actor, Phase phase, boolean isPublic, boolean automatic, String text) {}

  public Incident {
    components = List.copyOf(components);
    alerts = List.copyOf(alerts);
    roles = Map.copyOf(roles);
    clocks = List.copyOf(clocks);
    updates = List.copyOf(updates);
    // What was kept by an older version knows nothing of these.
    paging = Objects.requireNonNullElse(paging, Paging.NONE);
    proposed = Map.copyOf(Objects.requireNonNullElse(proposed, Map.<String, String>of()));
    masked = Objects.requireNonNullElse(masked, Masked.NONE);
  }

  /** One for which nobody was called. */
  public Incident(
      IncidentId id,
      long number,
      GroupKey group,
      String title,
      Severity severity,
      State state,
      Phase phase,
      boolean published,
      List<String> components,
      List<Alert> alerts,
      Instant openedAt,
      Optional<Instant> acknowledgedAt,
      Optional<String> acknowledgedBy,
      Optional<String> assignee,
      Map<String, String> roles,
      Optional<Instant> resolvedAt,
      int reopened,
      int escalationStep,
      List<ClockState> clocks,
      List<Update> updates,
      long lastSeq) {
    this(
        id,
        number,
        group,
        title,
        severity,
        state,
        phase,
        published,
        components,
        alerts,
        openedAt,
        acknowledgedAt,
        acknowledgedBy,
        assignee,
        roles,
        resolvedAt,
        reopened,
        escalationStep,
        clocks,
        updates,
        lastSeq,
        Paging.NONE,
        Map.of(),
        Masked.NONE);
  }

  /** The same with only some of its alerts: what one receiver is told of. */
  public Incident withAlerts(List<Alert> some) {
    return with(title, some);
  }

  /** The same under another line for people. */
  public Incident withTitle(String other) {
    return with(other, alerts);
  }

  private Incident with(String line, List<Alert> some) {
    return new Incident(
        id,
        number,
        group,
        line,
        severity,
        state,
        phase,
        published,
        components,
        some,
        openedAt,
        acknowledgedAt,
        acknowledgedBy,
        assignee,
        roles,
        resolvedAt,
        reopened,
        escalationStep,
        clocks,
        updates,
        lastSeq,
        paging,
        proposed,
        masked);
  }

  public boolean open() {
    return state == State.OPEN;
  }

  /** The clock of a kind, if this severity has it. */
  public Optional<ClockState> clock(Clock kind) {
    for (ClockState state : clocks) {
      if (state.clock() == kind) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
