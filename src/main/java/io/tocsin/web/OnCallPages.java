package io.tocsin.web;

import io.tocsin.alert.Severity;
import io.tocsin.http.CalendarRoutes;
import io.tocsin.http.ProblemException;
import io.tocsin.http.ReceiverTrial;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.oncall.Contact;
import io.tocsin.oncall.Roster;
import io.tocsin.oncall.Schedule;
import io.tocsin.oncall.ShiftDesk;
import io.tocsin.oncall.ShiftOverride;
import io.tocsin.oncall.Target;
import io.vertx.ext.web.Router;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** On call: who has the pager, when, and who is told next. */
final class OnCallPages {

  private static final int ROWS = 200;
  private static final int MINE = 20;
  private static final int SHORT = 2;
  private static final int LONG = 5;
  private static final Duration MINE_AHEAD = Duration.ofDays(60);

  private final OperationsPorts desks;
  private final ConsolePage page;

  OnCallPages(OperationsPorts desks, ConsolePage page) {
    this.desks = desks;
    this.page = page;
  }

  void mount(Router router) {
    page.get(router, "/oncall", request -> shown(request, 200, fields(request), List.of()));
    page.post(router, "/oncall/schedules/:name/override", this::override);
    page.post(router, "/oncall/schedules/:name/swap", this::swap);
    page.post(router, "/oncall/overrides/:id/remove", this::remove);
    page.post(router, "/oncall/test", this::test);
  }

  private FormFields fields(Request request) {
    var usual = new LinkedHashMap<String, String>();
    Instant hour = page.now().plusSeconds(3600);
    for (String field : List.of("form", "schedule", "person", "with", "replaces", "reason", "to")) {
      usual.put(field, "");
    }
    usual.put("start", FormFields.local(hour, ZoneOffset.UTC));
    usual.put("end", FormFields.local(hour.plusSeconds(8 * 3600), ZoneOffset.UTC));
    usual.put("with_start", FormFields.local(hour.plus(Duration.ofDays(7)), ZoneOffset.UTC));
    usual.put("with_end", FormFields.local(hour.plus(Duration.ofDays(8)), ZoneOffset.UTC));
    return FormFields.of(request, usual);
  }

  private Reply shown(
      Request request, int status, FormFields fields, List<ReceiverTrial.Tried> tried) {
    Instant now = page.now();
    boolean month = request.query("view").filter("month"::equals).isPresent();
    LocalDate first =
        request
            .query("from")
            .map(OnCallPages::day)
            .orElse(LocalDate.ofInstant(now, ZoneOffset.UTC))
            .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    int weeks = month ? LONG : SHORT;
    Instant from = first.minusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    List<ShiftOverride> overrides =
        desks.shifts().store().endingAfter(from.isBefore(now) ? from : now);
    Roster roster = desks.shifts().roster().get().with(overrides);
    var rotas = new ArrayList<RotaView>();
    var mine = new ArrayList<RotaView.Mine>();
    String me = request.principal().name();
    for (Schedule schedule : roster.schedules().values()) {
      RotaView rota = rota(schedule, roster, first, weeks, now);
      rotas.add(rota);
      // Twice as far, so that the last one listed is not cut off where we stop to look.
      Instant ahead = now.plus(MINE_AHEAD);
      schedule.shifts(roster.overrides(), now.minus(MINE_AHEAD), ahead.plus(MINE_AHEAD)).stream()
          .filter(shift -> shift.end().isAfter(now) && shift.start().isBefore(ahead))
          .filter(shift -> shift.person().equals(Optional.of(me)))
          .limit(MINE)
          .map(rota::mine)
          .forEach(mine::add);
    }
    var address = new LinkedHashMap<String, String>();
    address.put("view", month ? "month" : "");
    address.put("from", request.query("from").orElse(""));
    return page.page(
        status,
        request,
        "console/oncall.jte",
        "On call",
        Map.ofEntries(
            Map.entry("rotas", rotas),
            Map.entry("roster", roster),
            Map.entry("mine", mine),
            Map.entry("feed", feed("person", me)),
            Map.entry("policies", desks.policies().get()),
            Map.entry("address", new Address("/oncall", address)),
            Map.entry("first", first),
            Map.entry("weeks", weeks),
            Map.entry("fields", fields),
            Map.entry(
                "receivers",
                desks.receivers().port().get().views(now).stream().map(it -> it.name()).toList()),
            Map.entry("tried", tried)));
  }

