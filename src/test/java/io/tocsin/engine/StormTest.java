package io.tocsin.engine;

import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.breach;
import static io.tocsin.alert.AlertExamples.found;
import static io.tocsin.alert.AlertExamples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Breach;
import io.tocsin.incident.Incident;
import io.tocsin.notify.Extent;
import io.tocsin.notify.GroupBy;
import io.tocsin.notify.Message;
import io.tocsin.notify.RouteSpec;
import io.tocsin.notify.Transition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A thousand alerts at once are few messages, and useful ones. */
class StormTest {
  private final AlertSpec down = rule("Down");

  private static RouteSpec by(GroupBy groupBy) {
    return new RouteSpec(
        Optional.of("ops"),
        Optional.of(groupBy),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        false,
        List.of());
  }

  private Breach[] breaches(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> breach(down, "host", "h" + i, "severity", i == 700 ? "critical" : "warning"))
        .toArray(Breach[]::new);
  }

  @Test
  void theWorstGroupsGetTheirOwnIncidentAndTheRestShareOne() {
    var road = new Road(Road.policies(by(new GroupBy.Names(List.of("host")))));
    road.take(found(down, T0, breaches(0, 1_000)));
    assertThat(road.open()).hasSize(21);
    Incident storm =
        road.open().stream().filter(incident -> incident.alerts().size() > 1).findFirst().get();
    assertThat(storm.alerts()).hasSize(980);
    assertThat(storm.title()).startsWith("A storm of alerts, the worst: ");
    assertThat(road.open()).anyMatch(i -> i.severity().label().equals("critical") && i != storm);
    assertThat(road.sent()).hasSize(42);
    assertThat(road.sent()).allMatch(m -> m.incident().alerts().size() <= Extent.MOST_ALERTS);

    road.clearSent();
    road.take(found(down, T0.plusSeconds(1), breaches(0, 1_500)));
    assertThat(road.open()).hasSize(21);
    assertThat(road.sent()).isEmpty();
    road.pass(Duration.ofMinutes(6));
    assertThat(road.sent())
        .filteredOn(m -> m.transition().kind() == Transition.Kind.ALERTS_CHANGED)
        .allMatch(m -> m.text().endsWith("1480 alerts"))
        .hasSize(2);

    road.clearSent();
    road.take(found(down, road.now()));
    assertThat(road.open()).isEmpty();
    assertThat(road.sent())
        .filteredOn(m -> m.transition().kind() == Transition.Kind.RESOLVED)
        .hasSizeGreaterThanOrEqualTo(42);
  }

  @Test
  void oneIncidentOfTenThousandAlertsIsToldShortlyAndChangesAreSeenInTheWhole() {
    var road = new Road(Road.policies(by(new GroupBy.Names(List.of()))));
    road.take(found(down, T0, breaches(0, 10_000)));
    assertThat(road.onlyOpen().alerts()).hasSize(10_000);
    Message opened = road.sent().getFirst();
    assertThat(opened.incident().alerts()).hasSize(Extent.MOST_ALERTS);
    assertThat(opened.incident().alerts().getFirst().severity().label()).isEqualTo("critical");
    assertThat(opened.extent().active()).isEqualTo(10_000);
    road.clearSent();
    road.pass(Duration.ofMinutes(6));
    assertThat(road.sent()).noneMatch(m -> m.transition().kind() == Transition.Kind.ALERTS_CHANGED);
    road.restart(Duration.ofSeconds(5));
    road.pass(Duration.ofMinutes(6));
    assertThat(road.sent()).noneMatch(m -> m.transition().kind() == Transition.Kind.ALERTS_CHANGED);
  }

  @Test
  void whereEachAlertIsAskedToStandAloneItDoes() {
    var road = new Road(Road.policies(by(new GroupBy.Everything())));
    road.take(found(down, T0, breaches(0, 100)));
    assertThat(road.open()).hasSize(100);
  }

  @Test
  void afterTheStormANewGroupStandsAloneAgain() {
    var road = new Road(Road.policies(by(new GroupBy.Names(List.of("host")))));
    road.take(found(down, T0, breaches(0, 50)));
    assertThat(road.open()).hasSize(21);
    road.pass(Duration.ofSeconds(15));
    road.take(found(down, road.now(), breaches(0, 51)));
    assertThat(road.open()).hasSize(22);
  }
}
