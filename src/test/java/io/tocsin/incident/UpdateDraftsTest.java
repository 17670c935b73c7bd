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
              String filled = draft.text().replace("...", "14:35 UTC");
              assertThat(UpdateDrafts.warnings(draft.phase(), filled)).isEmpty();
            });
  }

  @Test
  void aDraftThatNobodyFilledIsNotPosted() {
    assertThat(
            UpdateDrafts.warnings(
                Phase.IDENTIFIED, "We have found the cause: ... . Next update by 14:35 UTC."))
        .singleElement()
        .asString()
        .contains("gap");
  }

  @Test
  void whenTheNextUpdateComesMayBePromised() {
    for (String next :
        new String[] {
          "Next update by 14:35 UTC.",
          "We will update you in 30 minutes.",
          "The next update comes within an hour; we update again at the latest by 15:00."
        }) {
      assertThat(UpdateDrafts.warnings(Phase.INVESTIGATING, "Payments fail. " + next)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "INVESTIGATING, We will be back in 20 minutes., time of repair",
    "INVESTIGATING, ETA 14:30, time of repair",
    "IDENTIFIED, This is the fault of our provider., blames",
    "MONITORING, We apologize for any inconvenience., inconvenience",
    "INVESTIGATING, Next update by 14:35 UTC; it works again in 20 minutes., time of repair",
    "IDENTIFIED, It will be fixed in 20 minutes., engineering has confirmed it",
    "MONITORING, Fixed by 14:30., engineering has confirmed it",
    "IDENTIFIED, Our payment provider is to blame., blames",
    "IDENTIFIED, This was caused by our hosting provider., blames",
    "MONITORING, It was an error by the carrier., blames",
    "RESOLVED, It works again., prevention"
  })
  void whatTheOwnerForbidsIsNamed(Phase phase, String text, String word) {
    assertThat(UpdateDrafts.warnings(phase, text)).singleElement().asString().contains(word);
  }

  @Test
  void whenItWasRepairedIsNoPromise() {
    assertThat(UpdateDrafts.warnings(Phase.RESOLVED, "Fixed by 14:30, so that it holds."))
        .isEmpty();
  }
}
