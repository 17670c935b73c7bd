package io.tocsin;

import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.ChangeWindow;
import io.tocsin.incident.Grouping;
import io.tocsin.incident.Incident;
import io.tocsin.incident.SeverityPolicy;
import io.tocsin.postmortem.Beforehand;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.QueryProblem;
import io.tocsin.rule.Replay;
import io.tocsin.rule.RuleGroup;
import io.tocsin.rule.RuleProblem;
import io.tocsin.rule.Site;
import io.tocsin.rule.drift.ModelHistory;
import io.tocsin.series.SeriesReader;
import io.tocsin.silence.Silence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Finds out what was going on before an incident: changes, silences, alerts that nobody had. */
final class BeforehandReader {

  /** How far the rules are run back from the first bad sample. */
  private static final Duration REPLAYED = Duration.ofMinutes(30);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Stores stores;
  private final SeriesReader reader;
  private final Supplier<List<RuleGroup>> rules;
  private final Supplier<Grouping> grouping;
  private final SeverityPolicy severities;
  private final ModelHistory models;
  private final InstantSource clock;

  /** Of many incidents that end at once the rules are run one after the other. */
  private final ReentrantLock replaying = new ReentrantLock();

  BeforehandReader(
      Stores stores,
      SeriesReader reader,
      Supplier<List<RuleGroup>> rules,
      Supplier<Grouping> grouping,
      SeverityPolicy severities,
      ModelHistory models,
      InstantSource clock) {
    this.stores = stores;
    this.reader = reader;
    this.rules = rules;
    this.grouping = grouping;
    this.severities = severities;
    this.models = models;
    this.clock = clock;
  }

  /** Blocks, some seconds where there are many rules. */
  Beforehand read(Incident incident) {
    Instant opened = incident.openedAt();
    List<ChangeEvent> changes =
        ChangeWindow.of(incident, clock.instant()).in(stores.changes()).stream()
            .filter(change -> !change.at().isAfter(opened))
            .toList();
    List<Silence> silences =
        stores.silences().endingAfter(opened.minus(REPLAYED)).stream()
            .filter(silence -> !silence.startsAt().isAfter(opened))
            .toList();
    replaying.lock();
    try {
      return replayed(incident, changes, silences);
    } finally {
      replaying.unlock();
    }
  }

  private Beforehand replayed(
      Incident incident, List<ChangeEvent> changes, List<Silence> silences) {
    Instant opened = incident.openedAt();
    Instant stop = clock.instant().plus(PATIENCE);
    QueryLimits limits = QueryLimits.DEFAULT.withStop(() -> clock.instant().isAfter(stop));
    var replay = new Replay(reader, limits, grouping.get(), severities, Site.NONE, models);
    try {
      return Beforehand.replayed(
          incident, changes, silences, replay.run(rules.get(), opened.minus(REPLAYED), opened));
    } catch (QueryProblem | RuleProblem problem) {
      String why =
          limits.stop().getAsBoolean()
              ? "it took longer than " + PATIENCE.toSeconds() + " s"
              : String.valueOf(problem.getMessage());
      return Beforehand.unreplayed(changes, silences, why);
    }
  }
}
