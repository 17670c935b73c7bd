package io.tocsin.notify;

import io.tocsin.alert.Alert;
import io.tocsin.alert.PostedAlerts;
import io.tocsin.alert.Severity;
import io.tocsin.incident.GroupKey;
import io.tocsin.incident.Grouping;
import io.tocsin.incident.SeverityRules;
import io.tocsin.incident.StormPolicy;
import io.tocsin.label.Labels;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The tree that says who hears of an alert, as in Alertmanager: depth first, the first matching
 * child wins unless it goes on to its siblings, and a node without a matching child answers itself.
 */
public final class RoutingTree implements Grouping {
  private final Route root;
  private final StormPolicy storm;
  private final SeverityRules severities;

  /**
   * @throws IllegalArgumentException when the root names no receiver
   */
  public RoutingTree(RouteSpec spec) {
    this(spec, StormPolicy.DEFAULT, SeverityRules.NONE);
  }

  /**
   * @throws IllegalArgumentException when the root names no receiver
   */
  public RoutingTree(RouteSpec spec, StormPolicy storm, SeverityRules severities) {
    this.root = Route.root(spec);
    this.storm = storm;
    this.severities = severities;
  }

  @Override
  public Severity severityOf(Alert alert) {
    return severities.of(alert);
  }

  @Override
  public StormPolicy storm() {
    return storm;
  }

  public Route root() {
    return root;
  }

  /** The routes of an alert, at least one; the first gives its group, the others add receivers. */
  public List<Route> routes(Alert alert) {
    return routes(labels(alert), severityOf(alert));
  }

  /** The routes that labels take, with the severity that they mean. */
  public List<Route> routes(Labels labels) {
    return routes(labels, Severity.fromLabel(labels.get("severity")));
  }

  private List<Route> routes(Labels labels, Severity severity) {
    var found = new ArrayList<Route>();
    match(root, labels, severity, found);
    return found;
  }

  private static void match(Route route, Labels labels, Severity severity, List<Route> found) {
    int before = found.size();
    for (Route child : route.routes()) {
      if (child.takes(labels, severity)) {
        match(child, labels, severity, found);
        if (!child.goesOn()) {
          break;
        }
      }
    }
    if (found.size() == before) {
      found.add(route);
    }
  }

  /** An alert's labels, with the severity of its rule where no label names one. */
  private static Labels labels(Alert alert) {
    boolean unnamed = alert.spec().severity().isPresent() && !alert.labels().has("severity");
    return unnamed ? alert.labels().with("severity", alert.severity().label()) : alert.labels();
  }

  @Override
  public GroupKey groupOf(Alert alert) {
    Route first = routes(alert).getFirst();
    return new GroupKey(first.path(), first.groupBy().valuesOf(alert));
  }

  /** Not where each alert is asked to stand alone, nor where its sender gave it a key. */
  @Override
  public boolean foldable(Alert alert) {
    return !(routes(alert).getFirst().groupBy() instanceof GroupBy.Everything)
        && !alert.labels().has(PostedAlerts.DEDUP_KEY);
  }

  /** Every receiver some route names. */
  public Set<String> receivers() {
    var names = new LinkedHashSet<String>();
    collect(root, names);
    return names;
  }

  private static void collect(Route route, Set<String> names) {
    names.add(route.receiver());
    route.routes().forEach(child -> collect(child, names));
  }
}
