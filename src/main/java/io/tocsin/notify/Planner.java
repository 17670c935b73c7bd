package io.tocsin.notify;

import io.tocsin.incident.Change;
import io.tocsin.incident.Clock;
import io.tocsin.incident.ClockState;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.Page;
import io.tocsin.incident.Recorder;
import io.tocsin.incident.Timeline;
import io.tocsin.notify.Audience.Seat;
import io.tocsin.notify.Sent.Told;
import io.tocsin.notify.Transition.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is told what now: it holds what is against what each destination was last told, so a
 * message that could not be planned before is planned now. Used by one thread.
 */
public final class Planner {
  private final Audience audience;
  private final Map<Destination, Destination> notes;

  /** Seats of incidents that did not change since the last plan. */
  private Map<IncidentId, Seated> seated = new HashMap<>();

  private record Seated(Incident incident, AlertRoutes routes, List<Seat> seats) {}

  public Planner(RoutingTree tree, Receivers receivers) {
    this.audience = new Audience(tree, receivers);
    this.notes = receivers.notes();
  }

  /**
   * The messages that are due.
   *
   * @param recorder what happened in this cycle, and the incidents after it
   * @param muted incidents that make no sound now; their end is told nevertheless
   * @param sent what was told before
   */
  public List<Message> plan(Recorder recorder, Set<IncidentId> muted, Sent sent, Instant now) {
    var news = new HashMap<IncidentId, List<IncidentEvent>>();
    for (IncidentEvent event : recorder.events()) {
      news.computeIfAbsent(event.incident(), id -> new ArrayList<>()).add(event);
    }
    var incidents = new LinkedHashMap<IncidentId, Incident>();
    recorder.lookedAt().forEach(incident -> incidents.put(incident.id(), incident));
    recorder.changed().forEach(incident -> incidents.put(incident.id(), incident));

    var messages = new ArrayList<Message>();
    Map<IncidentId, Seated> seats = recorder.whole() ? new HashMap<>() : seated;
    for (Incident incident : incidents.values()) {
      Seated mine = seats(incident);
      seats.put(incident.id(), mine);
      new Briefing(
              incident,
              news.getOrDefault(incident.id(), List.of()),
              muted.contains(incident.id()),
              notes,
              now,
              messages)
          .hold(mine.seats(), sent.of(incident.id()));
    }
    seated = seats;
    return messages;
  }

  /**
   * An incident that did not change is the same object: comparing ten thousand alerts takes long.
   */
  @SuppressWarnings("ReferenceEquality")
  private Seated seats(Incident incident) {
    Seated known = seated.get(incident.id());
    if (known != null && known.incident() == incident) {
      return known;
    }
    AlertRoutes routes =
        (known == null ? AlertRoutes.NONE : known.routes()).of(incident.alerts(), audience.tree());
    return new Seated(incident, routes, audience.of(incident, routes));
  }

  /** One incident and what there is to tell of it. */
  private static final class Briefing {
    private final Incident incident;
    private final List<IncidentEvent> news;
    private final boolean muted;
    private final Map<Destination, Destination> notes;
    private final Instant now;
    private final List<Message> messages;

    Briefing(
        Incident incident,
        List<IncidentEvent> news,
        boolean muted,
        Map<Destination, Destination> notes,
        Instant now,
        List<Message> messages) {
      this.incident = incident;
      this.news = news;
      this.muted = muted;
      this.notes = notes;
      this.now = now;
      this.messages = messages;
    }

    void hold(List<Seat> seats, Map<Conversation, Told> told) {
      for (Seat seat : seats) {
        Told last = told.get(seat.conversation());
        brief(seat, last);
        note(seat, last);
      }
      if (!incident.open() || news.stream().anyMatch(Briefing::split)) {
        Set<Conversation> seen = seats.stream().map(Seat::conversation).collect(Collectors.toSet());
        told.forEach((conversation, last) -> closeOrphan(conversation, last, seen));
      }
    }

    private static boolean split(IncidentEvent event) {
      return event.change() instanceof Change.SplitOff;
    }

    /**
     * Whoever was told of it and has no seat any more must hear that it is over: also one whose
     * alerts all left for another incident.
     */
    private void closeOrphan(Conversation conversation, Told last, Set<Conversation> seen) {
      if (last.open() && !seen.contains(conversation)) {
        String reason = "it was told of the beginning";
        add(conversation, incident, Kind.RESOLVED, lastSeq(Kind.RESOLVED), 0, reason);
      }
    }

