package io.tocsin.postmortem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alert.Severity;
import io.tocsin.incident.Change;
import io.tocsin.incident.ClockTargets.PostMortemDuty;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.SeverityPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PostmortemsTest extends PostmortemStoreContract {

  private final PostmortemStore store = PostmortemStore.inMemory();
  private final Postmortems postmortems = new Postmortems(store, SeverityPolicy.OWNERS);

  @Override
  protected PostmortemStore store() {
    return store;
  }

  @Test
  void aResolvedIncidentIsDraftedWhenItsSeverityAsksForIt() {
    assertThat(postmortems.duty(of(Severity.CRITICAL))).isEqualTo(PostMortemDuty.REQUIRED);
    assertThat(postmortems.onResolved(of(Severity.CRITICAL), Stories.at(2525)))
        .get()
        .extracting(Postmortem::version)
        .isEqualTo(1);
    assertThat(postmortems.onResolved(of(Severity.HIGH), Stories.at(2525)))
        .get()
        .extracting(Postmortem::markdown)
        .asString()
        .contains("Recommended after a HIGH incident");
    assertThat(postmortems.onResolved(of(Severity.MEDIUM), Stories.at(2525))).isEmpty();
    assertThat(postmortems.onResolved(of(Severity.LOW), Stories.at(2525))).isEmpty();
  }

  @Test
  void aNewDraftNeverReplacesAnEditedText() {
    Postmortem draft = postmortems.draft(Stories.resolved(), Stories.at(2525));
    postmortems.edit(
        Stories.ID, draft.version(), "ada", "# What really happened", Stories.at(3000));

    Postmortem after = postmortems.draft(Stories.resolved(), Stories.at(4000));

    assertThat(after.markdown()).isEqualTo("# What really happened");
    assertThat(after.charts()).isEqualTo(draft.charts());
    assertThat(store.versions(Stories.ID)).hasSize(2);
  }

  @Test
  void aNewDraftFollowsADraft() {
    postmortems.draft(Stories.resolved(), Stories.at(2525));
    assertThat(postmortems.draft(Stories.resolved(), Stories.at(2600)).version()).isEqualTo(2);
    assertThat(postmortems.latest(Stories.ID))
        .get()
        .extracting(Postmortem::origin)
        .isEqualTo(Postmortem.Origin.DRAFTED);
  }

  @Test
  void anEditOfAnOlderVersionIsRefused() {
    postmortems.draft(Stories.resolved(), Stories.at(2525));
    postmortems.edit(Stories.ID, 1, "ada", "Mine", Stories.at(3000));

    assertThatThrownBy(() -> postmortems.edit(Stories.ID, 1, "bob", "Also mine", Stories.at(3001)))
        .isInstanceOf(Postmortems.Outdated.class)
        .hasMessageContaining("version 1 is not the newest");
    assertThatThrownBy(() -> postmortems.edit(Stories.ID, 2, "bob", " ", Stories.at(3001)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(postmortems.latest(Stories.ID))
        .get()
        .extracting(Postmortem::author)
        .isEqualTo("ada");
  }

  @Test
  void theDownloadCarriesItsCharts() {
    String whole = postmortems.draft(Stories.resolved(), Stories.at(2525)).selfContained();

    assertThat(whole).contains("](data:image/svg+xml;base64,").doesNotContain("(chart-1.svg)");
  }

  private static Evidence of(Severity severity) {
    Evidence critical = Stories.resolved();
    var events = new ArrayList<IncidentEvent>(critical.events());
    var opened = (Change.Opened) events.getFirst().change();
    events.set(
        0,
        Stories.event(
            1,
            30,
            events.getFirst().actor(),
            new Change.Opened(
                opened.number(),
                opened.group(),
                opened.title(),
                severity,
                opened.alerts(),
                opened.components(),
                true)));
    return new Evidence(
        Stories.incident(severity, List.of(), Optional.of(Stories.at(2520))),
        events,
        List.of(),
        List.of(),
        List.of());
  }
}
