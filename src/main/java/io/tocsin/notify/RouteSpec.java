package io.tocsin.notify;

import io.tocsin.alert.Severity;
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
 * @param severities which alerts, by how bad they are; none means all
 * @param hours when it may make a sound; not inherited
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
    List<Severity> severities,
    Hours hours,
    boolean goesOn,
    List<RouteSpec> routes) {

  /** How long Alertmanager waits before the first message of a group, where a file does not say. */
  public static final Duration ALERTMANAGER_GROUP_WAIT = Duration.ofSeconds(30);

  public RouteSpec {
    matchers = List.copyOf(matchers);
    severities = List.copyOf(severities);
    routes = List.copyOf(routes);
  }

  /** A route for alerts of any severity that may sound at all hours. */
  public RouteSpec(
      Optional<String> receiver,
      Optional<GroupBy> groupBy,
      Optional<Duration> groupWait,
      Optional<Duration> groupInterval,
      Optional<Duration> repeatInterval,
      List<Matcher> matchers,
      boolean goesOn,
      List<RouteSpec> routes) {
    this(
        receiver,
        groupBy,
        groupWait,
        groupInterval,
        repeatInterval,
        matchers,
        List.of(),
        Hours.ALWAYS,
        goesOn,
        routes);
  }

  /** The same with what a root of Alertmanager's file means where it says nothing. */
  public RouteSpec withAlertmanagerDefaults() {
    return new RouteSpec(
        receiver,
        groupBy.or(() -> Optional.of(new GroupBy.Names(List.of()))),
        groupWait.or(() -> Optional.of(ALERTMANAGER_GROUP_WAIT)),
        groupInterval,
        repeatInterval,
        matchers,
        severities,
        hours,
        goesOn,
        routes);
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
