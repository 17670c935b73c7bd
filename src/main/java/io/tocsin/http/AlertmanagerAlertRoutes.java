package io.tocsin.http;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tocsin.access.Scope;
import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertIntake;
import io.tocsin.alert.AlertView;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Mute;
import io.tocsin.alert.PostedAlert;
import io.tocsin.http.AlertmanagerJson.GettableAlert;
import io.tocsin.http.AlertmanagerJson.PostableAlert;
import io.tocsin.label.BoundedRegex;
import io.tocsin.label.Matcher;
import io.tocsin.notify.AlertGroup;
import io.tocsin.notify.Route;
import io.tocsin.notify.RoutingTree;
import io.tocsin.silence.MatcherSyntax;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Alertmanager's {@code alerts} and {@code alerts/groups}: for Prometheus, amtool and Grafana. */
public final class AlertmanagerAlertRoutes implements Routes {

  /** Under which name alerts that come this way live. */
  public static final String SOURCE = "alertmanager";

  private static final String PATH = "/alertmanager/api/v2/alerts";
  private static final long MAX_BODY = 16 * 1024 * 1024;

  private final Ports ports;
  private final Blocking blocking;

  /**
   * @param alerts what breaches now
   * @param intake the door for posted ones
   * @param routes who hears of what now
   * @param resolveTimeout how long one lasts that names no end
   */
  public record Ports(
      AlertView alerts,
      AlertIntake intake,
      Supplier<RoutingTree> routes,
      Supplier<Duration> resolveTimeout,
      InstantSource clock) {}

  public AlertmanagerAlertRoutes(Ports ports, Blocking blocking) {
    this.ports = ports;
    this.blocking = blocking;
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH).needs(Scope.READ).answersAtOnce(this::list);
    Operation.get(router, PATH + "/groups").needs(Scope.READ).answersAtOnce(this::groups);
    Operation.post(router, PATH)
        .needs(Scope.INGEST)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::post);
  }

  private Reply list(Request request) {
    Filter filter = filter(request);
    RoutingTree tree = ports.routes.get();
    Instant now = ports.clock.instant();
    var found = new ArrayList<GettableAlert>();
    for (MarkedAlert marked : ports.alerts.firing()) {
      List<String> receivers = receivers(tree, marked.alert());
      if (filter.takes(marked) && receivers.stream().anyMatch(filter.receiver)) {
        found.add(gettable(marked, receivers, now));
      }
    }
    found.sort(Comparator.comparing(GettableAlert::fingerprint));
    return Reply.json(found);
  }

  private Reply groups(Request request) {
    Filter filter = filter(request);
    RoutingTree tree = ports.routes.get();
    Instant now = ports.clock.instant();
    var found = new ArrayList<AlertmanagerJson.Group>();
    for (AlertGroup group : AlertGroup.of(tree, ports.alerts.firing())) {
      List<GettableAlert> alerts =
          group.alerts().stream()
              .filter(filter::takes)
              .map(marked -> gettable(marked, receivers(tree, marked.alert()), now))
              .toList();
      if (filter.receiver.test(group.receiver()) && !alerts.isEmpty()) {
        found.add(
            new AlertmanagerJson.Group(
                group.labels().toMap(), new AlertmanagerJson.Receiver(group.receiver()), alerts));
      }
    }
    return Reply.json(found);
  }

  private GettableAlert gettable(MarkedAlert marked, List<String> receivers, Instant now) {
    return GettableAlert.of(marked, receivers, ports.intake.held(marked.alert().key()), now);
  }

  private static List<String> receivers(RoutingTree tree, Alert alert) {
    return tree.routes(alert).stream().map(Route::receiver).distinct().toList();
  }

  private record Filter(
      boolean active,
      boolean silenced,
      boolean inhibited,
      boolean muted,
      Predicate<String> receiver,
      List<Matcher> matchers) {

    boolean takes(MarkedAlert marked) {
      List<Mute> mutes = marked.mutes();
      return (active || !mutes.isEmpty())
          && (silenced || none(mutes, Filter::bySilence))
          && (inhibited || none(mutes, Mute.ByInhibition.class::isInstance))
          && (muted || none(mutes, Mute.ByTimeInterval.class::isInstance))
          && Matcher.all(matchers, marked.alert().labels());
    }

    private static boolean bySilence(Mute mute) {
      return mute instanceof Mute.BySilence || mute instanceof Mute.ByMaintenance;
    }

    private static boolean none(List<Mute> mutes, Predicate<Mute> which) {
      return mutes.stream().noneMatch(which);
    }
  }

  private static Filter filter(Request request) {
    return new Filter(
        flag(request, "active"),
        flag(request, "silenced"),
        flag(request, "inhibited"),
        flag(request, "muted"),
        receiver(request.query("receiver")),
        matchers(request));
  }

  /** True unless it says otherwise. */
  private static boolean flag(Request request, String name) {
    String text = request.query(name).orElse("true");
    if (!text.equals("true") && !text.equals("false")) {
      throw ProblemException.of(422, name + " in query must be of type boolean: \"" + text + "\"");
    }
    return text.equals("true");
  }

  private static Predicate<String> receiver(Optional<String> regex) {
    if (regex.isEmpty()) {
      return name -> true;
    }
    try {
      Pattern pattern = BoundedRegex.compile("^(?:" + regex.get() + ")$");
      return name -> pattern.matcher(name).find();
    } catch (PatternSyntaxException wrong) {
      throw ProblemException.badRequest("failed to parse receiver param: " + wrong.getMessage());
    }
  }

  /** The parameters {@code filter}, of all of which an alert or silence must satisfy each. */
  static List<Matcher> matchers(Request request) {
    var matchers = new ArrayList<Matcher>();
    for (String text : request.queries("filter")) {
      try {
        matchers.addAll(MatcherSyntax.parse(text));
      } catch (IllegalArgumentException wrong) {
        throw ProblemException.badRequest("bad matcher format: " + wrong.getMessage());
      }
    }
    return matchers;
  }

  /** As there, what is well-formed is taken; the answer names the rest. */
  private Reply post(Request request) {
    PostableAlert[] posted = request.json(PostableAlert[].class);
    List<PostedAlert> good =
        Stream.of(posted)
            .filter(alert -> alert.wrong().isEmpty())
            .map(PostableAlert::posted)
            .toList();
    List<String> wrong =
        Stream.of(posted).map(PostableAlert::wrong).flatMap(Optional::stream).toList();
    if (!good.isEmpty()) {
      take(SOURCE, good, ports.intake, Optional.of(ports.resolveTimeout.get()));
    }
    if (!wrong.isEmpty()) {
      throw ProblemException.badRequest(String.join("; ", wrong));
    }
    return Reply.empty(200);
  }

  /** Posts, with 503 when they could not be made durable. */
  static void take(
      String source, List<PostedAlert> alerts, AlertIntake intake, Optional<Duration> timeout) {
    try {
      intake.post(source, alerts, timeout);
    } catch (AlertIntake.Refused away) {
      throw ProblemException.unavailable(String.valueOf(away.getMessage()), Duration.ofSeconds(5));
    }
  }
}