  private Optional<CalendarRoutes.Feed> feed(String kind, String name) {
    return desks.feeds().get().stream()
        .filter(feed -> feed.kind().equals(kind) && feed.name().equals(name))
        .findFirst();
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (java.time.DateTimeException e) {
      throw Request.wrong("from", text, "a day such as 2026-01-31");
    }
  }

  private RotaView rota(Schedule schedule, Roster roster, LocalDate first, int weeks, Instant now) {
    var drawn = new ArrayList<RotaView.Week>();
    for (int week = 0; week < weeks; week++) {
      drawn.add(
          RotaSvg.draw(schedule, roster.overrides(), first.plusWeeks(week), weeks <= SHORT, now));
    }
    Instant from = first.atStartOfDay(schedule.zone()).toInstant();
    Instant to = first.plusWeeks(weeks).atStartOfDay(schedule.zone()).toInstant();
    List<ShiftOverride> own =
        roster.overrides().stream()
            .filter(it -> it.schedule().equals(schedule.name()) && it.end().isAfter(now))
            .limit(ROWS)
            .toList();
    return new RotaView(
        schedule.name(),
        schedule.zone(),
        roster.onCall(schedule.name(), now),
        drawn,
        schedule.shifts(roster.overrides(), from, to).stream().limit(ROWS).toList(),
        own,
        feed("schedule", schedule.name()));
  }

  private Reply override(Request request) {
    FormFields fields = fields(request);
    Schedule schedule = named(request, fields, "override");
    Instant start = fields.time("start", schedule.zone());
    Instant end = fields.time("end", schedule.zone());
    return kept(
        request,
        fields,
        () ->
            desks
                .shifts()
                .cover(
                    schedule,
                    new ShiftDesk.Cover(
                        fields.value("person"),
                        start,
                        end,
                        fields.given("replaces"),
                        fields.given("reason")),
                    request.principal().name(),
                    page.now()));
  }

  private Reply swap(Request request) {
    FormFields fields = fields(request);
    Schedule schedule = named(request, fields, "swap");
    var swap =
        new ShiftDesk.Swap(
            fields.value("person"),
            fields.time("start", schedule.zone()),
            fields.time("end", schedule.zone()),
            fields.value("with"),
            fields.time("with_start", schedule.zone()),
            fields.time("with_end", schedule.zone()),
            fields.given("reason"));
    return kept(
        request,
        fields,
        () -> desks.shifts().swap(schedule, swap, request.principal().name(), page.now()));
  }

  private Reply kept(Request request, FormFields fields, Runnable keep) {
    if (fields.troubles().isEmpty()) {
      try {
        keep.run();
        return ConsolePage.to("/oncall");
      } catch (ShiftDesk.Wrong wrong) {
        fields.troubles().put(wrong.field(), "Expected " + wrong.expected() + ".");
      }
    }
    return shown(request, 422, fields, List.of());
  }

  private Schedule named(Request request, FormFields fields, String form) {
    String name = request.path("name");
    fields.typed().put("form", form);
    fields.typed().put("schedule", name);
    return Optional.ofNullable(desks.shifts().roster().get().schedules().get(name))
        .orElseThrow(() -> ProblemException.notFound("there is no schedule " + name));
  }

  private Reply remove(Request request) {
    if (!desks.shifts().remove(request.path("id"))) {
      throw ProblemException.notFound("there is no such override");
    }
    return ConsolePage.to("/oncall");
  }

  /** A test to a person, by all their ways, or to a receiver as such. */
  private Reply test(Request request) {
    FormFields fields = fields(request);
    fields.typed().put("form", "test");
    Instant now = page.now();
    String to = fields.value("to");
    Target target =
        to.startsWith("person:")
            ? new Target.OfPerson(to.substring(7))
            : new Target.OfReceiver(to.startsWith("receiver:") ? to.substring(9) : to);
    var tried = new ArrayList<ReceiverTrial.Tried>();
    for (Contact contact : desks.shifts().roster().get().contacts(List.of(target), now)) {
      desks
          .receivers()
          .named(contact.receiver(), now)
          .ifPresent(it -> tried.addAll(desks.receivers().test(it, Severity.LOW, now)));
    }
    if (tried.isEmpty()) {
      fields.troubles().put("to", "Nobody is reached by that: there is no receiver for it.");
    }
    return shown(request, tried.isEmpty() ? 422 : 200, fields, tried);
  }
}
