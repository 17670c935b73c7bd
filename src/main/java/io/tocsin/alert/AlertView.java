package io.tocsin.alert;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The alerts as the engine last knew them; cheap, never blocks, safe from any thread. */
public interface AlertView {

  /** Firing alerts with what mutes each. */
  List<MarkedAlert> firing();

  /** Alerts that breach but wait for their {@code for}. */
  List<Alert> pending();

  /** Health of each rule by rule id. */
  Map<String, RuleHealth> rules();

  /** How a rule fared when it last ran. */
  record RuleHealth(State state, String detail, Instant lastEvaluation) {
    /** As in Prometheus' rules API. */
    public enum State {
      OK,
      ERR,
      UNKNOWN
    }
  }
}
