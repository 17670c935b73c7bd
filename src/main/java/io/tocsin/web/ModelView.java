package io.tocsin.web;

import io.tocsin.alert.Alert;
import io.tocsin.incident.Incident;
import io.tocsin.model.health.Measures;
import io.tocsin.model.health.ModelHealth;
import io.tocsin.model.report.ModelReport;
import io.tocsin.model.report.ModelReport.Input;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A watched model as it stands.
 *
 * @param today the report of the day under way
 * @param inputs those that were asked for
 * @param sparks how their scores went, by name; safe to stand in the page
 * @param incidents open ones with an alert of this model
 * @param alerts of it that fire or wait, the worst first
 * @param watchers rules that look at it
 * @param reported days that have a report, the newest first
 * @param grafana where the boards are
 */
public record ModelView(
    Instant now,
    ModelHealth health,
    ModelReport today,
    Slice<Input> inputs,
    Map<String, String> sparks,
    List<Incident> incidents,
    List<Alert> alerts,
    List<ModelWatcher> watchers,
    List<LocalDate> reported,
    Optional<URI> grafana,
    Address address) {

  private static final String BOARD = "d/tocsin-models?var-model=";

  public ModelView {
    sparks = Map.copyOf(sparks);
    incidents = List.copyOf(incidents);
    alerts = List.copyOf(alerts);
    watchers = List.copyOf(watchers);
    reported = List.copyOf(reported);
  }

  /** Its name. */
  public String model() {
    return health.model();
  }

  /** Its page. */
  public String path() {
    return ModelLine.path(health.model());
  }

  public Measures measures() {
    return health.measures();
  }

  /** The row of the list, for its figures in words. */
  public ModelLine line() {
    return new ModelLine(health, Optional.empty());
  }

  /** Its board. */
  public Optional<String> board() {
    return grafana.map(
        url -> {
          String base = url.toString();
          return (base.endsWith("/") ? base : base + "/") + BOARD + Address.encoded(model());
        });
  }
}
