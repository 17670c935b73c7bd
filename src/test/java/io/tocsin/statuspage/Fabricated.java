package io.tocsin.statuspage;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Clock;
import io.tocsin.incident.ClockState;
import io.tocsin.incident.GroupKey;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.Phase;
import io.tocsin.label.Labels;
import io.tocsin.silence.Maintenance;
import io.tocsin.silence.MaintenanceStep;
import io.tocsin.slo.DayUptime;
import io.tocsin.slo.StateSeconds;
import io.tocsin.slo.UptimeSubject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

/** A made-up company in some trouble, to look at and to test with. */
public final class Fabricated {

  public static final Instant NOW = Instant.parse("2026-11-21T14:05:12Z");
  public static final String HOSTILE = "<img src=x onerror=alert(1)>";

  private Fabricated() {}

  public static PageSpec spec() {
    return new PageSpec(
        "Acme Cloud status",
        Optional.of("https://status.acme.example"),
        List.of(
            component("web-app", "Web app", "Product", "Dashboard and sign-in"),
            component("chat-bot", "Chat bot", "Product", ""),
            component("payment-api", "Payment API", "Product", "Cards, invoices and refunds"),
            component("ai-models", "AI models", "Platform", ""),
            component("database", "Database", "Platform", "")));
  }

  /** As {@link #spec}, with response times, the owner's colours and words. */
  public static PageSpec showcase() {
    var look =
        new PageLook(
            Language.EN,
            List.of(Language.values()),
            Optional.of(new PageLook.Accent("#7c2d92", "#e3a5f2")),
            Optional.empty(),
            Optional.of("Acme Cloud GmbH, Hamburg. [Imprint](https://acme.example/imprint)"),
            Optional.of(
                new PageLook.Announcement(
                    PageLook.Announcement.Tone.NOTE,
                    "From 1 December our *old* API ends. [How to"
                        + " move](https://acme.example/move)")));
    return new PageSpec(
        "Acme Cloud status",
        Optional.of("https://status.acme.example"),
        spec().components().stream()
            .map(
                it ->
                    new PageSpec.Component(it.id(), it.name(), it.group(), it.description(), true))
            .toList(),
        look);
  }

  /** As {@link #input}, with work under way and done, response times and a post-mortem. */
  public static PageInput rich(Instant now) {
    PageInput plain = input(now);
    var works = new ArrayList<>(plain.maintenance());
    works.add(work("m0", "Certificate renewal", "Chat bot", now.minus(Duration.ofHours(50)), 30));
    works.add(work("m2", "New sign-in page", "Chat bot", now.minus(Duration.ofMinutes(20)), 60));
    List<MaintenanceStep> steps =
        List.of(
            step("m2", MaintenanceStep.Kind.ANNOUNCED, now.minus(Duration.ofHours(20))),
            step("m2", MaintenanceStep.Kind.REMINDED, now.minus(Duration.ofMinutes(80))),
            step("m2", MaintenanceStep.Kind.STARTED, now.minus(Duration.ofMinutes(20))));
    Map<String, ResponseCurve> curves = new LinkedHashMap<>();
    for (PageSpec.Component component : spec().components()) {
      var random = new Random(component.name().hashCode());
      curves.put(
          component.name(),
          new ResponseCurve(
              IntStream.range(0, ResponseCurve.HOURS)
                  .mapToObj(hour -> OptionalDouble.of(60 + random.nextInt(80)))
                  .toList()));
    }
    var incidents = new ArrayList<>(plain.incidents());
    incidents.add(old(now, 40, 150));
    incidents.add(old(now, 100, 120));
    return new PageInput(
        incidents,
        plain.checks(),
        works,
        steps,
        plain.days(),
        curves,
        Map.of(
            pastDatabase(now).id(),
            "A log grew until the **disk was full**. We now watch its growth and delete old"
                + " parts."),
        now);
  }

  private static Incident old(Instant now, long days, long number) {
    Instant opened = now.minus(Duration.ofDays(days));
    return incident(number, "old", Severity.HIGH, List.of("Database"), opened)
        .resolved(opened.plus(Duration.ofMinutes(25)))
        .make();
  }

  public static Maintenance work(
      String id, String title, String component, Instant from, long minutes) {
    Instant to = from.plus(Duration.ofMinutes(minutes));
    return new Maintenance(
        id, title, "Sign-in may take longer.", List.of(component), from, to, "Mia");
  }