    /**
     * Notes make no sound, so they go in quiet hours too; only to those who know of the trouble.
     */
    private void note(Seat seat, @Nullable Told last) {
      if (news.isEmpty() || last == null || !last.open()) {
        return;
      }
      Destination keeper = notes.get(seat.conversation().destination());
      if (keeper == null) {
        return;
      }
      var conversation = new Conversation(keeper, seat.conversation().dedupKey());
      for (IncidentEvent event : news) {
        if (event.change() instanceof Change.NoteAdded && !NoteMark.fromThere(event.actor())) {
          add(conversation, seat.incident(), Kind.NOTE, event.seq(), 0, seat.reason());
        }
      }
    }

    private void brief(Seat seat, @Nullable Told last) {
      boolean burning = seat.burning();
      boolean quiet = seat.quiet(now).isPresent();
      if (last == null || !last.open()) {
        if (burning && !muted) {
          begin(seat, last != null, quiet);
        }
      } else if (!burning) {
        tell(seat, Kind.RESOLVED, lastSeq(Kind.RESOLVED), 0);
      } else if (!muted) {
        boolean told = ring(seat, last);
        boolean news = !quiet && tellNews(seat);
        if (!quiet && !told && !news) {
          tellLevels(seat, last);
        }
      }
    }

    /** The newest page that came due since something was last told. */
    private boolean ring(Seat seat, @Nullable Told last) {
      Optional<Page> page =
          due(seat)
              .filter(it -> last == null || it.due().isAfter(last.at()) || it.seq() > last.seq());
      page.ifPresent(
          it ->
              add(
                  seat.conversation(),
                  seat.incident(),
                  Kind.ESCALATED,
                  it.seq(),
                  again(seat, it),
                  why(it)));
      return page.isPresent();
    }

    private Optional<Page> due(Seat seat) {
      for (Page page : seat.pages().reversed()) {
        if (!page.due().isAfter(now) && incident.paging().live(page)) {
          return Optional.of(page);
        }
      }
      return Optional.empty();
    }

    /** The how-manieth page of one step it is; a contact rule may name a receiver twice. */
    private static int again(Seat seat, Page page) {
      return (int)
          seat.pages().stream()
              .takeWhile(other -> !other.equals(page))
              .filter(other -> other.seq() == page.seq())
              .count();
    }

    private static String why(Page page) {
      String step = page.step() == 0 ? "escalation" : "escalation step " + page.step();
      return page.person().isEmpty() ? step : step + " for " + page.person();
    }

    /** An escalation is heard at any hour. */
    private void begin(Seat seat, boolean again, boolean quiet) {
      if (seat.called() || quiet) {
        ring(seat, null);
      } else if (again) {
        tell(seat, Kind.REOPENED, lastSeq(Kind.REOPENED), Math.max(1, incident.reopened()));
      } else if (!now.isBefore(incident.openedAt().plus(seat.route().groupWait()))) {
        tell(seat, Kind.OPENED, 1, 0);
      } else {
        ring(seat, null);
      }
    }

    private boolean tellNews(Seat seat) {
      boolean any = false;
      for (IncidentEvent event : news) {
        Optional<Kind> kind = kind(event.change()).filter(k -> concerns(seat, event.change()));
        kind.ifPresent(k -> tell(seat, k, event.seq(), 0));
        any |= kind.isPresent();
      }
      return any;
    }

    /** A reminder that reached nobody's contacts is for the routes, not for whoever was called. */
    private static boolean concerns(Seat seat, Change change) {
      return !(seat.called() && change instanceof Change.ClockReminded);
    }

    private static Optional<Kind> kind(Change change) {
      return switch (change) {
        case Change.SeverityChanged c -> Optional.of(Kind.SEVERITY);
        case Change.Acknowledged c -> Optional.of(Kind.ACKNOWLEDGED);
        case Change.UpdatePosted c -> c.automatic() ? Optional.empty() : Optional.of(Kind.UPDATE);
        case Change.ClockWarned c -> Optional.of(Kind.CLOCK);
        case Change.ClockBreached c -> Optional.of(Kind.CLOCK);
        case Change.ClockReminded c ->
            c.contacts().isEmpty() ? Optional.of(Kind.CLOCK) : Optional.empty();
        case Change.ClocksPaused c -> Optional.empty();
        case Change.ClocksResumed c -> Optional.empty();
        case Change.Escalated c -> Optional.empty();
        case Change.Opened c -> Optional.empty();
        case Change.AlertsChanged c -> Optional.empty();
        case Change.Unacknowledged c -> Optional.of(Kind.UNACKNOWLEDGED);
        case Change.Assigned c -> Optional.empty();
        case Change.RoleTaken c -> Optional.empty();
        case Change.NoteAdded c -> Optional.empty();
        case Change.TaskChanged c -> Optional.empty();
        case Change.LinkAdded c -> Optional.empty();
        case Change.Linked c -> Optional.empty();
        case Change.StakeholdersInformed c -> Optional.empty();
        case Change.PublicationChanged c -> Optional.empty();
        case Change.Resolved c -> Optional.empty();
        case Change.Reopened c -> Optional.empty();
        case Change.MergedInto c -> Optional.empty();
        case Change.SplitOff c -> Optional.empty();
        case Change.SplitFrom c -> Optional.empty();
        case Change.RoleProposed c -> Optional.empty();
        case Change.AlertsMasked c -> Optional.empty();
      };
    }

