package io.tocsin.engine;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertView;
import io.tocsin.alert.MarkedAlert;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state for readers; lists that need work are made when first asked for. */
final class Snapshot implements AlertView {
  private final EngineState state;
  private final List<MarkedAlert> firing;
  private volatile @Nullable List<Alert> pending;
  private volatile @Nullable Map<String, RuleHealth> rules;

  Snapshot(EngineState state, List<MarkedAlert> firing) {
    this.state = state;
    this.firing = List.copyOf(firing);
  }

  EngineState state() {
    return state;
  }

  @Override
  public List<MarkedAlert> firing() {
    return firing;
  }

  @Override
  public List<Alert> pending() {
    return Optional.ofNullable(pending).orElseGet(() -> pending = state.alerts().pending());
  }

  @Override
  public Map<String, RuleHealth> rules() {
    return Optional.ofNullable(rules).orElseGet(() -> rules = state.alerts().health());
  }
}
