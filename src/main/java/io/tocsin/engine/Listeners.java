package io.tocsin.engine;

import io.tocsin.engine.EvaluationCycle.Result;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentId;
import io.tocsin.notify.Commit;
import java.time.Instant;
import java.util.HashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whoever hears of what the engine did; one that fails keeps nobody else from hearing it.
 *
 * @param incidents hears of every incident event
 * @param cycles hears of every cycle
 */
record Listeners(IncidentListener incidents, CycleListener cycles) {
  private static final Logger log = LoggerFactory.getLogger(Listeners.class);

  /**
   * Tells what a cycle led to.
   *
   * @param at the time it was decided for
   */
  void hear(Result result, Instant at) {
    tell(result.commit());
    quietly(() -> cycles.turned(result.commit(), result.firing(), at));
  }

  private void tell(Commit commit) {
    if (commit.events().isEmpty()) {
      return;
    }
    var after = new HashMap<IncidentId, Incident>();
    commit.incidents().forEach(incident -> after.put(incident.id(), incident));
    for (IncidentEvent event : commit.events()) {
      Incident incident = after.get(event.incident());
      if (incident != null) {
        quietly(() -> incidents.happened(event, incident));
      }
    }
  }

  static void quietly(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException failed) {
      log.error("a listener failed", failed);
    }
  }
}
