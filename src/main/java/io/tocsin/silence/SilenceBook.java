package io.tocsin.silence;

import io.tocsin.label.Matcher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How silences are set, changed, approved and ended, with Alertmanager's rules: a change that would
 * make it another silence ends the old one and begins a new one. Calls block, as the store does.
 *
 * @see <a href="https://prometheus.io/docs/alerting/latest/alertmanager/#silences">Alertmanager,
 *     silences</a>
 */
public final class SilenceBook {

  /** Ended silences can be read for so long. */
  public static final Duration KEPT = Duration.ofDays(5);

  private final SilenceStore store;
  private final Supplier<String> ids;
  private final boolean secondPerson;
  private final Runnable changed;

  /**
   * @param ids a fresh id at each call
   * @param secondPerson whether hiding a CRITICAL alert needs a second person's word
   * @param changed called after every change, so that the road reads anew
   */
  public SilenceBook(
      SilenceStore store, Supplier<String> ids, boolean secondPerson, Runnable changed) {
    this.store = store;
    this.ids = ids;
    this.secondPerson = secondPerson;
    this.changed = changed;
  }

  /**
   * What a person asks for.
   *
   * @param id of the silence to change; empty for a new one
   */
  public record Draft(
      Optional<String> id,
      List<Matcher> matchers,
      Instant startsAt,
      Instant endsAt,
      String author,
      String comment,
      Optional<Recurrence> recurrence) {
    public Draft {
      matchers = List.copyOf(matchers);
    }
  }

  /** What became of a wish. */
  public sealed interface Outcome {
    record Done(Silence silence) implements Outcome {}

    record NotFound(String id) implements Outcome {}

    record Refused(String reason) implements Outcome {}
  }

  /** Those that hold or will, and those that ended within the last days, by start. */
  public List<Silence> all(Instant now) {
    return store.endingAfter(now.minus(KEPT));
  }

  public Optional<Silence> find(String id) {
    return store.find(id);
  }

  /**
   * Sets a silence.
   *
   * @param by the principal who asks
   * @throws IllegalArgumentException when the draft is none; the message names the field
   */
  public Outcome set(Draft draft, String by, Instant now) {
    if (!draft.endsAt.isAfter(draft.startsAt)) {
      throw new IllegalArgumentException("endsAt: start time must be before end time");
    }
    if (draft.recurrence.isEmpty() && draft.endsAt.isBefore(now)) {
      throw new IllegalArgumentException("endsAt: end time can't be in the past");
    }
    Optional<Silence> old = draft.id.flatMap(store::find);
    if (draft.id.isPresent() && old.isEmpty()) {
      return new Outcome.NotFound(draft.id.get());
    }
    if (old.isPresent() && same(old.get(), draft, now)) {
      return saved(silence(old.get().id(), draft, by, kept(old.get(), draft), now));
    }
    Silence fresh = silence(ids.get(), draft, by, Optional.empty(), now);
    old.filter(silence -> silence.state(now) != Silence.State.EXPIRED)
        .ifPresent(silence -> store.save(silence.expired(now)));
    return saved(fresh);
  }

  /** The silence that a draft would become, without setting it. */
  public Silence preview(Draft draft, String by, Instant now) {
    return silence("preview", draft, by, Optional.empty(), now);
  }

  /** Ends one. */
  public Outcome expire(String id, Instant now) {
    Optional<Silence> old = store.find(id);
    if (old.isEmpty()) {
      return new Outcome.NotFound(id);
    }
    return old.get().state(now) == Silence.State.EXPIRED
        ? new Outcome.Done(old.get())
        : saved(old.get().expired(now));
  }

  /** A second person says that it may hide CRITICAL alerts too. */
  public Outcome approve(String id, String by, Instant now) {
    return approve(id, new Silence.Approval(by, now), now);
  }

  /**
   * The same where access is open and everybody is one principal: two people name themselves, the
   * author when the silence is set and the approver now, and the approval says that it is only
   * said.
   *
   * @param name of the second person
   * @param shared the principal that everybody is
   */
  public Outcome approveByName(String id, String name, String shared, Instant now) {
    Optional<Silence> silence = store.find(id);
    String author = silence.map(Silence::author).orElse("");
    if (author.equals(shared)) {
      return new Outcome.Refused(
          "its author is not named, so nobody can be the second person: set it with an author");
    }
    if (name.strip().equalsIgnoreCase(author.strip())) {
      return new Outcome.Refused("a second person must approve it: " + name + " set it");
    }
    return approve(id, new Silence.Approval(name.strip(), now, true), now);
  }

  private Outcome approve(String id, Silence.Approval word, Instant now) {
    Optional<Silence> old = store.find(id);
    if (old.isEmpty()) {
      return new Outcome.NotFound(id);
    }
    Silence silence = old.get();
    if (silence.state(now) == Silence.State.EXPIRED) {
      return new Outcome.Refused("it has ended");
    }
    if (silence.approval().isPresent()) {
      return new Outcome.Done(silence);
    }
    return word.by().equals(silence.setBy()) || word.by().equals(silence.author())
        ? new Outcome.Refused("a second person must approve it: " + word.by() + " set it")
        : saved(silence.approved(word));
  }

  private Outcome saved(Silence silence) {
    store.save(silence);
    changed.run();
    return new Outcome.Done(silence);
  }

  /** Whether it stays the same silence: the same alerts, and nothing of the past is rewritten. */
  private static boolean same(Silence old, Draft draft, Instant now) {
    if (!old.matchers().equals(draft.matchers)) {
      return false;
    }
    return switch (old.state(now)) {
      case EXPIRED -> false;
      case ACTIVE ->
          old.startsAt().getEpochSecond() == draft.startsAt.getEpochSecond()
              && !draft.endsAt.isBefore(now);
      case PENDING -> !draft.startsAt.isBefore(now);
    };
  }

  /** A second person's word does not cover more than it was given for. */
  private static Optional<Silence.Approval> kept(Silence old, Draft draft) {
    boolean longer =
        draft.endsAt.isAfter(old.endsAt()) || !draft.recurrence.equals(old.recurrence());
    return longer ? Optional.empty() : old.approval();
  }

  private Silence silence(
      String id, Draft draft, String by, Optional<Silence.Approval> approval, Instant now) {
    boolean past = draft.recurrence.isEmpty() && draft.startsAt.isBefore(now);
    boolean known = store.find(id).isPresent();
    Optional<Silence.Approval> word =
        secondPerson ? approval : Optional.of(new Silence.Approval("the configuration", now));
    return new Silence(
        id,
        draft.matchers,
        past && !known ? now : draft.startsAt,
        draft.endsAt,
        draft.author,
        draft.comment,
        by,
        now,
        draft.recurrence,
        word);
  }
}
