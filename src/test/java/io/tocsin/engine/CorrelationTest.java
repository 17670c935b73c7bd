package io.tocsin.engine;

import static io.tocsin.alert.AlertExamples.breach;
import static io.tocsin.alert.AlertExamples.found;
import static io.tocsin.alert.AlertExamples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.incident.CorrelationPolicy;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.Kinship;
import io.tocsin.notify.RouteSpec;
import io.tocsin.notify.TeamPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Correlation by time and similarity, beside that by labels and by dependencies. */
class CorrelationTest {

  private static final CorrelationPolicy PEOPLE = CorrelationPolicy.DEFAULT;
  private static final CorrelationPolicy MACHINE =
      new CorrelationPolicy(
          PEOPLE.within(), PEOPLE.suggestAt(), Optional.of(0.5), PEOPLE.ignored());

  private static Road road(CorrelationPolicy correlation) {
    Policies usual = Road.policies(RouteSpec.to("ops"));
    return new Road(
        new Policies(
            usual.severities(),
            usual.publication(),
            usual.routes(),
            usual.receivers(),
            usual.escalation(),
            usual.onCall(),
            correlation,
            TeamPlan.NONE));
  }

  private static void breaks(Road road, String alert, String... labels) {
    road.take(found(rule(alert), road.now(), breach(rule(alert), labels)));
  }

  /** Two alerts of one machine half a minute apart, and one of another machine. */
  private static Road trouble(CorrelationPolicy policy) {
    Road road = road(policy);
    breaks(road, "DiskFull", "instance", "db-1", "rack", "r7", "severity", "error");
    road.pass(Duration.ofSeconds(30));
    breaks(road, "SlowQueries", "instance", "db-1", "rack", "r7", "severity", "critical");
    breaks(road, "CartErrors", "instance", "web-4", "severity", "error");
    return road;
  }

  @Test
  void aLikelyMergeIsSuggestedAndSaysWhatAgrees() {
    List<Incident> open = trouble(PEOPLE).open();
    assertThat(open).hasSize(3);
    List<Kinship> kin = Kinship.of(open.get(1), open, PEOPLE, 5);
    assertThat(kin).hasSize(1);
    assertThat(kin.getFirst().other().id()).isEqualTo(open.getFirst().id());
    assertThat(kin.getFirst().labels()).containsExactly("instance=db-1", "rack=r7");
    assertThat(kin.getFirst().why())
        .contains("began 30 s apart; agree on instance=db-1, rack=r7; both say bad");
    assertThat(Kinship.of(open.get(2), open, PEOPLE, 5)).isEmpty();
  }

  @Test
  void nothingIsSuggestedThatBeganLongBefore() {
    Road road = road(PEOPLE);
    breaks(road, "DiskFull", "instance", "db-1", "rack", "r7");
    road.pass(PEOPLE.within().plusSeconds(60));
    breaks(road, "SlowQueries", "instance", "db-1", "rack", "r7");
    assertThat(Kinship.of(road.open().get(1), road.open(), PEOPLE, 5)).isEmpty();
  }

  @Test
  void whereTheMachineMayTheYoungerJoinsBeforeAnybodyIsToldOfIt() {
    Road road = trouble(MACHINE);
    assertThat(road.open()).hasSize(2);
    Incident heir = road.open().getFirst();
    assertThat(heir.alerts()).hasSize(2);
    assertThat(heir.severity().label()).isEqualTo("critical");
    assertThat(road.timeline())
        .anyMatch(
            line ->
                line.startsWith("Tocsin merged it into " + heir.id() + ": ")
                    && line.contains("agree on instance=db-1, rack=r7"));
    assertThat(road.sent())
        .filteredOn(message -> message.transition().kind().name().equals("OPENED"))
        .extracting(message -> message.incident().title())
        .containsOnly("DiskFull is bad", "CartErrors is bad");
  }

  @Test
  void whatPeopleSplitStaysApart() {
    Road road = trouble(MACHINE);
    Incident heir = road.open().getFirst();
    String leaving =
        heir.alerts().stream()
            .filter(alert -> alert.spec().alertName().equals("SlowQueries"))
            .findFirst()
            .orElseThrow()
            .key()
            .fingerprint();
    road.ask(heir.id(), new IncidentCommand.Split(List.of(leaving), Optional.empty(), ""), "Ana");
    road.pass(Duration.ofSeconds(30));
    assertThat(road.open()).hasSize(3);
    assertThat(Kinship.of(road.open().getLast(), road.open(), PEOPLE, 5)).isEmpty();
  }
}
