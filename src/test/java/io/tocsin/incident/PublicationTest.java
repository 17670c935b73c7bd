package io.tocsin.incident;

import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.firing;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Alert;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Severity;
import io.tocsin.label.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PublicationTest {
  private static final Grouping ONE = alert -> new GroupKey("0", Labels.EMPTY);

  private static Incident opened(Publication.Mode mode, Alert... alerts) {
    var recorder = new Recorder(new IncidentFold(SeverityPolicy.OWNERS), Incidents.NONE);
    List<MarkedAlert> firing =
        Arrays.stream(alerts).map(alert -> new MarkedAlert(alert, List.of())).toList();
    var publication = new Publication(mode, Set.of("Database", "Web app"));
    new Desk(ONE, publication).reconcile(recorder, Burning.all(firing), T0);
    return recorder.open().getFirst();
  }

  @Test
  void onlyAListedComponentAtCriticalOrHighIsPublic() {
    var publication = new Publication(Publication.Mode.AUTO, Set.of("Database"));
    for (Severity severity : Severity.values()) {
      boolean bad = severity == Severity.CRITICAL || severity == Severity.HIGH;
      assertThat(publication.automatic(severity, List.of("Database"))).isEqualTo(bad);
      assertThat(publication.automatic(severity, List.of("Back office"))).isFalse();
    }
  }

  @Test
  void theFirstWordsComeFromComponentAndSeverityOnly() {
    Alert secret =
        firing("Leak", T0, "component", "Database", "severity", "high", "customer", "Acme");
    Alert web = firing("Slow", T0, "component", "Web app", "severity", "high");
    Alert inside = firing("Inside", T0, "component", "Back office", "severity", "high");
    Incident incident = opened(Publication.Mode.AUTO, secret, web, inside);
    assertThat(incident.updates())
        .extracting(Incident.Update::text)
        .containsExactly(
            "There is a partial outage of Database and Web app. We are investigating.");
  }

  @Test
  void nothingIsPublicOfItselfWhenAPersonIsToBeAskedOrNever() {
    Alert alert = firing("Down", T0, "component", "Database", "severity", "critical");
    assertThat(opened(Publication.Mode.ASK, alert).published()).isFalse();
    assertThat(opened(Publication.Mode.NEVER, alert).published()).isFalse();
    assertThat(opened(Publication.Mode.AUTO, alert).published()).isTrue();
  }
}
