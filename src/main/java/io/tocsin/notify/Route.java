package io.tocsin.notify;

import io.tocsin.alert.Severity;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One node of the routing tree with everything inherited filled in.
 *
 * @param path where it stands: {@code 0} is the root, {@code 0/2} its third child
 * @param receiver who gets it
 * @param groupBy what makes a group
 * @param groupWait wait before the first message of a group
 * @param groupInterval wait before telling that a group's alerts changed
 * @param repeatInterval wait before telling the same again
 * @param matchers which alerts
 * @param severities which alerts, by how bad they are; none means all
 * @param hours when it may make a sound
 * @param goesOn whether siblings after this one are tried too
 * @param routes children, tried in order
 */
public record Route(
    String path,
    String receiver,
    GroupBy groupBy,
    Duration groupWait,
    Duration groupInterval,
    Duration repeatInterval,
    List<Matcher> matchers,
    List<Severity> severities,
    Hours hours,
    boolean goesOn,
    List<Route> routes) {

  /** Our default: the first message goes out at once. */
  public static final Duration GROUP_WAIT = Duration.ZERO;

  /** Alertmanager's default. */
  public static final Duration GROUP_INTERVAL = Duration.ofMinutes(5);

  /** Alertmanager's default. */
  public static final Duration REPEAT_INTERVAL = Duration.ofHours(4);

  public Route {
    matchers = List.copyOf(matchers);
    severities = List.copyOf(severities);
    routes = List.copyOf(routes);
  }

  static Route root(RouteSpec spec) {
    if (spec.receiver().isEmpty()) {
      throw new IllegalArgumentException("route: found no receiver, expected one at the root");
    }
    return resolve("0", spec, Optional.empty());
  }

  private static Route resolve(String path, RouteSpec spec, Optional<Route> parent) {
    Route own =
        new Route(
            path,
            spec.receiver().or(() -> parent.map(Route::receiver)).orElseThrow(),
            spec.groupBy().or(() -> parent.map(Route::groupBy)).orElseGet(GroupBy.Component::new),
            spec.groupWait().or(() -> parent.map(Route::groupWait)).orElse(GROUP_WAIT),
            spec.groupInterval().or(() -> parent.map(Route::groupInterval)).orElse(GROUP_INTERVAL),
            spec.repeatInterval()
                .or(() -> parent.map(Route::repeatInterval))
                .orElse(REPEAT_INTERVAL),
            spec.matchers(),
            spec.severities(),
            spec.hours(),
            spec.goesOn(),
            List.of());
    var children = new ArrayList<Route>();
    for (int i = 0; i < spec.routes().size(); i++) {
      children.add(resolve(path + "/" + i, spec.routes().get(i), Optional.of(own)));
    }
    return own.withRoutes(children);
  }

  /** Whether it takes an alert with these labels and this severity. */
  boolean takes(Labels labels, Severity severity) {
    return (severities.isEmpty() || severities.contains(severity)) && Matcher.all(matchers, labels);
  }

  private Route withRoutes(List<Route> children) {
    return new Route(
        path,
        receiver,
        groupBy,
        groupWait,
        groupInterval,
        repeatInterval,
        matchers,
        severities,
        hours,
        goesOn,
        children);
  }

  /** The route for people: its path with what it matches. */
  public String describe() {
    String conditions = matchers.isEmpty() ? "" : " " + matchers;
    String levels = severities.isEmpty() ? "" : " " + severities;
    return "route " + path + conditions + levels;
  }
}