    /** Joined or left alerts after group_interval; the same again after repeat_interval. */
    private void tellLevels(Seat seat, Told last) {
      Duration since = Duration.between(last.at(), now);
      if (since.compareTo(seat.route().groupInterval()) >= 0 && otherAlerts(seat, last)) {
        tell(seat, Kind.ALERTS_CHANGED, incident.lastSeq(), 0);
      } else if (incident.acknowledgedAt().isEmpty()
          && since.compareTo(seat.route().repeatInterval()) >= 0) {
        tell(seat, Kind.REPEAT, incident.lastSeq(), last.repeats() + 1);
      }
    }

    private static boolean otherAlerts(Seat seat, Told last) {
      Extent extent = Extent.of(seat.incident());
      return extent.active() > 0 && extent.digest() != last.digest();
    }

    private void tell(Seat seat, Kind kind, long seq, int count) {
      add(seat.conversation(), seat.incident(), kind, seq, count, seat.reason());
    }

    private void add(Conversation to, Incident told, Kind kind, long seq, int count, String why) {
      var transition = new Transition(seq, kind, count);
      messages.add(
          new Message(
              to.destination(),
              to.dedupKey(),
              transition,
              Extent.cut(told),
              text(kind, seq),
              why,
              now,
              Extent.of(told)));
    }

    /** Number of the event behind a kind: of this cycle if there is one, else the newest. */
    private long lastSeq(Kind kind) {
      long seq = incident.lastSeq();
      for (IncidentEvent event : news) {
        boolean same =
            switch (kind) {
              case RESOLVED ->
                  event.change() instanceof Change.Resolved
                      || event.change() instanceof Change.MergedInto;
              case REOPENED -> event.change() instanceof Change.Reopened;
              case OPENED,
                  ALERTS_CHANGED,
                  SEVERITY,
                  ACKNOWLEDGED,
                  UNACKNOWLEDGED,
                  ESCALATED,
                  UPDATE,
                  CLOCK,
                  REPEAT,
                  NOTE,
                  REMINDER ->
                  false;
            };
        seq = same ? event.seq() : seq;
      }
      return seq;
    }

    /** What is told of; none when it happened in an earlier cycle, as with a later ring. */
    private Optional<IncidentEvent> event(long seq) {
      return news.stream().filter(event -> event.seq() == seq).findFirst();
    }

    private String escalated(long seq) {
      if (incident.acknowledgedAt().isPresent()) {
        return event(seq)
            .map(IncidentEvent::change)
            .filter(Change.Escalated.class::isInstance)
            .map(change -> ": " + ((Change.Escalated) change).reason())
            .orElse(": help is asked for");
      }
      // Anew since it came back, or since an acknowledgement was taken back.
      Instant owed =
          incident.clocks().stream()
              .filter(clock -> clock.clock() == Clock.RESPONSE)
              .map(ClockState::startedAt)
              .findFirst()
              .orElse(incident.openedAt());
      Duration waiting = Duration.between(owed, now);
      return waiting.toMinutes() < 1 ? "" : ": not acknowledged for " + Timeline.words(waiting);
    }

    private String text(Kind kind, long seq) {
      String name = Message.name(incident);
      return switch (kind) {
        case OPENED -> name;
        case REOPENED -> name + ": came back";
        case REPEAT ->
            name
                + ": still open after "
                + Timeline.words(Duration.between(incident.openedAt(), now));
        case RESOLVED ->
            name
                + ": resolved after "
                + Timeline.words(
                    Duration.between(incident.openedAt(), incident.resolvedAt().orElse(now)));
        case ESCALATED ->
            event(seq)
                .filter(event -> event.change() instanceof Change.ClockReminded)
                .map(event -> name + ": " + Timeline.describe(event))
                .orElseGet(() -> name + escalated(seq));
        case ALERTS_CHANGED -> name + ": " + Extent.of(incident).active() + " alerts";
        case NOTE -> event(seq).map(Timeline::describe).orElse(name);
        case SEVERITY, ACKNOWLEDGED, UNACKNOWLEDGED, UPDATE, CLOCK, REMINDER ->
            event(seq).map(event -> name + ": " + Timeline.describe(event)).orElse(name);
      };
    }
  }
}
