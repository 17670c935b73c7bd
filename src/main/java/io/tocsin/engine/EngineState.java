package io.tocsin.engine;

import io.tocsin.alert.Alerts;
import io.tocsin.incident.Incidents;
import io.tocsin.notify.Sent;

/**
 * All that the road remembers between two cycles: an immutable value.
 *
 * @param alerts every alert
 * @param incidents the incidents that are open or may come back
 * @param sent what each destination was last told
 */
public record EngineState(Alerts alerts, Incidents incidents, Sent sent) {

  /** A first start. */
  public static final EngineState EMPTY =
      new EngineState(Alerts.NONE, Incidents.NONE, Sent.NOTHING);
}
