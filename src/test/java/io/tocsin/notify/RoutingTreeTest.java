package io.tocsin.notify;

import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.firing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alert.Alert;
import io.tocsin.incident.GroupKey;
import io.tocsin.label.Labels;
import io.tocsin.silence.MatcherSyntax;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutingTreeTest {

  private static RouteSpec route(
      String receiver, String matchers, boolean goesOn, RouteSpec... children) {
    return new RouteSpec(
        Optional.of(receiver).filter(name -> !name.isEmpty()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        matchers.isEmpty() ? List.of() : MatcherSyntax.parse(matchers),
        goesOn,
        List.of(children));
  }

  private static RouteSpec grouped(RouteSpec spec, GroupBy groupBy, Duration wait) {
    return new RouteSpec(
        spec.receiver(),
        Optional.of(groupBy),
        Optional.of(wait),
        spec.groupInterval(),
        spec.repeatInterval(),
        spec.matchers(),
        spec.goesOn(),
        spec.routes());
  }

  private final RoutingTree tree =
      new RoutingTree(
          route(
              "default",
              "",
              false,
              route("audit", "severity=critical", true),
              route("db", "component=Database", false, route("dba", "severity=critical", false)),
              route("web", "component=~\"Web.*\"", false)));

  private List<String> receivers(String... labels) {
    return tree.routes(Labels.of(labels)).stream().map(Route::receiver).toList();
  }

  @Test
  void theDeepestFirstMatchWinsAndContinueAddsReceivers() {
    assertThat(receivers("component", "Database")).containsExactly("db");
    assertThat(receivers("component", "Database", "severity", "critical"))
        .containsExactly("audit", "dba");
    assertThat(receivers("component", "Web app")).containsExactly("web");
    assertThat(receivers("component", "Chat")).containsExactly("default");
    assertThat(tree.receivers()).containsExactly("default", "audit", "db", "dba", "web");
  }

  @Test
  void pathsAreStable() {
    assertThat(tree.routes(Labels.of("component", "Database", "severity", "critical")))
        .extracting(Route::path)
        .containsExactly("0/0", "0/1/0");
  }

  @Test
  void whatAChildDoesNotSayItInherits() {
    var child = route("", "a=b", false);
    var root = route("default", "", false, child);
    var tree =
        new RoutingTree(grouped(root, new GroupBy.Names(List.of("team")), Duration.ofSeconds(30)));
    Route inherited = tree.root().routes().getFirst();
    assertThat(inherited.receiver()).isEqualTo("default");
    assertThat(inherited.groupBy()).isEqualTo(new GroupBy.Names(List.of("team")));
    assertThat(inherited.groupWait()).isEqualTo(Duration.ofSeconds(30));
    assertThat(inherited.repeatInterval()).isEqualTo(Duration.ofHours(4));
  }

  @Test
  void alertsAreGroupedByComponentElseByName() {
    Alert database = firing("Slow", T0, "component", "Database", "instance", "1");
    Alert unknown = firing("Slow", T0, "instance", "1");
    assertThat(tree.groupOf(database))
        .isEqualTo(new GroupKey("0/1", Labels.of("component", "Database")));
    assertThat(tree.groupOf(unknown)).isEqualTo(new GroupKey("0", Labels.of("alertname", "Slow")));
  }

  @Test
  void threeDotsMakeEveryAlertItsOwnGroupAndNoNamesMakeOneGroup() {
    Alert alert = firing("Slow", T0, "component", "Database", "instance", "1");
    assertThat(new GroupBy.Everything().valuesOf(alert)).isEqualTo(alert.labels());
    assertThat(new GroupBy.Names(List.of()).valuesOf(alert)).isEqualTo(Labels.EMPTY);
  }

  @Test
  void aReceiverThatIsNotDeclaredIsNamed() {
    var receivers = new Receivers(Map.of("ops", List.of()));
    assertThat(receivers.of("ops")).isEmpty();
    assertThatThrownBy(() -> receivers.require(List.of("ops", "opps")))
        .hasMessage("receiver: found \"opps\", expected one of [ops]");
  }

  @Test
  void theRootNeedsAReceiverAndStepsTheirOrder() {
    assertThatThrownBy(() -> new RoutingTree(route("", "", false)))
        .hasMessage("route: found no receiver, expected one at the root");
    assertThatThrownBy(
            () ->
                EscalationPolicy.of(
                    List.of(
                        EscalationPolicy.Step.receiver(Duration.ofMinutes(30), "l2"),
                        EscalationPolicy.Step.receiver(Duration.ofMinutes(15), "ceo"))))
        .hasMessage("escalation step 2: found after PT15M, expected at least PT30M");
  }
}
