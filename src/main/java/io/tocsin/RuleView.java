package io.tocsin;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertView;
import io.tocsin.alert.MarkedAlert;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The engine's alerts, with the health of recording rules, which it never meets. */
record RuleView(AlertView alerts, RuleRoom room) implements AlertView {

  @Override
  public List<MarkedAlert> firing() {
    return alerts.firing();
  }

  @Override
  public List<Alert> pending() {
    return alerts.pending();
  }

  @Override
  public Map<String, RuleHealth> rules() {
    var all = new HashMap<String, RuleHealth>(room.recordings());
    all.putAll(alerts.rules());
    return all;
  }
}
