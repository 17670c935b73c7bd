package io.tocsin.engine;

import static io.tocsin.alert.AlertExamples.breach;
import static io.tocsin.alert.AlertExamples.found;
import static io.tocsin.alert.AlertExamples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Severity;
import io.tocsin.incident.CorrelationPolicy;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.notify.TeamPlan;
import io.tocsin.oncall.Contact;
import io.tocsin.oncall.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The owner's team by severity, from whoever is on call. */
class TeamTest {

  private static final Map<String, String> ON_CALL =
      Map.of("l1", "Ana", "l2", "Ben", "engineering", "Eva", "manager", "Max");

  private final AlertSpec down = rule("Down");
  private final Road road = road();

  private static Road road() {
    Policies usual = Road.POLICIES;
    return new Road(
        new Policies(
            usual.severities(),
            usual.publication(),
            usual.routes(),
            usual.receivers(),
            usual.escalation(),
            (targets, at) -> targets.stream().map(TeamTest::contact).toList(),
            CorrelationPolicy.DEFAULT,
            TeamPlan.owners(ON_CALL.keySet())));
  }

  private static Contact contact(Target target) {
    return target instanceof Target.OfRole role
        ? new Contact(ON_CALL.getOrDefault(role.name(), ""), role.name() + "-sms", Duration.ZERO)
        : new Contact("", ((Target.OfReceiver) target).name(), Duration.ZERO);
  }

  private void breaks(String severity) {
    road.take(found(down, road.now(), breach(down, "component", "Database", "severity", severity)));
  }

  @Test
  void aCriticalIncidentHasItsTeamAtOnceAndNobodyHasTwoRoles() {
    breaks("critical");
    assertThat(road.onlyOpen().roles())
        .isEqualTo(Map.of("commander", "Max", "operations", "Eva", "scribe", "Ana"));
    assertThat(road.timeline()).contains("Max is commander", "Eva is operations");
  }

  @Test
  void forAHighIncidentTheTeamIsProposedOnceAndFilledWhenItGetsWorse() {
    breaks("error");
    assertThat(road.onlyOpen().roles()).isEmpty();
    assertThat(road.onlyOpen().proposed())
        .isEqualTo(Map.of("commander", "Ben", "operations", "Ana"));
    road.pass(Duration.ofHours(2));
    assertThat(road.timeline()).containsOnlyOnce("Ben is proposed as commander");

    var id = road.onlyOpen().id();
    road.ask(id, new IncidentCommand.TakeRole("commander", "Zoe"), "Zoe");
    road.ask(id, new IncidentCommand.ChangeSeverity(Severity.CRITICAL), "Zoe");
    assertThat(road.onlyOpen().roles())
        .containsEntry("commander", "Zoe")
        .containsEntry("operations", "Ana");
    assertThat(road.onlyOpen().proposed()).isEmpty();
  }

  @Test
  void aLowIncidentCallsNobodyAndRolesThatNobodyFillsAreLeftOut() {
    breaks("info");
    assertThat(road.onlyOpen().proposed()).isEmpty();
    assertThat(TeamPlan.owners(Set.of()).rows().values()).allMatch(row -> row.seats().isEmpty());
    assertThat(TeamPlan.owners(Set.of("l1")).rows().get(Severity.HIGH).seats())
        .extracting(TeamPlan.Seat::role)
        .isEqualTo(List.of("commander", "operations"));
  }
}
