package io.tocsin.postmortem;

import io.tocsin.alert.Severity;
import io.tocsin.incident.Actor;
import io.tocsin.incident.ClockTargets.PostMortemDuty;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.IncidentStore;
import io.tocsin.incident.SeverityPolicy;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Drafts, keeps and edits post-mortems. A draft may replace a draft; it never replaces what a
 * person wrote. Calls wait for the store.
 */
public final class Postmortems {

  /** Characters of an edited text. */
  public static final int LONGEST_TEXT = 200_000;

  private static final int MOST_UNDRAFTED = 500;

  private final PostmortemStore store;
  private final SeverityPolicy policy;
  private final Function<Incident, Beforehand> lookBack;
  private final Supplier<DuePolicy> due;

  /** One that does not look at the time before an incident. */
  public Postmortems(PostmortemStore store, SeverityPolicy policy) {
    this(store, policy, incident -> Beforehand.UNKNOWN, () -> DuePolicy.DEFAULT);
  }

  /**
   * @param lookBack finds out what was going on before an incident; asked for each draft, may block
   * @param due until when they are to be published, now
   */
  public Postmortems(
      PostmortemStore store,
      SeverityPolicy policy,
      Function<Incident, Beforehand> lookBack,
      Supplier<DuePolicy> due) {
    this.store = store;
    this.policy = policy;
    this.lookBack = lookBack;
    this.due = due;
  }

  /** Whether this incident owes a post-mortem, by the worst severity it had. */
  public PostMortemDuty duty(Evidence evidence) {
    return duty(evidence.peak());
  }

  /** Whether an incident owes one that was that bad at its worst. */
  PostMortemDuty duty(Severity peak) {
    return policy.of(peak).postMortem();
  }

  /** Drafts one if it is required or recommended: for every resolved incident. */
  public Optional<Postmortem> onResolved(Evidence evidence, Instant now) {
    return switch (duty(evidence)) {
      case REQUIRED, RECOMMENDED -> Optional.of(draft(evidence, now));
      case AS_NEEDED, NOT_REQUIRED -> Optional.empty();
    };
  }

  /**
   * Incidents that ended since then and have no post-mortem, or only a draft of an earlier end: the
   * process may have been killed between their end and the draft.
   */
  public List<IncidentId> undrafted(IncidentStore incidents, Instant since) {
    var ended =
        new IncidentStore.Filter(
            List.of(Incident.State.RESOLVED),
            List.of(),
            Optional.empty(),
            Optional.of(since),
            MOST_UNDRAFTED);
    return incidents.search(ended).stream()
        .filter(incident -> store.latest(incident.id()).map(it -> older(it, incident)).orElse(true))
        .map(Incident::id)
        .toList();
  }

  private static boolean older(Postmortem latest, Incident incident) {
    return latest.origin() == Postmortem.Origin.DRAFTED
        && incident.resolvedAt().filter(end -> latest.at().isBefore(end)).isPresent();
  }

  /**
   * Writes a fresh draft and keeps it as the next version, unless a person has edited the text:
   * then that stays, and is the answer. {@link #preview} shows what a draft would say now.
   */
  public Postmortem draft(Evidence evidence, Instant now) {
    IncidentId incident = evidence.incident().id();
    Draft draft = preview(evidence, now);
    Optional<Postmortem> latest = store.latest(incident);
    if (latest.isPresent() && latest.get().origin() == Postmortem.Origin.EDITED) {
      return latest.get();
    }
    var next =
        new Postmortem(
            incident,
            latest.map(Postmortem::version).orElse(0) + 1,
            Postmortem.Origin.DRAFTED,
            Actor.SYSTEM.name(),
            now,
            draft.markdown(),
            draft.charts());
    // Whoever was faster drafted from the same evidence or edited: either way theirs stands.
    return store.append(next) ? next : store.latest(incident).orElse(next);
  }

  /** What a draft would say now; nothing is kept. */
  public Draft preview(Evidence evidence, Instant now) {
    return DraftWriter.write(evidence, lookBack.apply(evidence.incident()), duty(evidence), now);
  }

  /** See {@link PostmortemStore#search}. */
  public List<Postmortem> search(String words, int limit) {
    return store.search(words, limit);
  }

  /** Until when an incident's is to be published that was that bad at its worst. */
  Optional<Instant> dueAt(Incident incident, Severity peak) {
    return due.get()
        .within(duty(peak))
        .flatMap(within -> incident.resolvedAt().map(end -> end.plus(within)));
  }

  /** The newest version's number of each that is written. */
  Map<IncidentId, Integer> written(Collection<IncidentId> incidents) {
    return store.written(incidents);
  }

  /** All versions, oldest first. */
  public List<Postmortem> versions(IncidentId incident) {
    return store.versions(incident);
  }

  /** The newest version. */
  public Optional<Postmortem> latest(IncidentId incident) {
    return store.latest(incident);
  }

  /**
   * Keeps a person's text as the next version.
   *
   * @param basedOn the version the person had before them
   * @throws Outdated when there is another by now; nothing is kept
   * @throws IllegalArgumentException when the text is empty or longer than {@link #LONGEST_TEXT}
   */
  public Postmortem edit(
      IncidentId incident, int basedOn, String author, String markdown, Instant now) {
    if (markdown.isBlank() || markdown.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "post-mortem: found %d characters, expected 1 to %d"
              .formatted(markdown.length(), LONGEST_TEXT));
    }
    Optional<Postmortem> latest = store.latest(incident);
    int version = latest.map(Postmortem::version).orElse(0);
    var next =
        new Postmortem(
            incident,
            version + 1,
            Postmortem.Origin.EDITED,
            author,
            now,
            markdown,
            latest.map(Postmortem::charts).orElseGet(List::of));
    if (version != basedOn || !store.append(next)) {
      throw new Outdated(incident, basedOn);
    }
    return next;
  }

  /** Somebody else kept a newer version meanwhile: answer 409. */
  public static final class Outdated extends RuntimeException {
    private static final long serialVersionUID = 1;

    Outdated(IncidentId incident, int basedOn) {
      super(
          "post-mortem of %s: version %d is not the newest any more".formatted(incident, basedOn));
    }
  }
}
