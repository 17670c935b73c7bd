package io.tocsin.alert;

import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.breach;
import static io.tocsin.alert.AlertExamples.found;
import static io.tocsin.alert.AlertExamples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.AlertTracker.Advance;
import io.tocsin.label.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertTrackerTest {
  private final AlertTracker tracker = new AlertTracker();
  private final AlertSpec slow = rule("Slow", Duration.ofMinutes(1), Duration.ofSeconds(30));
  private Alerts alerts = Alerts.NONE;

  private Advance take(Evaluation... evaluations) {
    Instant now = evaluations[evaluations.length - 1].at();
    Advance advance = tracker.advance(alerts, List.of(evaluations), now);
    alerts = advance.next();
    return advance;
  }

  private static Instant at(long seconds) {
    return T0.plusSeconds(seconds);
  }

  private static Evaluation only(
      AlertSpec rule, Instant at, Set<Labels> labels, Breach... breaches) {
    return new Evaluation(
        rule,
        at,
        new Evaluation.Scope.Only(labels),
        new Evaluation.Outcome.Found(List.of(breaches)));
  }

  @Test
  void aBreachFiresAfterItsForAndResolvesAfterKeepFiringFor() {
    take(found(slow, at(0), breach(slow)));
    assertThat(alerts.pending()).hasSize(1);
    take(found(slow, at(59), breach(slow)));
    assertThat(alerts.firing()).isEmpty();
    take(found(slow, at(60), breach(slow)));
    Alert alert = alerts.firing().getFirst();
    assertThat(alert.activeSince()).isEqualTo(at(0));
    assertThat(alert.firingSince()).contains(at(60));

    take(found(slow, at(75)));
    assertThat(alerts.firing()).hasSize(1);
    take(found(slow, at(104)));
    assertThat(alerts.firing()).hasSize(1);
    take(found(slow, at(105)));
    assertThat(alerts.firing()).isEmpty();
    assertThat(alerts.resolved().getFirst().resolvedAt()).contains(at(105));
  }

  @Test
  void aBreachWithinKeepFiringForStartsItAnew() {
    take(found(slow, at(0), breach(slow)), found(slow, at(60), breach(slow)));
    take(found(slow, at(80)));
    take(found(slow, at(90), breach(slow)));
    take(found(slow, at(100)));
    take(found(slow, at(129)));
    assertThat(alerts.firing()).hasSize(1);
    take(found(slow, at(130)));
    assertThat(alerts.firing()).isEmpty();
  }

  @Test
  void aPendingAlertThatEndsLeavesNothing() {
    take(found(slow, at(0), breach(slow)));
    Advance ended = take(found(slow, at(15)));
    assertThat(alerts.pending()).isEmpty();
    assertThat(ended.changed()).isEmpty();
    assertThat(ended.gone()).hasSize(1);
  }

  @Test
  void aResolvedAlertIsKeptForFifteenMinutes() {
    AlertSpec down = rule("Down");
    take(found(down, at(0), breach(down)));
    take(found(down, at(60)));
    Advance later = tracker.advance(alerts, List.of(), at(60 + 15 * 60 - 1));
    assertThat(later.next().resolved()).hasSize(1);
    Advance gone = tracker.advance(later.next(), List.of(), at(60 + 15 * 60));
    assertThat(gone.next().resolved()).isEmpty();
    assertThat(gone.gone()).hasSize(1);
  }

  @Test
  void anEvaluationOlderThanTheNewestIsPassedOver() {
    AlertSpec down = rule("Down");
    take(found(down, at(60)));
    assertThat(take(found(down, at(30), breach(down))).changed()).isEmpty();
    Set<Labels> labels = Set.of(breach(down).labels());
    take(only(down, at(90), labels));
    take(only(down, at(80), labels, breach(down)));
    assertThat(alerts.firing()).isEmpty();
    take(found(down, at(85), breach(down)));
    assertThat(alerts.firing()).isEmpty();
    take(only(down, at(90), labels, breach(down)));
    assertThat(alerts.firing()).hasSize(1);
  }

  @Test
  void aLateSampleOfASenderWhoseClockLagsIsStillNews() {
    AlertSpec down = rule("Down");
    take(found(down, at(60)));
    take(only(down, at(55), Set.of(breach(down).labels()), breach(down)));
    assertThat(alerts.firing()).hasSize(1);
  }

  @Test
  void anEvaluationOfSomeLeavesTheOthersAlone() {
    AlertSpec down = rule("Down");
    Breach one = breach(down, "instance", "1");
    Breach two = breach(down, "instance", "2");
    take(found(down, at(0), one, two));
    take(only(down, at(10), Set.of(one.labels())));
    assertThat(alerts.firing()).extracting(Alert::labels).containsExactly(two.labels());
  }

  @Test
  void nothingNewCopiesNothing() {
    AlertSpec down = rule("Down");
    take(found(down, at(0), breach(down)));
    assertThat(tracker.advance(alerts, List.of(), at(1)).next()).isSameAs(alerts);
    List<Alert> firing = alerts.firing();
    AlertSpec other = rule("Other");
    take(found(other, at(2)));
    assertThat(alerts.firing()).isSameAs(firing);
  }

  @Test
  void aPendingAlertIsWrittenAgainNowAndThenButAFiringOneIsNot() {
    AlertSpec patient = rule("Patient", Duration.ofHours(1), Duration.ZERO);
    assertThat(take(found(patient, at(0), breach(patient))).changed()).hasSize(1);
    assertThat(take(found(patient, at(5), breach(patient))).changed()).isEmpty();
    assertThat(take(found(patient, at(20), breach(patient))).changed()).hasSize(1);
    AlertSpec down = rule("Down");
    take(found(down, at(21), breach(down)));
    assertThat(take(found(down, at(81), breach(down))).changed()).isEmpty();
  }

  @Test
  void aShortGapOfOursLeavesAPendingAlertItsTime() {
    Alert pending =
        take(found(slow, at(0), breach(slow)), found(slow, at(40), breach(slow)))
            .changed()
            .getFirst();
    alerts = tracker.restore(List.of(pending), at(45)).next();
    take(found(slow, at(60), breach(slow)));
    assertThat(alerts.firing()).hasSize(1);
  }

  @Test
  void aLongerGapOfOursDoesNotCountAsBreaching() {
    Alert pending =
        take(found(slow, at(0), breach(slow)), found(slow, at(40), breach(slow)))
            .changed()
            .getFirst();
    alerts = tracker.restore(List.of(pending), at(40 + 1_800)).next();
    take(found(slow, at(1_845), breach(slow)));
    assertThat(alerts.firing()).isEmpty();
    take(found(slow, at(1_860), breach(slow)));
    assertThat(alerts.firing()).hasSize(1);
  }

  @Test
  void afterAGapOfMoreThanAnHourAPendingAlertStartsAnewAndAFiringOneGoesOn() {
    Alert pending = take(found(slow, at(0), breach(slow))).changed().getFirst();
    Alert firing = AlertExamples.firing("Down", at(0));
    Advance restored = tracker.restore(List.of(pending, firing), at(3_601));
    assertThat(restored.next().pending()).isEmpty();
    assertThat(restored.gone()).containsExactly(pending.key());
    assertThat(restored.next().firing()).containsExactly(firing);
  }

  @Test
  void piecesOfAnEvaluationDoTheSameAsTheWhole() {
    AlertSpec down = rule("Down");
    var before = new ArrayList<Breach>();
    var after = new ArrayList<Breach>();
    for (int i = 0; i < 100; i++) {
      Breach breach = breach(down, "instance", "i" + i);
      before.add(breach);
      if (i % 2 == 0) {
        after.add(breach);
      }
    }
    take(Evaluation.found(down, at(0), before));
    Evaluation next = Evaluation.found(down, at(15), after);
    Alerts whole = tracker.advance(alerts, List.of(next), at(15)).next();
    List<Evaluation> pieces = tracker.pieces(alerts, next, 30);
    assertThat(pieces).hasSize(5);
    for (Evaluation piece : pieces) {
      assertThat(take(piece).changed().size()).isLessThanOrEqualTo(30);
    }
    assertThat(alerts.firing()).isEqualTo(whole.firing());
    assertThat(alerts.resolved()).isEqualTo(whole.resolved());
  }

  @Test
  void aRuleThatIsGoneEndsItsAlertsAtOnce() {
    take(found(slow, at(0), breach(slow)), found(slow, at(60), breach(slow)));
    Advance retired = tracker.advance(alerts, List.of(), Set.of(slow.ruleId()), at(61));
    assertThat(retired.changed())
        .extracting(Alert::resolvedAt)
        .containsExactly(Optional.of(at(61)));
    assertThat(retired.next().health()).isEmpty();
  }
}
