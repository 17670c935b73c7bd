package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.access.SignedText;
import io.tocsin.oncall.CalendarFeed;
import io.tocsin.oncall.Roster;
import io.tocsin.oncall.Schedule;
import io.tocsin.oncall.Shift;
import io.tocsin.oncall.ShiftOverrideStore;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Calendars to subscribe to, one for each person and schedule. Calendar programs cannot log in, so
 * the address itself carries a signature; {@code GET /api/v1/oncall/feeds} tells the addresses.
 */
public final class CalendarRoutes implements Routes {

  private static final String PURPOSE = "calendar";
  private static final Duration PAST = Duration.ofDays(30);
  private static final Duration AHEAD = Duration.ofDays(180);

  private final Supplier<Roster> roster;
  private final ShiftOverrideStore store;
  private final SignedText signature;
  private final URI console;
  private final Blocking blocking;
  private final InstantSource clock;

  /**
   * @param console address under which people reach the operations listener
   */
  public CalendarRoutes(
      Supplier<Roster> roster,
      ShiftOverrideStore store,
      SignedText signature,
      URI console,
      Blocking blocking,
      InstantSource clock) {
    this.roster = roster;
    this.store = store;
    this.signature = signature;
    this.console = console;
    this.blocking = blocking;
    this.clock = clock;
  }

  private enum Kind {
    PERSON,
    SCHEDULE
  }

  /** A calendar's address; {@code kind} is {@code person} or {@code schedule}. */
  public record Feed(String kind, String name, String url) {}

  @Override
  public void mount(Router router) {
    Operation.get(router, "/api/v1/oncall/feeds")
        .needs(Scope.READ)
        .answersAtOnce(request -> Reply.json(Map.of("feeds", feeds())));
    Operation.get(router, "/calendars/:token").answersOn(blocking, this::calendar);
  }

  /** All there are. */
  public List<Feed> feeds() {
    var feeds = new ArrayList<Feed>();
    roster.get().schedules().keySet().forEach(name -> feeds.add(feed(Kind.SCHEDULE, name)));
    roster.get().people().keySet().forEach(name -> feeds.add(feed(Kind.PERSON, name)));
    return feeds;
  }

  private Feed feed(Kind kind, String name) {
    String base = console.toString();
    return new Feed(
        IncidentJson.word(kind),
        name,
        (base.endsWith("/") ? base : base + "/")
            + "calendars/"
            + signature.sign(PURPOSE + "\n" + kind + "\n" + name)
            + ".ics");
  }

  private Reply calendar(Request request) {
    String token = request.path("token");
    String[] parts =
        signature
            .read(token.endsWith(".ics") ? token.substring(0, token.length() - 4) : token)
            .map(text -> text.split("\n", 3))
            .filter(found -> found.length == 3 && found[0].equals(PURPOSE))
            .orElseThrow(() -> ProblemException.notFound("there is no such calendar"));
    Instant now = clock.instant();
    Roster all = roster.get().with(store.endingAfter(now.minus(PAST)));
    return switch (Kind.valueOf(parts[1])) {
      case SCHEDULE -> schedule(all, parts[2], now);
      case PERSON -> person(all, parts[2], now);
    };
  }

  private static Reply schedule(Roster roster, String name, Instant now) {
    Schedule schedule =
        Optional.ofNullable(roster.schedules().get(name))
            .orElseThrow(() -> ProblemException.notFound("there is no schedule " + name));
    Map<String, List<Shift>> shifts = Map.of(name, shifts(roster, schedule, now));
    return reply(CalendarFeed.write("On call: " + name, shifts, true, now));
  }

  private static Reply person(Roster roster, String name, Instant now) {
    if (!roster.people().containsKey(name)) {
      throw ProblemException.notFound("there is nobody called " + name);
    }
    var shifts = new LinkedHashMap<String, List<Shift>>();
    for (Schedule schedule : roster.schedules().values()) {
      shifts.put(
          schedule.name(),
          shifts(roster, schedule, now).stream()
              .filter(shift -> shift.person().equals(Optional.of(name)))
              .toList());
    }
    return reply(CalendarFeed.write("On call: " + name, shifts, false, now));
  }

  private static List<Shift> shifts(Roster roster, Schedule schedule, Instant now) {
    return schedule.shifts(roster.overrides(), now.minus(PAST), now.plus(AHEAD));
  }

  private static Reply reply(String calendar) {
    return Reply.of(200, "text/calendar; charset=utf-8", Buffer.buffer(calendar))
        .with("Cache-Control", "private, max-age=300");
  }
}
