package io.tocsin.silence;

import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.firing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alert.Alert;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Mute;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DependenciesTest {
  private final Dependencies dependencies =
      Dependencies.of(
          Map.of("Web app", List.of("API"), "API", List.of("Database"), "Chat", List.of()));

  private List<MarkedAlert> mark(Alert... firing) {
    return new Silences(List.of(), List.of(), List.of(), dependencies).mark(List.of(firing), T0);
  }

  @Test
  void whatNeedsAFailingComponentIsExplainedByItAlsoOverOthers() {
    Alert database = firing("DbDown", T0, "component", "Database", "severity", "critical");
    Alert web = firing("WebSlow", T0, "component", "Web app", "severity", "critical");
    Alert chat = firing("ChatSlow", T0, "component", "Chat", "severity", "high");
    List<MarkedAlert> marked = mark(database, web, chat);
    assertThat(marked.get(0).audible()).isTrue();
    assertThat(marked.get(1).mutes()).containsExactly(new Mute.ByInhibition(database.key()));
    assertThat(marked.get(2).audible()).isTrue();
  }

  @Test
  void aChildThatIsWorseThanItsParentIsHeard() {
    Alert api = firing("ApiSlow", T0, "component", "API", "severity", "high");
    Alert web = firing("WebDown", T0, "component", "Web app", "severity", "critical");
    assertThat(mark(api, web)).allMatch(MarkedAlert::audible);
    Alert minor = firing("ApiOdd", T0, "component", "API", "severity", "warning");
    Alert slow = firing("WebSlow", T0, "component", "Web app", "severity", "warning");
    assertThat(mark(minor, slow)).allMatch(MarkedAlert::audible);
  }

  @Test
  void aCircleIsNamed() {
    assertThatThrownBy(() -> Dependencies.of(Map.of("A", List.of("B"), "B", List.of("A"))))
        .hasMessageMatching("the circle (A -> B -> A|B -> A -> B)");
  }
}
