package io.tocsin.postmortem;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.NoData;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Change;
import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.Clock;
import io.tocsin.incident.ClockState;
import io.tocsin.incident.GroupKey;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.Phase;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.Transition;
import io.tocsin.rule.ReplayReport;
import io.tocsin.series.SeriesPoints;
import io.tocsin.silence.Silence;
import io.tocsin.slo.ErrorBudget;
import io.tocsin.slo.StateSeconds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** An incident for tests: payments fail for 42 minutes on a Saturday. */
final class Stories {

  static final Instant START = Instant.parse("2026-11-21T14:02:10Z");
  static final IncidentId ID = new IncidentId("i0123456789abcdef");
  private static final Actor ADA = Actor.person("ada");
  private static final GroupKey GROUP = new GroupKey("0", Labels.of("component", "Payments"));

  private Stories() {}

  static Alert alert(String name, Labels labels, String summary, Optional<Instant> resolvedAt) {
    return new Alert(
        new AlertSpec(
            "payments.yaml;payments;0",
            name,
            Duration.ofSeconds(30),
            Duration.ZERO,
            Optional.of(Severity.CRITICAL),
            Optional.of("PaymentsDown"),
            List.of("Payments"),
            NoData.PROMETHEUS),
        labels.with("alertname", name),
        resolvedAt.isPresent() ? Alert.Phase.RESOLVED : Alert.Phase.FIRING,
        START,
        Optional.of(START.plusSeconds(30)),
        resolvedAt,
        START.plusSeconds(2500),
        0.125,
        Map.of("summary", summary));
  }

  static Alert payments(Optional<Instant> resolvedAt) {
    return alert(
        "PaymentsDown",
        Labels.of("job", "payments", "component", "Payments"),
        "12 % of card payments fail",
        resolvedAt);
  }

  static Evidence resolved() {
    Alert alert = payments(Optional.of(START.plusSeconds(2520)));
    List<IncidentEvent> events =
        List.of(
            event(1, 30, Actor.SYSTEM, opened(payments(Optional.empty()))),
            event(
                2,
                31,
                Actor.SYSTEM,
                new Change.UpdatePosted(
                    Phase.INVESTIGATING, true, true, "Payments: we are investigating a problem.")),
            event(3, 212, ADA, new Change.Acknowledged()),
            event(4, 930, Actor.SYSTEM, new Change.ClockBreached(Clock.PUBLIC_UPDATE, at(930))),
            event(
                5,
                1100,
                ADA,
                new Change.UpdatePosted(
                    Phase.IDENTIFIED,
                    true,
                    false,
                    "About 12 % of card payments fail since 14:02 UTC. We are rolling back.")),
            event(6, 2520, Actor.SYSTEM, new Change.Resolved(Optional.empty())));
    return new Evidence(
        incident(List.of(alert), Optional.of(at(2520))),
        events,
        List.of(delivery(33), delivery(215)),
        List.of(
            new Impact(
                "Payments",
                new StateSeconds(0, 180, 2310, 0, 0),
                Optional.of(new ErrorBudget(.999, Duration.ofDays(30), Duration.ofSeconds(3000)))),
            new Impact("Web app", new StateSeconds(2400, 60, 0, 30, 0), Optional.empty())),
        List.of(graph(alert)));
  }

  /** A deploy, a silence and a quieter rule, in the half hour before. */
  static Beforehand beforehand() {
    Evidence known = resolved();
    var deploy =
        new ChangeEvent(
            "c1", at(-600), "deploys", "payments 4.2.0 went out", List.of(), Map.of(), List.of());
    var silence =
        new Silence(
            "s1",
            List.of(Matcher.equal("job", "queue")),
            at(-900),
            at(900),
            "ben",
            "queue is being moved",
            "ben",
            at(-900),
            Optional.empty(),
            Optional.empty());
    var replay =
        new ReplayReport(
            at(-1800),
            at(30),
            100,
            List.of(
                past("RetriesRise", at(-300), Optional.empty()),
                past("Blip", at(-1200), Optional.of(at(-1000)))),
            Map.of(),
            List.of(),
            List.of(),
            List.of());
    return Beforehand.replayed(known.incident(), List.of(deploy), List.of(silence), replay);
  }

  private static ReplayReport.Incident past(
      String alert, Instant from, Optional<Instant> resolvedAt) {
    return new ReplayReport.Incident(
        "g",
        alert,
        Severity.LOW,
        from,
        resolvedAt,
        0,
        List.of(),
        List.of("{alertname=\"" + alert + "\"}"),
        List.of());
  }

  static Change.Opened opened(Alert alert) {
    return new Change.Opened(
        184, GROUP, "Payments down", Severity.CRITICAL, List.of(alert), List.of("Payments"), true);
  }

  static Incident incident(List<Alert> alerts, Optional<Instant> resolvedAt) {
    return incident(Severity.CRITICAL, alerts, resolvedAt);
  }

  static Incident incident(Severity severity, List<Alert> alerts, Optional<Instant> resolvedAt) {
    return new Incident(
        ID,
        184,
        GROUP,
        "Payments down",
        severity,
        resolvedAt.isPresent() ? Incident.State.RESOLVED : Incident.State.OPEN,
        Phase.RESOLVED,
        true,
        List.of("Payments", "Web app"),
        alerts,
        at(30),
        Optional.of(at(212)),
        Optional.of("ada"),
        Optional.empty(),
        Map.of(),
        resolvedAt,
        0,
        0,
        List.of(
            clock(Clock.RESPONSE, 900, 212, Optional.empty()),
            clock(Clock.PUBLIC_UPDATE, 900, 1100, Optional.of(at(930))),
            clock(Clock.RESOLUTION, 14_400, 2520, Optional.empty())),
        List.of(),
        6);
  }

  private static ClockState clock(
      Clock clock, long target, long met, Optional<Instant> breachedAt) {
    return new ClockState(clock, at(30), at(30 + target), Optional.of(at(met)), false, breachedAt);
  }

  static IncidentEvent event(long seq, long second, Actor actor, Change change) {
    return new IncidentEvent(ID, seq, at(second), actor, change);
  }

  static Instant at(long second) {
    return START.plusSeconds(second);
  }

  private static Delivery delivery(long second) {
    var message =
        new Message(
            new Destination("ops", "webhook", 0),
            ID.value(),
            new Transition(1, Transition.Kind.OPENED, 0),
            incident(List.of(), Optional.empty()),
            "Payments down",
            "route 0",
            at(second));
    return new Delivery(
        second, message, Delivery.State.DELIVERED, at(second), Optional.of(at(second)), List.of());
  }

  /** A share of failed payments every 15 s, high during the incident, with a hole in it. */
  static AlertGraph graph(Alert alert) {
    int count = 240;
    long[] times =
        LongStream.range(0, count)
            .map(i -> START.minusSeconds(600).toEpochMilli() + i * 15_000)
            .toArray();
    double[] values =
        IntStream.range(0, count)
            .mapToDouble(
                i -> {
                  boolean breach = i >= 40 && i < 208;
                  return i == 220 ? Double.NaN : (breach ? .12 : .004) + (i % 7) * .001;
                })
            .toArray();
    return new AlertGraph(
        alert.key(),
        new SeriesPoints(
            Labels.of("__name__", "payment_failure_ratio", "job", "payments"), times, values),
        OptionalDouble.of(.05),
        "ratio");
  }
}
