package io.tocsin.notify;

import io.tocsin.label.Matcher;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One node of the routing tree as configured, with Alertmanager's meaning; what is empty is
 * inherited from the parent.
 *
 * @param receiver who gets it
 * @param groupBy what makes a group
 * @param groupWait wait before the first message of a group
 * @param groupInterval wait before telling that a group's alerts changed
 * @param repeatInterval wait before telling the same again
 * @param matchers which alerts: all must match
 * @param goesOn whether siblings after this one are tried too ({@code continue})
 * @param routes children, tried in order
 * @see <a href="https://prometheus.io/docs/alerting/latest/configuration/#route">Alertmanager
 *     route</a>
 */
public record RouteSpec(
    Optional<String> receiver,
    Optional<GroupBy> groupBy,
    Optional<Duration> groupWait,
    Optional<Duration> groupInterval,
    Optional<Duration> repeatInterval,
    List<Matcher> matchers,
    boolean goesOn,
    List<RouteSpec> routes) {

  public RouteSpec {
    matchers = List.copyOf(matchers);
    routes = List.copyOf(routes);
  }

  /** A root that sends everything to one receiver. */
  public static RouteSpec to(String receiver) {
    return new RouteSpec(
        Optional.of(receiver),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        false,
        List.of());
  }
}
