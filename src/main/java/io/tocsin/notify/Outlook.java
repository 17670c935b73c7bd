package io.tocsin.notify;

import io.tocsin.alert.Mute;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.Page;
import io.tocsin.incident.Timeline;
import io.tocsin.notify.Audience.Seat;
import io.tocsin.notify.Sent.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells of every group when it will be told of next, and why then: the planner's mind, read. */
public final class Outlook {
  private final Audience audience;

  public Outlook(RoutingTree tree, Receivers receivers) {
    this.audience = new Audience(tree, receivers);
  }

  private record Next(Optional<Instant> at, String why) {
    static Next none(String why) {
      return new Next(Optional.empty(), why);
    }

    static Next at(Instant at, String why) {
      return new Next(Optional.of(at), why);
    }
  }

  /**
   * Every group of the open incidents.
   *
   * @param muted incidents that make no sound now
   * @param sent what was told before
   */
  public List<GroupView> of(List<Incident> open, Set<IncidentId> muted, Sent sent, Instant now) {
    var views = new ArrayList<GroupView>();
    for (Incident incident : open) {
      Map<Conversation, Told> told = sent.of(incident.id());
      for (Seat seat : audience.of(incident)) {
        Told last = told.get(seat.conversation());
        Next next =
            muted.contains(incident.id())
                ? Next.none("all its alerts are muted; it is told when one is not")
                : next(seat, last, now);
        views.add(view(seat, incident, last, next));
      }
    }
    return views;
  }

  private static GroupView view(Seat seat, Incident incident, @Nullable Told last, Next next) {
    return new GroupView(
        incident.id(),
        incident.number(),
        incident.title(),
        incident.severity(),
        incident.group(),
        seat.conversation().destination(),
        seat.conversation().dedupKey(),
        seat.reason(),
        Extent.of(seat.incident()).active(),
        Optional.ofNullable(last).map(Told::at),
        next.at,
        next.why);
  }

  private static Next next(Seat seat, @Nullable Told last, Instant now) {
    Optional<Mute.ByTimeInterval> quiet = seat.quiet(now);
    if (quiet.isPresent()) {
      String hours = (quiet.get().within() ? "during " : "outside ") + quiet.get().name();
      return new Next(seat.route().hours().soundAfter(now), "its route is quiet " + hours);
    }
    if (!seat.burning()) {
      return Next.none("none of its alerts fires");
    }
    if (last == null || !last.open()) {
      Optional<Page> called = waiting(seat, now);
      if (seat.called() && called.isPresent()) {
        return Next.at(called.get().due(), contactRule(called.get()));
      }
      if (seat.called() && seat.pages().stream().noneMatch(seat.incident().paging()::live)) {
        return Next.none("acknowledged before it was called");
      }
      Duration wait = seat.route().groupWait();
      return Next.at(
          seat.incident().openedAt().plus(wait), "group_wait of " + Timeline.words(wait) + " ends");
    }
    return later(seat, last);
  }

  /** Who was called and is to hear of it only some time after, by a rule of theirs. */
  private static Optional<Page> waiting(Seat seat, Instant now) {
    return seat.pages().stream()
        .filter(page -> page.due().isAfter(now) && seat.incident().paging().live(page))
        .min(Comparator.comparing(Page::due));
  }

  private static String contactRule(Page page) {
    Duration wait = Duration.between(page.raisedAt(), page.due());
    return page.person() + "'s contact rule waits " + Timeline.words(wait);
  }

  private static Next later(Seat seat, Told last) {
    Extent extent = Extent.of(seat.incident());
    if (extent.active() > 0 && extent.digest() != last.digest()) {
      Duration interval = seat.route().groupInterval();
      return Next.at(
          last.at().plus(interval),
          "its alerts changed; group_interval of " + Timeline.words(interval) + " ends");
    }
    if (seat.incident().acknowledgedAt().isPresent()) {
      return Next.none("acknowledged: it is not told the same again");
    }
    Duration interval = seat.route().repeatInterval();
    return Next.at(
        last.at().plus(interval),
        "nobody has acknowledged; repeat_interval of " + Timeline.words(interval) + " ends");
  }
}
