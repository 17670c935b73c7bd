package io.tocsin.silence;

import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.firing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alert.Alert;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Mute;
import io.tocsin.label.Matcher;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilencesTest {
  private final Alert node = firing("NodeDown", T0, "severity", "critical", "node", "a");
  private final Alert same = firing("Slow", T0, "severity", "warning", "node", "a");
  private final Alert elsewhere = firing("Slow", T0, "severity", "warning", "node", "b");

  private static List<Matcher> matchers(String text) {
    return MatcherSyntax.parse(text);
  }

  private static Silence silence(String id, String matchers) {
    return new Silence(id, matchers(matchers), T0, T0.plusSeconds(60), "Ana", "known")
        .approved(new Silence.Approval("Bo", T0));
  }

  private static Silences inhibiting(String source, String target, String... equal) {
    var rule = new InhibitRule(matchers(source), matchers(target), List.of(equal));
    return new Silences(List.of(), List.of(), List.of(rule));
  }

  private static List<List<Mute>> mutes(List<MarkedAlert> marked) {
    return marked.stream().map(MarkedAlert::mutes).toList();
  }

  @Test
  void aSilenceMutesWhatItMatchesFromItsStartUntilItsEnd() {
    var silences =
        new Silences(
            List.of(silence("s1", "node=a"), silence("s2", "severity=warning")),
            List.of(),
            List.of());
    var alerts = List.of(node, same, elsewhere);
    assertThat(mutes(silences.mark(alerts, T0)))
        .containsExactly(
            List.of(new Mute.BySilence("s1")),
            List.of(new Mute.BySilence("s1"), new Mute.BySilence("s2")),
            List.of(new Mute.BySilence("s2")));
    assertThat(silences.mark(alerts, T0.minusMillis(1))).allMatch(MarkedAlert::audible);
    assertThat(silences.mark(alerts, T0.plusSeconds(60))).allMatch(MarkedAlert::audible);
  }

  @Test
  void aSilenceThatWouldMatchEverythingIsRefused() {
    assertThatThrownBy(() -> silence("s1", "node=~\".*\""))
        .hasMessageContaining("expected at least one");
  }

  @Test
  void aFiringSourceInhibitsTargetsThatAgreeWithIt() {
    Silences silences = inhibiting("severity=critical", "severity=warning", "node");
    assertThat(mutes(silences.mark(List.of(node, same, elsewhere), T0)))
        .containsExactly(List.of(), List.of(new Mute.ByInhibition(node.key())), List.of());
    assertThat(silences.mark(List.of(same, elsewhere), T0)).allMatch(MarkedAlert::audible);
  }

  @Test
  void anAlertThatIsSourceAndTargetDoesNotMuteItselfOrItsLike() {
    Silences silences = inhibiting("node=~\".+\"", "node=~\".+\"");
    assertThat(silences.mark(List.of(node, same), T0)).allMatch(MarkedAlert::audible);
  }

  @Test
  void maintenanceMutesTheAlertsOfItsComponentsWhileItLasts() {
    Alert alert = firing("Down", T0, "component", "Database");
    var work =
        new Maintenance("m1", "Upgrade", "", List.of("Database"), T0, T0.plusSeconds(60), "Ana");
    var silences = new Silences(List.of(), List.of(work), List.of());
    assertThat(mutes(silences.mark(List.of(alert, node), T0)))
        .containsExactly(List.of(new Mute.ByMaintenance("m1")), List.of());
  }

  @Test
  void anExpiredSilenceIsOver() {
    Silence expired = silence("s1", "node=a").expired(T0.plusSeconds(10));
    assertThat(expired.active(T0.plusSeconds(9))).isTrue();
    assertThat(expired.active(T0.plusSeconds(10))).isFalse();
  }
}
