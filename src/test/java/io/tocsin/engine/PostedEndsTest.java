package io.tocsin.engine;

import static io.tocsin.notify.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertIntake;
import io.tocsin.alert.AlertKey;
import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.HeldAlert;
import io.tocsin.alert.PostedAlert;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Change;
import io.tocsin.incident.InMemoryIncidentStore;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.label.Labels;
import io.tocsin.notify.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a start makes of alerts whose incident a person resolved before the stop. */
class PostedEndsTest {

  private static final Instant RESOLVED = T0.plusSeconds(600);
  private static final Instant NOW = T0.plusSeconds(900);
  private static final Labels LABELS = Labels.of("alertname", "Stuck", "dedup_key", "q1");

  private final InMemoryIncidentStore incidents = new InMemoryIncidentStore();
  private final Intake intake = new Intake();

  /** Holds one alert and remembers what it is told. */
  private static final class Intake implements AlertIntake {
    private final List<PostedAlert> ended = new ArrayList<>();
    private HeldAlert held = stored(T0, Optional.empty());

    @Override
    public void post(String source, List<PostedAlert> alerts, Optional<Duration> timeout) {
      ended.addAll(alerts);
    }

    @Override
    public Optional<HeldAlert> held(AlertKey key) {
      return Optional.of(held).filter(alert -> alert.key().equals(key));
    }

    @Override
    public Optional<HeldAlert> held(String source, String dedupKey) {
      return Optional.empty();
    }
  }

  private static HeldAlert stored(Instant toldAt, Optional<Instant> endsAt) {
    return new HeldAlert("pagerduty", LABELS, Map.of(), T0, endsAt, false, toldAt, "");
  }

  private void resolved(Actor actor) {
    Alert alert =
        new Alert(
            AlertSpec.of(HeldAlert.ruleId("pagerduty"), "Stuck", Duration.ZERO),
            LABELS,
            Alert.Phase.FIRING,
            T0,
            Optional.of(T0),
            Optional.empty(),
            T0,
            Double.NaN,
            Map.of());
    Incident incident =
        Samples.resolved(Samples.incident(Severity.HIGH).withAlerts(List.of(alert)), RESOLVED);
    incidents.save(
        List.of(incident),
        List.of(
            new IncidentEvent(
                incident.id(), 2, RESOLVED, actor, new Change.Resolved(Optional.empty()))));
  }

  private List<PostedAlert> started() {
    new PostedEnds(intake, Runnable::run).catchUp(List.of(intake.held), incidents, NOW);
    return intake.ended;
  }

  @Test
  void anAlertThatAPersonEndedBeforeAKillEndsAtTheNextStartAsOfThen() {
    resolved(Actor.person("Ana"));
    assertThat(started())
        .singleElement()
        .satisfies(alert -> assertThat(alert.endsAt()).contains(RESOLVED))
        .satisfies(alert -> assertThat(alert.labels()).isEqualTo(LABELS));
  }

  @Test
  void anAlertThatItsSenderToldOfAgainAfterThePersonsWordStaysOn() {
    resolved(Actor.person("Ana"));
    intake.held = stored(RESOLVED.plusSeconds(1), Optional.empty());
    assertThat(started()).isEmpty();
  }

  @Test
  void anAlertThatEndsByItselfIsLeftAlone() {
    resolved(Actor.person("Ana"));
    intake.held = stored(T0, Optional.of(NOW.plusSeconds(60)));
    assertThat(started()).isEmpty();
  }

  @Test
  void anAlertOfAnIncidentThatNoPersonResolvedStaysOn() {
    resolved(Actor.SYSTEM);
    assertThat(started()).isEmpty();
  }
}
