package io.tocsin.engine;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertView;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.incident.IncidentId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The state for readers; lists that need work are made when first asked for. */
final class Snapshot implements AlertView {
  private final EngineState state;
  private final List<MarkedAlert> firing;
  private final Set<IncidentId> muted;
  private volatile @Nullable List<Alert> pending;
  private volatile @Nullable Map<String, RuleHealth> rules;

  Snapshot(EngineState state, List<MarkedAlert> firing, Set<IncidentId> muted) {
    this.state = state;
    this.firing = List.copyOf(firing);
    this.muted = Set.copyOf(muted);
  }

  EngineState state() {
    return state;
  }

  /** Open incidents that make no sound. */
  Set<IncidentId> muted() {
    return muted;
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
