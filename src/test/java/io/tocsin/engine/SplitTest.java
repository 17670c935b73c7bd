package io.tocsin.engine;

import static io.tocsin.alert.AlertExamples.breach;
import static io.tocsin.alert.AlertExamples.found;
import static io.tocsin.alert.AlertExamples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Breach;
import io.tocsin.incident.Change;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentCommands.Answer;
import io.tocsin.notify.Message;
import io.tocsin.notify.Transition;
import io.tocsin.silence.Dependencies;
import io.tocsin.silence.Silences;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One incident that turns out to be two, and what an incident keeps quiet. */
class SplitTest {
  private final Road road = new Road();
  private final AlertSpec down = rule("Down");
  private final Breach disk =
      breach(down, "component", "Database", "severity", "error", "instance", "disk");
  private final Breach slow =
      breach(down, "component", "Database", "severity", "warning", "instance", "slow");
  private Incident whole;

  @BeforeEach
  void twoAlertsInOneIncident() {
    road.take(found(down, road.now(), disk, slow));
    whole = road.onlyOpen();
    road.clearSent();
  }

  private String fingerprint(String instance) {
    return whole.alerts().stream()
        .filter(alert -> alert.labels().get("instance").equals(instance))
        .findFirst()
        .orElseThrow()
        .key()
        .fingerprint();
  }

  private Answer split(String... instances) {
    List<String> leaving = List.of(instances).stream().map(this::fingerprint).toList();
    return road.ask(
        whole.id(), new IncidentCommand.Split(leaving, Optional.empty(), "another disk"), "Ana");
  }

  private Incident fresh() {
    return ((Answer.Done) split("slow")).incident();
  }

  private static List<String> instances(Incident incident) {
    return incident.alerts().stream().map(alert -> alert.labels().get("instance")).toList();
  }

  private List<String> told(Incident incident) {
    return road.sent().stream()
        .filter(message -> message.destination().kind().equals("pagerduty"))
        .filter(message -> message.incident().id().equals(incident.id()))
        .map(Message::transition)
        .map(Transition::kind)
        .map(Enum::name)
        .toList();
  }

  @Test
  void theChosenAlertsLeaveForANewIncidentAndBothNameEachOther() {
    Incident fresh = fresh();
    assertThat(fresh.number()).isEqualTo(whole.number() + 1);
    assertThat(instances(fresh)).containsExactly("slow");
    assertThat(fresh.severity().label()).isEqualTo("medium");
    Incident rest = road.open().getFirst();
    assertThat(rest.id()).isEqualTo(whole.id());
    assertThat(instances(rest)).containsExactly("disk");
    assertThat(road.timeline())
        .contains(
            "Ana split it off from #1, because another disk",
            "Ana split off #2: Down is bad, because another disk");
    assertThat(road.events().stream().map(event -> event.change()).toList())
        .anyMatch(it -> it instanceof Change.SplitOff off && off.other().equals(fresh.id()))
        .anyMatch(it -> it instanceof Change.SplitFrom from && from.other().equals(whole.id()));
  }

  @Test
  void receiversHearOfTheNewOneUnderItsOwnKey() {
    Incident fresh = fresh();
    assertThat(told(fresh)).containsExactly("OPENED");
    assertThat(road.sent())
        .filteredOn(message -> message.incident().id().equals(fresh.id()))
        .allMatch(message -> message.dedupKey().equals(fresh.id().value()));
    road.clearSent();
    road.take(found(down, road.now(), disk));
    assertThat(told(fresh)).containsExactly("RESOLVED");
    assertThat(road.onlyOpen().id()).isEqualTo(whole.id());
    assertThat(told(whole)).isEmpty();
  }

  @Test
  void anAlertThatLeftAndComesBackGoesToWhereItLeftForAlsoAfterARestart() {
    Incident fresh = fresh();
    road.take(found(down, road.now(), disk));
    road.restart(Duration.ofSeconds(5));
    road.take(found(down, road.now(), disk, slow));
    assertThat(road.open()).extracting(Incident::id).contains(whole.id(), fresh.id());
    assertThat(road.open())
        .filteredOn(incident -> incident.id().equals(fresh.id()))
        .singleElement()
        .satisfies(again -> assertThat(again.reopened()).isEqualTo(1));
  }

  @Test
  void whoTakesApartWhatIsAcknowledgedHasBoth() {
    road.ask(whole.id(), new IncidentCommand.Acknowledge(), "Bo");
    assertThat(fresh().acknowledgedBy()).contains("Ana");
  }

  @Test
  void somethingMustStaySomethingMustLeaveAndAClosedIncidentIsAConflict() {
    assertThat(split("disk", "slow")).isInstanceOf(Answer.Invalid.class);
    assertThat(split()).isInstanceOf(Answer.Invalid.class);
    var unknown = new IncidentCommand.Split(List.of("00"), Optional.empty(), "");
    assertThat(road.ask(whole.id(), unknown, "Ana"))
        .isEqualTo(new Answer.Invalid("alerts", "00", "fingerprints of this incident's alerts"));
    road.ask(whole.id(), new IncidentCommand.Resolve("fixed"), "Ana");
    assertThat(split("slow")).isEqualTo(new Answer.Conflict("it is resolved"));
  }

  @Test
  void whatTheSplitOffPartIsMergedBackIntoTakesItsAlertsAgain() {
    Incident fresh = fresh();
    road.ask(fresh.id(), new IncidentCommand.MergeInto(whole.id()), "Ana");
    assertThat(instances(road.onlyOpen())).containsExactlyInAnyOrder("disk", "slow");
    assertThat(road.timeline()).contains("Ana linked " + fresh.id() + " (merged_from)");
    road.take(found(down, road.now(), disk));
    road.take(found(down, road.now(), disk, slow));
    assertThat(road.onlyOpen().id()).isEqualTo(whole.id());
  }

  @Test
  void aParentsTimelineNamesTheChildrenThatItKeepsQuietOnceEach() {
    road.silence(
        new Silences(
            List.of(),
            List.of(),
            List.of(),
            Dependencies.of(Map.of("Web app", List.of("Database")))));
    Breach web = breach(rule("WebDown"), "component", "Web app", "severity", "warning");
    road.take(found(rule("WebDown"), road.now(), web));
    road.pass(Duration.ofSeconds(30));
    assertThat(road.onlyOpen().masked().children())
        .extracting(child -> child.summary())
        .containsExactly("WebDown is bad");
    assertThat(road.timeline()).containsOnlyOnce("Explains and keeps quiet: WebDown is bad");
    assertThat(road.firing())
        .extracting(marked -> marked.alert().phase())
        .containsOnly(Alert.Phase.FIRING);
  }
}