  private static MaintenanceStep step(String id, MaintenanceStep.Kind kind, Instant at) {
    return new MaintenanceStep(id, kind, at);
  }

  private static PageSpec.Component component(
      String id, String name, String group, String description) {
    return new PageSpec.Component(id, name, Optional.of(group), description);
  }

  public static PageInput input(Instant now) {
    return new PageInput(
        List.of(payments(now), models(now), pastDatabase(now), pastWeb(now)),
        Map.of(
            "Web app", ComponentState.OPERATIONAL,
            "Chat bot", ComponentState.OPERATIONAL,
            "Payment API", ComponentState.PARTIAL_OUTAGE,
            "AI models", ComponentState.DEGRADED_PERFORMANCE,
            "Database", ComponentState.OPERATIONAL),
        List.of(
            new Maintenance(
                "m1",
                "Database upgrade to PostgreSQL 17",
                "Writes pause for up to 5 minutes while we switch over. Reads go on.",
                List.of("Database"),
                now.plus(Duration.ofHours(34)),
                now.plus(Duration.ofHours(35)),
                "Mia")),
        days(now),
        now);
  }

  /** Nothing is wrong. */
  public static PageInput calm(Instant now) {
    Map<String, ComponentState> checks = new LinkedHashMap<>();
    for (PageSpec.Component component : spec().components()) {
      checks.put(component.name(), ComponentState.OPERATIONAL);
    }
    return new PageInput(List.of(), checks, List.of(), days(now), now);
  }

  public static Map<String, List<DayUptime>> days(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Map<String, List<DayUptime>> days = new LinkedHashMap<>();
    int salt = 0;
    for (PageSpec.Component component : spec().components()) {
      salt += 7;
      List<DayUptime> rows = new ArrayList<>();
      for (int back = salt == 35 ? 60 : 89; back >= 0; back--) {
        rows.add(
            new DayUptime(
                UptimeSubject.component(component.name()),
                today.minusDays(back),
                day(back + salt)));
      }
      days.put(component.name(), rows);
    }
    return days;
  }

  private static StateSeconds day(int seed) {
    double day = 86_400;
    return switch (seed % 37) {
      case 3 -> new StateSeconds(day - 840, 0, 840, 0, 0);
      case 11 -> new StateSeconds(day - 2400, 2400, 0, 0, 0);
      case 19 ->
          seed < 60
              ? new StateSeconds(day - 7500, 0, 7500, 0, 0)
              : new StateSeconds(day, 0, 0, 0, 0);
      case 29 -> new StateSeconds(day - 3600, 0, 0, 0, 3600);
      default -> new StateSeconds(day, 0, 0, 0, 0);
    };
  }

  public static Incident payments(Instant now) {
    Instant opened = now.minus(Duration.ofMinutes(33));
    return incident(
            184, "Card payments fail " + HOSTILE, Severity.HIGH, List.of("Payment API"), opened)
        .updates(
            update(opened, Phase.INVESTIGATING, true, ""),
            update(
                opened.plus(Duration.ofMinutes(17)),
                Phase.IDENTIFIED,
                false,
                "About 12 % of card payments fail since 13:32 UTC. We have found the cause and are"
                    + " rolling back. Payments that failed were not charged."))
        .phase(Phase.IDENTIFIED)
        .acknowledged("Mia", opened.plus(Duration.ofMinutes(4)))
        .clocks(
            clock(Clock.RESPONSE, opened, 60, Optional.of(opened.plus(Duration.ofMinutes(4)))),
            clock(Clock.COMMUNICATION, opened, 120, Optional.empty()),
            clock(Clock.PUBLIC_UPDATE, opened.plus(Duration.ofMinutes(17)), 30, Optional.empty()),
            clock(Clock.RESOLUTION, opened, 480, Optional.empty()))
        .make();
  }

  public static Incident models(Instant now) {
    Instant opened = now.minus(Duration.ofMinutes(13));
    return incident(
            185, "Inference slower than 100 ms", Severity.CRITICAL, List.of("AI models"), opened)
        .updates(update(opened, Phase.INVESTIGATING, true, ""))
        .clocks(
            clock(Clock.RESPONSE, opened, 15, Optional.empty()),
            clock(Clock.COMMUNICATION, opened, 60, Optional.empty()),
            clock(Clock.PUBLIC_UPDATE, opened.minus(Duration.ofMinutes(4)), 15, Optional.empty()),
            clock(Clock.RESOLUTION, opened, 240, Optional.empty()))
        .make();
  }

