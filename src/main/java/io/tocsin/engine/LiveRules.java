package io.tocsin.engine;

import io.tocsin.alert.Alerts;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.Evaluation.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rules that may have alerts: those the engine knows of, and those of which somebody lately
 * found a breach that it may not have taken in yet. Of the others nobody need hear that all is
 * well, which is most of what arriving samples say.
 */
final class LiveRules {

  /** Far longer than an evaluation waits for the engine. */
  static final Duration REMEMBERED = Duration.ofSeconds(60);

  private final Map<String, Instant> breached = new ConcurrentHashMap<>();

  /** An evaluation is about to be handed to the engine. */
  void handedIn(Evaluation evaluation, Instant now) {
    if (evaluation.outcome() instanceof Outcome.Found(var breaches) && !breaches.isEmpty()) {
      breached.put(evaluation.spec().ruleId(), now);
    }
  }

  boolean live(String ruleId, Alerts alerts) {
    return breached.containsKey(ruleId) || alerts.tracks(ruleId);
  }

  void forget(Instant now) {
    breached.values().removeIf(at -> at.isBefore(now.minus(REMEMBERED)));
  }
}
