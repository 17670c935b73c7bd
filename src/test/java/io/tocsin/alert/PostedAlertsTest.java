package io.tocsin.alert;

import static io.tocsin.alert.AlertExamples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PostedAlertsTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final PostedAlerts posted = new PostedAlerts();
  private final AlertTracker tracker = new AlertTracker();
  private Alerts alerts = Alerts.NONE;

  private static PostedAlert disk(Optional<Instant> start, Optional<Instant> end, String summary) {
    return new PostedAlert(
        Labels.of("alertname", "DiskFull", "instance", "a"),
        Map.of("summary", summary),
        start,
        end,
        "http://prometheus/graph");
  }

  private PostedAlerts.Change post(Instant now, PostedAlert... some) {
    return apply(posted.take("alertmanager", List.of(some), Optional.of(TIMEOUT), now), now);
  }

  private PostedAlerts.Change apply(PostedAlerts.Change change, Instant now) {
    alerts = tracker.advance(alerts, change.evaluations(), now).next();
    return change;
  }

  private List<Alert> firing() {
    return alerts.firing();
  }

  @Test
  void aPostedAlertFiresSinceTheStartItNames() {
    Instant start = T0.minusSeconds(90);
    assertThat(post(T0, disk(Optional.of(start), Optional.empty(), "full")).save()).hasSize(1);
    assertThat(firing()).hasSize(1);
    assertThat(firing().getFirst().activeSince()).isEqualTo(start);
    assertThat(firing().getFirst().summary()).isEqualTo("full");
    assertThat(firing().getFirst().spec().ruleId()).isEqualTo("posted:alertmanager");
  }

  @Test
  void aResendWritesNothingAndPutsTheEndOff() {
    PostedAlert alert = disk(Optional.of(T0), Optional.empty(), "full");
    post(T0, alert);
    Instant later = T0.plusSeconds(240);
    assertThat(post(later, alert).save()).isEmpty();
    assertThat(apply(posted.expire(T0.plusSeconds(301)), T0.plusSeconds(301)).remove()).isEmpty();
    assertThat(firing()).hasSize(1);
    Instant end = later.plus(TIMEOUT);
    assertThat(apply(posted.expire(end), end).remove()).hasSize(1);
    assertThat(firing()).isEmpty();
    assertThat(posted.size()).isZero();
  }

  @Test
  void anEndThatWasNamedRulesOverOurs() {
    Instant named = T0.plusSeconds(3_600);
    post(T0, disk(Optional.of(T0), Optional.of(named), "full"));
    post(T0.plusSeconds(60), disk(Optional.of(T0), Optional.empty(), "full"));
    assertThat(posted.find(key()).orElseThrow().endsAt()).contains(named);
  }

  @Test
  void anEndInThePastResolvesAndALaterStartFiresAgain() {
    post(T0, disk(Optional.of(T0), Optional.empty(), "full"));
    Instant end = T0.plusSeconds(30);
    PostedAlerts.Change change = post(end, disk(Optional.of(T0), Optional.of(end), "full"));
    assertThat(change.remove()).containsExactly(key());
    assertThat(firing()).isEmpty();
    Instant again = T0.plusSeconds(60);
    post(again, disk(Optional.of(again), Optional.empty(), "full"));
    assertThat(firing().getFirst().activeSince()).isEqualTo(again);
  }

  @Test
  void theEarliestStartStaysAndTheNewestTextsWin() {
    post(T0, disk(Optional.of(T0.minusSeconds(60)), Optional.empty(), "full"));
    PostedAlerts.Change change =
        post(T0.plusSeconds(1), disk(Optional.of(T0), Optional.empty(), "fuller"));
    assertThat(change.save()).hasSize(1);
    assertThat(posted.find(key()).orElseThrow().startsAt()).isEqualTo(T0.minusSeconds(60));
    assertThat(firing().getFirst().summary()).isEqualTo("fuller");
  }

  @Test
  void afterARestartEverySourceHasTimeToTellAgain() {
    post(T0, disk(Optional.of(T0), Optional.empty(), "full"));
    List<HeldAlert> stored = List.of(posted.find(key()).orElseThrow());
    var restarted = new PostedAlerts();
    Instant back = T0.plusSeconds(3_600);
    alerts = Alerts.NONE;
    apply(restarted.restore(stored, TIMEOUT, back), back);
    assertThat(firing()).hasSize(1);
    assertThat(restarted.expire(back.plusSeconds(299)).evaluations()).isEmpty();
    assertThat(restarted.expire(back.plus(TIMEOUT)).remove()).containsExactly(key());
  }

  @Test
  void whatTheRoadBelievesToBeOnButNobodyHoldsEnds() {
    post(T0, disk(Optional.of(T0), Optional.empty(), "full"));
    var restarted = new PostedAlerts();
    List<Evaluation> orphans = restarted.orphans(firing(), T0.plusSeconds(9));
    alerts = tracker.advance(alerts, orphans, T0.plusSeconds(9)).next();
    assertThat(firing()).isEmpty();
  }

  @Test
  void whatCouldNotBeWrittenIsWrittenWithTheNextChange() {
    PostedAlerts.Change change = post(T0, disk(Optional.of(T0), Optional.empty(), "full"));
    posted.failed(change);
    assertThat(posted.expire(T0.plusSeconds(1)).save()).hasSize(1);
    assertThat(posted.expire(T0.plusSeconds(2)).save()).isEmpty();
  }

  @Test
  void aSourceWithoutATimeoutEndsItsAlertsItself() {
    PostedAlert alert = disk(Optional.empty(), Optional.empty(), "full");
    apply(posted.take("pagerduty", List.of(alert), Optional.empty(), T0), T0);
    assertThat(posted.expire(T0.plus(Duration.ofDays(30))).remove()).isEmpty();
    assertThat(firing().getFirst().spec().ruleId()).isEqualTo("posted:pagerduty");
  }

  @Test
  void thousandsAtOnceAreOneEvaluationForEachName() {
    var many = new ArrayList<PostedAlert>();
    for (int i = 0; i < 5_000; i++) {
      many.add(
          new PostedAlert(
              Labels.of("alertname", "N" + i % 2, "i", "" + i),
              Map.of(),
              Optional.empty(),
              Optional.empty(),
              ""));
    }
    PostedAlerts.Change change = post(T0, many.toArray(PostedAlert[]::new));
    assertThat(change.evaluations()).hasSize(2);
    assertThat(firing()).hasSize(5_000);
  }

  private static AlertKey key() {
    return new AlertKey("posted:alertmanager", Labels.of("alertname", "DiskFull", "instance", "a"));
  }
}
