package io.tocsin.engine;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertView;
import io.tocsin.alert.MarkedAlert;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The alerts of whichever snapshot is the latest at each question. */
record LatestAlerts(Supplier<Snapshot> latest) implements AlertView {

  @Override
  public List<MarkedAlert> firing() {
    return latest.get().firing();
  }

  @Override
  public List<Alert> pending() {
    return latest.get().pending();
  }

  @Override
  public Map<String, RuleHealth> rules() {
    return latest.get().rules();
  }
}