  public static Incident pastDatabase(Instant now) {
    Instant opened = now.minus(Duration.ofHours(53));
    return incident(180, "Disk full", Severity.CRITICAL, List.of("Database", "Web app"), opened)
        .updates(
            update(opened, Phase.INVESTIGATING, true, ""),
            update(
                opened.plus(Duration.ofMinutes(20)),
                Phase.MONITORING,
                false,
                "Space was freed; we are watching."))
        .resolved(opened.plus(Duration.ofMinutes(47)))
        .make();
  }

  public static Incident pastWeb(Instant now) {
    Instant opened = now.minus(Duration.ofDays(6));
    return incident(177, "Slow pages", Severity.HIGH, List.of("Web app"), opened)
        .updates(
            update(
                opened.plus(Duration.ofMinutes(9)),
                Phase.INVESTIGATING,
                false,
                "Pages load slowly for some readers."))
        .resolved(opened.plus(Duration.ofMinutes(95)))
        .make();
  }

  public static Incident.Update update(Instant at, Phase phase, boolean automatic, String text) {
    Actor actor = automatic ? Actor.SYSTEM : Actor.person("Mia");
    return new Incident.Update(at, actor, phase, true, automatic, text);
  }

  public static ClockState clock(Clock clock, Instant from, long minutes, Optional<Instant> met) {
    return new ClockState(
        clock, from, from.plus(Duration.ofMinutes(minutes)), met, false, Optional.empty());
  }

  public static Alert alert(String name, String component, Instant since, double value) {
    return new Alert(
        AlertSpec.of("demo;" + name, name, Duration.ofMinutes(1)),
        Labels.of(
            "alertname", name, "component", component, "severity", "critical", "note", HOSTILE),
        Alert.Phase.FIRING,
        since,
        Optional.of(since),
        Optional.empty(),
        since,
        value,
        Map.of("summary", name + " on " + component));
  }

  public static Draft incident(
      long number, String title, Severity severity, List<String> components, Instant opened) {
    return new Draft(number, title, severity, components, opened);
  }

  /** An incident in the making. */
  public static final class Draft {
    private final long number;
    private final String title;
    private final Severity severity;
    private final List<String> components;
    private final Instant opened;
    private List<Incident.Update> updates = List.of();
    private List<ClockState> clocks = List.of();
    private Phase phase = Phase.INVESTIGATING;
    private Optional<String> acknowledgedBy = Optional.empty();
    private Optional<Instant> acknowledgedAt = Optional.empty();
    private Optional<Instant> resolvedAt = Optional.empty();
    private boolean published = true;

    Draft(long number, String title, Severity severity, List<String> components, Instant opened) {
      this.number = number;
      this.title = title;
      this.severity = severity;
      this.components = components;
      this.opened = opened;
    }

    public Draft updates(Incident.Update... posted) {
      updates = List.of(posted);
      return this;
    }

    public Draft clocks(ClockState... states) {
      clocks = List.of(states);
      return this;
    }

    public Draft phase(Phase newPhase) {
      phase = newPhase;
      return this;
    }

    public Draft acknowledged(String by, Instant at) {
      acknowledgedBy = Optional.of(by);
      acknowledgedAt = Optional.of(at);
      return this;
    }

    public Draft free() {
      acknowledgedBy = Optional.empty();
      acknowledgedAt = Optional.empty();
      return this;
    }

    public Draft unpublished() {
      published = false;
      return this;
    }

    public Draft resolved(Instant at) {
      resolvedAt = Optional.of(at);
      phase = Phase.RESOLVED;
      return this;
    }

    public Incident make() {
      var group = new GroupKey("0", Labels.of("component", components.get(0)));
      return new Incident(
          new IncidentId("i" + number + "abcdef"),
          number,
          group,
          title,
          severity,
          resolvedAt.isPresent() ? Incident.State.RESOLVED : Incident.State.OPEN,
          phase,
          published,
          components,
          List.of(alert("LatencyHigh", components.get(0), opened, 0.213)),
          opened,
          acknowledgedAt,
          acknowledgedBy,
          Optional.empty(),
          Map.of(),
          resolvedAt,
          0,
          0,
          clocks,
          updates,
          7);
    }
  }
}
