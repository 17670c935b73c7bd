package io.tocsin.silence;

import io.tocsin.alert.Alert;
import io.tocsin.alert.Severity;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A person's word that certain alerts make no sound for a while. A CRITICAL alert makes one
 * nevertheless until a second person has approved.
 *
 * @param id names it for ever
 * @param matchers which alerts: all must match
 * @param startsAt from when
 * @param endsAt until when; of the first occurrence when it recurs
 * @param author who said so
 * @param comment why
 * @param setBy the principal who set it
 * @param updatedAt when it was last changed
 * @param recurrence how it comes again, if it does
 * @param approval a second person's word
 */
public record Silence(
    String id,
    List<Matcher> matchers,
    Instant startsAt,
    Instant endsAt,
    String author,
    String comment,
    String setBy,
    Instant updatedAt,
    Optional<Recurrence> recurrence,
    Optional<Approval> approval) {

  /** The end of a silence that recurs without end. */
  public static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  private static final Duration LONGEST_OCCURRENCE = Duration.ofDays(366);

  /** Whether it holds. */
  public enum State {
    PENDING,
    ACTIVE,
    EXPIRED
  }

  /**
   * A second person's word that it may hide CRITICAL alerts too.
   *
   * @param by who said so
   * @param at when
   * @param unproven whether the name was only said, as where access is open nobody can prove one
   */
  public record Approval(String by, Instant at, boolean unproven) {

    /** The word of somebody who proved who it is. */
    public Approval(String by, Instant at) {
      this(by, at, false);
    }
  }

  /** A silence that does not recur and that nobody approved. */
  public Silence(
      String id,
      List<Matcher> matchers,
      Instant startsAt,
      Instant endsAt,
      String author,
      String comment) {
    this(
        id,
        matchers,
        startsAt,
        endsAt,
        author,
        comment,
        author,
        startsAt,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * @throws IllegalArgumentException when nothing would be matched on, or it ends before it starts
   */
  public Silence {
    matchers = List.copyOf(matchers);
    if (matchers.stream().allMatch(matcher -> matcher.matches(""))) {
      throw new IllegalArgumentException(
          "matchers: found none that needs a label, expected at least one");
    }
    if (endsAt.isBefore(startsAt)) {
      throw new IllegalArgumentException(
          "endsAt: found " + endsAt + ", expected an instant after " + startsAt);
    }
    if (recurrence.isPresent()
        && Duration.between(startsAt, endsAt).compareTo(LONGEST_OCCURRENCE) > 0) {
      throw new IllegalArgumentException(
          "endsAt: found " + endsAt + ", expected at most a year after " + startsAt);
    }
  }

  /** Whether it holds now. */
  public boolean active(Instant now) {
    return !now.isBefore(startsAt)
        && recurrence
            .map(it -> it.underWay(startsAt, length(), now).isPresent())
            .orElse(now.isBefore(endsAt));
  }

  public State state(Instant now) {
    if (active(now)) {
      return State.ACTIVE;
    }
    return now.isBefore(overAt()) && next(now).isPresent() ? State.PENDING : State.EXPIRED;
  }

  /** When it begins next, if it does. */
  public Optional<Instant> next(Instant now) {
    return now.isBefore(startsAt)
        ? Optional.of(startsAt)
        : recurrence.flatMap(it -> it.next(startsAt, now));
  }

  /** After this instant it never holds again, as far as can be told without counting. */
  public Instant overAt() {
    return recurrence.isPresent() ? NEVER : endsAt;
  }

  /** When it ends that holds now, or the end of the next occurrence. */
  public Instant endsNext(Instant now) {
    return recurrence
        .flatMap(it -> it.underWay(startsAt, length(), now).or(() -> next(now)))
        .map(start -> start.plus(length()))
        .orElse(endsAt);
  }

  private Duration length() {
    return Duration.between(startsAt, endsAt);
  }

  /** Whether it is about these labels, whatever the time. */
  public boolean matches(Labels labels) {
    return Matcher.all(matchers, labels);
  }

  /** Whether an alert makes no sound while it holds. */
  public boolean hides(Alert alert) {
    return hides(alert.labels(), alert.severity());
  }

  /** Whether an alert of this severity makes no sound while it holds. */
  public boolean hides(Labels labels, Severity severity) {
    return (severity != Severity.CRITICAL || approval.isPresent()) && matches(labels);
  }

  /** The same, over from now on. */
  public Silence expired(Instant now) {
    return new Silence(
        id,
        matchers,
        now.isBefore(startsAt) ? now : startsAt,
        now,
        author,
        comment,
        setBy,
        now,
        Optional.empty(),
        approval);
  }

  /** The same with a second person's word. */
  public Silence approved(Approval word) {
    return new Silence(
        id,
        matchers,
        startsAt,
        endsAt,
        author,
        comment,
        setBy,
        word.at(),
        recurrence,
        Optional.of(word));
  }
}
