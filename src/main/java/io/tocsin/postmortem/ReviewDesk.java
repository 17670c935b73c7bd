package io.tocsin.postmortem;

import io.tocsin.alert.Severity;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.IncidentStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Takes post-mortems through their review, and keeps what is to be done because of them. A text is
 * published out of its review only; what it says to the public is seen from then on. Calls wait for
 * the stores.
 */
public final class ReviewDesk {

  /** Characters of a public summary. */
  public static final int LONGEST_SUMMARY = 10_000;

  private static final int MOST_ACTIONS = 500;
  private static final int REMEMBERED = 5000;

  private final Postmortems postmortems;
  private final FollowUpStore store;
  private final IncidentStore incidents;
  private final Runnable shown;
  private final SecureRandom random = new SecureRandom();
  private final Map<IncidentId, Peak> peaks = new ConcurrentHashMap<>();

  private record Peak(long seq, Severity severity) {}

  /**
   * @param shown hears that what the public may read of a post-mortem has changed
   */
  public ReviewDesk(
      Postmortems postmortems, FollowUpStore store, IncidentStore incidents, Runnable shown) {
    this.postmortems = postmortems;
    this.store = store;
    this.incidents = incidents;
    this.shown = shown;
  }

  /** What may not be done as things stand: answer 409. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  /** Where action items and reviews are kept. */
  public FollowUpStore store() {
    return store;
  }

  /** How one stands. */
  public Story story(Incident incident) {
    return stories(List.of(incident)).getFirst();
  }

  /** How many stand, in the order given. */
  public List<Story> stories(List<Incident> asked) {
    List<IncidentId> ids = asked.stream().map(Incident::id).toList();
    Map<IncidentId, Review> reviews =
        store.reviews(ids).stream().collect(Collectors.toMap(Review::incident, it -> it));
    Map<IncidentId, Integer> versions = postmortems.written(ids);
    Map<IncidentId, List<ActionItem>> open =
        store.openActions(MOST_ACTIONS).stream()
            .collect(Collectors.groupingBy(ActionItem::incident));
    var stories = new ArrayList<Story>();
    for (Incident incident : asked) {
      Severity peak = peak(incident);
      stories.add(
          new Story(
              incident,
              postmortems.duty(peak),
              versions.getOrDefault(incident.id(), 0),
              Optional.ofNullable(reviews.get(incident.id())),
              postmortems.dueAt(incident, peak),
              open.getOrDefault(incident.id(), List.of())));
    }
    return List.copyOf(stories);
  }

  /** The worst an incident was; read once for each of its states. */
  private Severity peak(Incident incident) {
    Peak known = peaks.get(incident.id());
    if (known == null || known.seq() != incident.lastSeq()) {
      if (peaks.size() >= REMEMBERED) {
        peaks.clear();
      }
      known =
          new Peak(incident.lastSeq(), Evidence.peak(incident, incidents.events(incident.id())));
      peaks.put(incident.id(), known);
    }
    return known.severity();
  }

  /**
   * Takes a post-mortem to another state, or keeps another summary with the same state.
   *
   * @param summary words for the public; empty text takes them away, none leaves them
   * @throws Refused when there is no text, or it was not reviewed
   * @throws IllegalArgumentException when the summary is too long
   */
  public Review move(
      IncidentId incident, Review.State to, Optional<String> summary, String by, Instant now) {
    if (summary.filter(words -> words.length() > LONGEST_SUMMARY).isPresent()) {
      throw new IllegalArgumentException(
          "public_summary: found %d characters, expected at most %d"
              .formatted(summary.get().length(), LONGEST_SUMMARY));
    }
    if (postmortems.latest(incident).isEmpty()) {
      throw new Refused("incident " + incident + " has no post-mortem yet");
    }
    Optional<Review> before = store.review(incident);
    Review.State from = before.map(Review::state).orElse(Review.State.DRAFT);
    if (to == Review.State.PUBLISHED && from == Review.State.DRAFT) {
      throw new Refused(
          "the post-mortem is a draft: it is published out of its review; send it there first");
    }
    Optional<String> words =
        (summary.isPresent() ? summary : before.flatMap(Review::publicSummary))
            .map(String::strip)
            .filter(text -> !text.isEmpty());
    var review = new Review(incident, to, by, now, words);
    store.save(review);
    if (from == Review.State.PUBLISHED || to == Review.State.PUBLISHED) {
      shown.run();
    }
    return review;
  }

  /** Writes down something to do. */
  public ActionItem add(
      IncidentId incident,
      String text,
      ActionItem.Kind kind,
      Optional<String> owner,
      Optional<LocalDate> dueOn,
      ActionItem.State state,
      String author,
      Instant now) {
    var bytes = new byte[6];
    random.nextBytes(bytes);
    var item =
        new ActionItem(
            "a" + HexFormat.of().formatHex(bytes),
            incident,
            text,
            kind,
            owner,
            dueOn,
            state,
            Optional.empty(),
            author,
            now);
    store.save(item);
    return item;
  }
}
