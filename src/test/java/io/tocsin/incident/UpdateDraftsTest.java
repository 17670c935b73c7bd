package io.tocsin.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.AlertExamples;
import io.tocsin.alert.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateDraftsTest {

  @Test
  void thereIsADraftForEachPhaseAndNoneBreaksARule() {
    Incident incident = IncidentExamples.open(1, "Payments", Severity.CRITICAL, AlertExamples.T0);
    assertThat(UpdateDrafts.of(incident)).hasSize(Phase.values().length);
    assertThat(UpdateDrafts.of(incident))
        .allSatisfy(
            draft -> {
              assertThat(draft.text()).contains("Payments");
              assertThat(UpdateDrafts.warnings(draft.phase(), draft.text())).isEmpty();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "INVESTIGATING, We will be back in 20 minutes., time of repair",
    "INVESTIGATING, ETA 14:30, time of repair",
    "IDENTIFIED, This is the fault of our provider., blames",
    "MONITORING, We apologize for any inconvenience., inconvenience",
    "RESOLVED, It works again., prevention"
  })
  void whatTheOwnerForbidsIsNamed(Phase phase, String text, String word) {
    assertThat(UpdateDrafts.warnings(phase, text)).singleElement().asString().contains(word);
  }

  @Test
  void aTimeOfRepairMayBeNamedOnceTheCauseIsKnown() {
    assertThat(UpdateDrafts.warnings(Phase.IDENTIFIED, "Fixed by 14:30.")).isEmpty();
  }
}
