package io.tocsin;

import io.tocsin.alert.Alert;
import io.tocsin.check.CheckObservation;
import io.tocsin.check.FailureStreak;
import io.tocsin.check.Verdict;
import io.tocsin.engine.CheckAlerts;
import io.tocsin.incident.ChangeWindow;
import io.tocsin.incident.CostRate;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.SeverityPolicy;
import io.tocsin.postgres.PostgresFollowUps;
import io.tocsin.postgres.PostgresPostmortems;
import io.tocsin.postmortem.Evidence;
import io.tocsin.postmortem.FollowUpStore;
import io.tocsin.postmortem.Impact;
import io.tocsin.postmortem.Postmortems;
import io.tocsin.postmortem.ReviewDesk;
import io.tocsin.slo.DayState;
import io.tocsin.slo.DayUptime;
import io.tocsin.slo.ErrorBudget;
import io.tocsin.slo.StateHistory;
import io.tocsin.slo.StateSeconds;
import io.tocsin.slo.UptimeSubject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers what is known of an incident and has its post-mortem drafted, kept and edited. */
final class PostmortemDesk {

  private static final Logger log = LoggerFactory.getLogger(PostmortemDesk.class);
  private static final int MOST_DELIVERIES = 500;
  private static final int MOST_RESULTS = 20_000;

  /** Streaks of frequent checks lie within the first, those of rare ones within the second. */
  private static final Duration SHORT_STREAK = Duration.ofMinutes(30);

  private static final Duration LONG_STREAK = Duration.ofHours(6);
  private static final Duration CAUGHT_UP = Duration.ofDays(1);
  private static final Duration BUDGET_PERIOD = Duration.ofDays(30);

  private final Stores stores;
  private final Postmortems postmortems;
  private final FollowUpStore followUps;
  private final AlertGraphs graphs;
  private final Supplier<Optional<CostRate>> rate;
  private final InstantSource clock;

  PostmortemDesk(
      Foundation foundation,
      Stores stores,
      SeverityPolicy severities,
      AlertGraphs graphs,
      BeforehandReader before,
      Supplier<DeskSettings> settings,
      InstantSource clock) {
    this.stores = stores;
    this.postmortems =
        new Postmortems(
            new PostgresPostmortems(foundation.database()),
            severities,
            before::read,
            () -> settings.get().due());
    this.followUps = new PostgresFollowUps(foundation.database());
    this.graphs = graphs;
    this.rate = () -> settings.get().cost();
    this.clock = clock;
  }

  /** The drafts and texts themselves. */
  Postmortems postmortems() {
    return postmortems;
  }

  /**
   * Their review, and what is to be done because of them.
   *
   * @param shown hears that what the public may read of one has changed
   */
  ReviewDesk reviews(Runnable shown) {
    return new ReviewDesk(postmortems, followUps, stores.incidents(), shown);
  }

  /** An incident has ended: draft if its severity asks for it. Returns at once. */
  void resolved(IncidentId id) {
    Thread.ofVirtual().name("postmortem-" + id).start(() -> draft(id));
  }

  private void draft(IncidentId id) {
    try {
      evidence(id).ifPresent(known -> postmortems.onResolved(known, clock.instant()));
    } catch (RuntimeException e) {
      log.warn("no post-mortem drafted for incident {}; draft it by hand", id, e);
    }
  }

  /**
   * Drafts what the process was killed before it could draft: incidents that ended lately and have
   * none. Returns at once.
   */
  PostmortemDesk catchUp() {
    Thread.ofVirtual()
        .name("postmortem-catch-up")
        .start(
            () -> {
              try {
                Instant since = clock.instant().minus(CAUGHT_UP);
                postmortems.undrafted(stores.incidents(), since).forEach(this::draft);
              } catch (RuntimeException away) {
                log.warn("post-mortems of before the start are drafted by hand", away);
              }
            });
    return this;
  }

  /** All that is known of an incident; blocks. */
  Optional<Evidence> evidence(IncidentId id) {
    return stores
        .incidents()
        .find(id)
        .map(
            incident ->
                new Evidence(
                    incident,
                    stores.incidents().events(id),
                    stores.outbox().deliveries(Optional.of(id), MOST_DELIVERIES),
                    incident.components().stream().map(name -> impact(incident, name)).toList(),
                    incident.alerts().stream()
                        .flatMap(alert -> graphs.of(alert, end(incident)).stream())
                        .toList(),
                    incident.alerts().stream().flatMap(this::firstFailure).toList(),
                    ChangeWindow.of(incident, clock.instant()).in(stores.changes()),
                    rate.get(),
                    IncidentFindings.of(stores.findings(), incident, end(incident))));
  }

  private Stream<Instant> firstFailure(Alert alert) {
    if (!alert.spec().alertName().equals(CheckAlerts.ALERT_NAME)) {
      return Stream.empty();
    }
    Instant decided = alert.activeSince();
    return Stream.of(SHORT_STREAK, LONG_STREAK)
        .flatMap(back -> streak(alert, decided, back).stream())
        .min(Comparator.naturalOrder())
        .stream();
  }

  private Optional<Instant> streak(Alert alert, Instant decided, Duration back) {
    return FailureStreak.start(
        stores
            .results()
            .read(
                alert.labels().get("check"),
                decided.minus(back),
                decided.plusMillis(1),
                MOST_RESULTS),
        decided);
  }

  private Instant end(Incident incident) {
    return incident.resolvedAt().orElseGet(clock::instant);
  }

  private Impact impact(Incident incident, String component) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    double down =
        stores
            .uptime()
            .days(
                UptimeSubject.component(component),
                today.minusDays(BUDGET_PERIOD.toDays() - 1),
                today)
            .stream()
            .map(DayUptime::seconds)
            .mapToDouble(StateSeconds::down)
            .sum();
    var budget =
        new ErrorBudget(
            ErrorBudget.DEFAULT_TARGET, BUDGET_PERIOD, Duration.ofMillis((long) (down * 1000)));
    return new Impact(component, seconds(incident, component), Optional.of(budget));
  }

  /** From the checks that fired; without any, the incident's length, down only when CRITICAL. */
  private StateSeconds seconds(Incident incident, String component) {
    Instant end = end(incident);
    Stream<StateSeconds> checked =
        incident.alerts().stream()
            .filter(alert -> alert.spec().alertName().equals(CheckAlerts.ALERT_NAME))
            .filter(alert -> alert.components().contains(component))
            .map(
                alert ->
                    history(alert, incident.openedAt(), end).between(incident.openedAt(), end));
    DayState otherwise =
        switch (incident.severity()) {
          case CRITICAL -> DayState.DOWN;
          case HIGH, MEDIUM, LOW -> DayState.DEGRADED;
        };
    return checked
        .max((a, b) -> Double.compare(a.down(), b.down()))
        .orElseGet(() -> StateSeconds.of(otherwise, Duration.between(incident.openedAt(), end)));
  }

  private StateHistory history(Alert alert, Instant from, Instant to) {
    List<CheckObservation> seen =
        stores
            .results()
            .read(
                alert.labels().get("check"), from.minus(Duration.ofMinutes(10)), to, MOST_RESULTS);
    return new StateHistory(
        seen.stream()
            .map(one -> new StateHistory.Change(one.result().at(), state(one.after())))
            .toList());
  }

  private static DayState state(Verdict verdict) {
    return switch (verdict) {
      case UP -> DayState.UP;
      case DEGRADED -> DayState.DEGRADED;
      case DOWN -> DayState.DOWN;
      case UNKNOWN -> DayState.UNKNOWN;
    };
  }
}
