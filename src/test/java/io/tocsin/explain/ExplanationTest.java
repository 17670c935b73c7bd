package io.tocsin.explain;

import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.breach;
import static io.tocsin.alert.AlertExamples.found;
import static io.tocsin.alert.AlertExamples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.AlertTracker;
import io.tocsin.alert.AlertTracker.Advance;
import io.tocsin.alert.Alerts;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Mute;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Change;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentExamples;
import io.tocsin.notify.Commit;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.RouteSpec;
import io.tocsin.notify.RoutingTree;
import io.tocsin.notify.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static final AlertSpec SLOW = rule("Slow", Duration.ofMinutes(5), Duration.ZERO);

  private final Episodes episodes = new Episodes(new RoutingTree(RouteSpec.to("ops"))::routes);
  private final AlertTracker tracker = new AlertTracker();
  private Alerts alerts = Alerts.NONE;
  private final List<Episode> written = new ArrayList<>();

  private void breached(Instant at) {
    take(tracker.advance(alerts, List.of(found(SLOW, at, breach(SLOW, "i", "1"))), at), at);
  }

  private void fine(Instant at) {
    take(tracker.advance(alerts, List.of(found(SLOW, at)), at), at);
  }

  private void take(Advance advance, Instant at) {
    alerts = advance.next();
    var commit = new Commit(advance.changed(), advance.gone(), List.of(), List.of(), List.of());
    written.addAll(episodes.advance(commit, at));
  }

  private Episode last() {
    return written.getLast();
  }

  private static Explanation explain(Facts facts, Instant now) {
    return Explanation.of(facts, now);
  }

  private static Facts bare(Episode episode) {
    return new Facts(
        episode,
        Optional.empty(),
        Map.of(new Mute.BySilence("s1"), "silence s1 by Ada (known)"),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void anAlertThatNeverFiredIsWrittenDownAndSaysWhy() {
    breached(T0);
    breached(T0.plusSeconds(40));
    fine(T0.plusSeconds(60));
    assertThat(last().fired()).isFalse();
    assertThat(last().endedAt()).contains(T0.plusSeconds(60));
    Explanation explanation = explain(bare(last()), T0.plusSeconds(99));
    assertThat(explanation.verdict())
        .isEqualTo("Nobody was paged: it breached for 1 min only, its rule waits 5 min.");
    assertThat(explanation.steps().getLast().stopped()).isTrue();
    assertThat(explanation.steps().getLast().text())
        .isEqualTo("it breached for 1 min of the 5 min its rule waits (for)");
  }

  @Test
  void anAlertThatWasMutedSaysByWhatAndFromWhenToWhen() {
    breached(T0);
    breached(T0.plusSeconds(300));
    assertThat(last().ways()).extracting(Episode.Way::receiver).containsExactly("ops");
    List<Mute> mutes = List.of(new Mute.BySilence("s1"));
    List<MarkedAlert> firing = List.of(new MarkedAlert(alerts.firing().getFirst(), mutes));
    written.addAll(episodes.hush(firing, T0.plusSeconds(301)));
    assertThat(episodes.hush(firing, T0.plusSeconds(302))).isEmpty();
    fine(T0.plusSeconds(400));
    Explanation explanation = explain(bare(last()), T0.plusSeconds(500));
    assertThat(explanation.verdict())
        .isEqualTo("Nobody was paged: it was kept quiet by silence s1 by Ada (known).");
    assertThat(explanation.steps())
        .filteredOn(step -> step.stage() == Explanation.Stage.MUTE)
        .extracting(Explanation.Step::text)
        .containsExactly(
            "kept quiet by silence s1 by Ada (known) until " + words(T0.plusSeconds(400)));
  }

  private static String words(Instant at) {
    return java.time.format.DateTimeFormatter.ofPattern(
            "HH:mm:ss 'UTC on' d MMM yyyy", java.util.Locale.ENGLISH)
        .format(at.atOffset(java.time.ZoneOffset.UTC));
  }

  @Test
  void anAlertThatPagedSaysWhoTookWhichMessageWhen() {
    breached(T0);
    breached(T0.plusSeconds(300));
    Alert alert = alerts.firing().getFirst();
    Instant opened = T0.plusSeconds(300);
    IncidentEvent opening = IncidentExamples.opening(7, "Database", Severity.HIGH, opened, alert);
    Incident incident = IncidentExamples.fold(opening);
    var commit = new Commit(List.of(), List.of(), List.of(incident), List.of(opening), List.of());
    written.addAll(episodes.advance(commit, opened));
    assertThat(last().incidents()).containsExactly(incident.id());

    var message =
        new Message(
            new Destination("ops", "webhook", 0),
            incident.id().value(),
            new Transition(1, Transition.Kind.OPENED, 0),
            incident,
            "Slow",
            "route 0",
            opened);
    var failed = new Delivery.Attempt(opened, Duration.ofMillis(9), false, "HTTP 503");
    var taken =
        new Delivery.Attempt(opened.plusSeconds(1), Duration.ofMillis(12), true, "HTTP 200");
    var delivery =
        new Delivery(
            1,
            message,
            Delivery.State.DELIVERED,
            opened,
            Optional.of(opened.plusSeconds(1)),
            List.of(failed, taken));
    var escalated =
        new IncidentEvent(
            incident.id(),
            2,
            opened.plusSeconds(900),
            Actor.SYSTEM,
            new Change.Escalated(1, "nobody acknowledged", "", 0, List.of()));
    var facts =
        new Facts(
            last(),
            Optional.of(new Facts.Curve(List.of(), OptionalDouble.of(5), "")),
            Map.of(),
            Optional.of(incident),
            List.of(opening, escalated),
            List.of(),
            List.of(delivery));
    Explanation explanation = explain(facts, opened.plusSeconds(1000));
    assertThat(explanation.verdict())
        .isEqualTo(
            "Paged: ops by webhook was told that incident #7 opened, at "
                + words(opened.plusSeconds(1))
                + ".");
    assertThat(explanation.steps())
        .extracting(Explanation.Step::text)
        .containsExactly(
            "Slow breached, value 1.000, compared with 5.000",
            "it fired after the 5 min its rule waits (for)",
            "took route 0 to receiver ops",
            "opened incident #7",
            "Escalated to step 1: nobody acknowledged",
            "ops by webhook could not be told that incident #7 opened (route 0) in 9 ms: HTTP 503",
            "ops by webhook was told that incident #7 opened (route 0) in 12 ms: HTTP 200");
  }

  @Test
  void aMessageThatNobodyTookSaysWhatTheReceiverAnswered() {
    breached(T0);
    breached(T0.plusSeconds(300));
    Incident incident = IncidentExamples.open(7, "Database", Severity.HIGH, T0.plusSeconds(300));
    var message =
        new Message(
            new Destination("ops", "webhook", 0),
            incident.id().value(),
            new Transition(1, Transition.Kind.OPENED, 0),
            incident,
            "Slow",
            "route 0",
            T0);
    var attempt = new Delivery.Attempt(T0, Duration.ofMillis(9), false, "HTTP 404");
    var dead =
        new Delivery(1, message, Delivery.State.DEAD, T0, Optional.empty(), List.of(attempt));
    var facts =
        new Facts(
            last(),
            Optional.empty(),
            Map.of(),
            Optional.of(incident),
            List.of(),
            List.of(),
            List.of(dead));
    assertThat(explain(facts, T0.plusSeconds(400)).verdict())
        .isEqualTo("Nobody was reached yet: ops by webhook was given up, last answer: HTTP 404.");
  }

  @Test
  void aPageFromBeforeTheIncidentCameBackIsNotTakenForOneOfNow() {
    breached(T0);
    breached(T0.plusSeconds(300));
    Alert alert = alerts.firing().getFirst();
    Incident incident = IncidentExamples.open(7, "Database", Severity.HIGH, T0.minusSeconds(900));
    Instant back = T0.plusSeconds(300);
    var reopened =
        new IncidentEvent(
            incident.id(), 9, back, Actor.SYSTEM, new Change.Reopened(1, List.of(alert)));
    Delivery then = told(incident, T0.minusSeconds(900), Delivery.State.DELIVERED, "HTTP 200");
    Delivery now = told(incident, back, Delivery.State.DEAD, "HTTP 410");
    var facts =
        new Facts(
            last(),
            Optional.empty(),
            Map.of(),
            Optional.of(incident),
            List.of(reopened),
            List.of(),
            List.of(now, then));
    assertThat(explain(facts, back.plusSeconds(60)).verdict())
        .isEqualTo("Nobody was reached yet: ops by webhook was given up, last answer: HTTP 410.");
  }

  private static Delivery told(Incident incident, Instant at, Delivery.State state, String answer) {
    boolean taken = state == Delivery.State.DELIVERED;
    var message =
        new Message(
            new Destination("ops", "webhook", 0),
            incident.id().value(),
            new Transition(1, Transition.Kind.OPENED, 0),
            incident,
            "Slow",
            "route 0",
            at);
    var attempt = new Delivery.Attempt(at, Duration.ofMillis(9), taken, answer);
    Optional<Instant> delivered = taken ? Optional.of(at) : Optional.empty();
    return new Delivery(1, message, state, at, delivered, List.of(attempt));
  }

  @Test
  void whatEndedWhileWeDidNotRunIsOver() {
    breached(T0);
    Episode on = last();
    var restarted = new Episodes(new RoutingTree(RouteSpec.to("ops"))::routes);
    Instant back = T0.plusSeconds(900);
    assertThat(restarted.restore(List.of(on), java.util.Set.of(), back))
        .extracting(Episode::endedAt)
        .containsExactly(Optional.of(back));
    assertThat(restarted.restore(List.of(on), java.util.Set.of(on.key()), back)).isEmpty();
  }
}
