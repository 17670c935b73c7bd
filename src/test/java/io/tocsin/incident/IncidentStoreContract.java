package io.tocsin.incident;

import static io.tocsin.alert.AlertExamples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every incident store does. */
public abstract class IncidentStoreContract {

  private final IncidentEvent opening =
      IncidentExamples.opening(1, "Database", Severity.CRITICAL, T0);
  private final Incident database = IncidentExamples.fold(opening);
  private final Incident web =
      IncidentExamples.open(2, "Web app", Severity.MEDIUM, T0.plusSeconds(60));

  /** An empty store. */
  protected abstract IncidentStore store();

  /** Makes incidents and events durable, as an outbox does. */
  protected abstract void save(List<Incident> incidents, List<IncidentEvent> events);

  private void saveBoth() {
    save(
        List.of(database, web),
        List.of(
            opening, IncidentExamples.opening(2, "Web app", Severity.MEDIUM, T0.plusSeconds(60))));
  }

  private Incident resolve(Incident incident, int seconds) {
    return change(incident, new Change.Resolved(Optional.empty()), T0.plusSeconds(seconds));
  }

  private Incident change(Incident incident, Change change, Instant at) {
    IncidentEvent event = IncidentExamples.next(incident, change, at);
    Incident after = new IncidentFold(SeverityPolicy.OWNERS).apply(incident, event);
    save(List.of(after), List.of(event));
    return after;
  }

  @Test
  void anUnknownIncidentIsNotFoundAndHasNoEvents() {
    IncidentStore store = store();
    assertThat(store.find(database.id())).isEmpty();
    assertThat(store.events(database.id())).isEmpty();
  }

  @Test
  void openIncidentsComeNewestFirst() {
    IncidentStore store = store();
    saveBoth();
    assertThat(store.open()).containsExactly(web, database);
    assertThat(store.find(web.id())).contains(web);
  }

  @Test
  void aResolvedIncidentIsFoundButNotOpen() {
    IncidentStore store = store();
    saveBoth();
    Incident over = resolve(database, 300);
    assertThat(store.open()).containsExactly(web);
    assertThat(store.find(database.id())).contains(over);
  }

  @Test
  void theTimelineKeepsEveryEventOnceAndInOrder() {
    IncidentStore store = store();
    saveBoth();
    resolve(database, 300);
    save(List.of(), List.of(opening));
    assertThat(store.events(database.id())).extracting(IncidentEvent::seq).containsExactly(1L, 2L);
  }

  @Test
  void searchFiltersByStateSeverityAndTime() {
    IncidentStore store = store();
    saveBoth();
    Incident over = resolve(database, 300);
    assertThat(search(store, List.of(Incident.State.RESOLVED), List.of())).containsExactly(over);
    assertThat(search(store, List.of(), List.of(Severity.MEDIUM))).containsExactly(web);
    assertThat(store.search(filter(Optional.of(T0.plusSeconds(60)), Optional.empty(), 10)))
        .containsExactly(over);
    assertThat(store.search(filter(Optional.empty(), Optional.of(T0.plusSeconds(300)), 10)))
        .containsExactly(web);
    assertThat(store.search(filter(Optional.empty(), Optional.empty(), 1))).containsExactly(web);
  }

  @Test
  void whatThePublicMaySeeIsShownAndTheRestIsNamed() {
    IncidentStore store = store();
    saveBoth();
    Incident seen = change(web, new Change.PublicationChanged(true), T0.plusSeconds(120));
    Incident unseen = change(database, new Change.PublicationChanged(false), T0.plusSeconds(120));
    assertThat(store.shown(T0, 10))
        .isEqualTo(new IncidentStore.Shown(List.of(seen), Set.of(unseen.id())));
  }

  @Test
  void thePublicIsShownWhatIsOpenAndTheNewestThatEndedLately() {
    IncidentStore store = store();
    saveBoth();
    Incident ended = resolve(change(database, new Change.PublicationChanged(true), T0), 300);
    Incident open = change(web, new Change.PublicationChanged(true), T0.plusSeconds(120));
    assertThat(store.shown(T0.plusSeconds(299), 10).published())
        .containsExactlyInAnyOrder(ended, open);
    assertThat(store.shown(T0.plusSeconds(300), 10).published()).containsExactly(open);
  }

  @Test
  void outlinesAreFoundByTheSameFilterAsWholeIncidents() {
    IncidentStore store = store();
    saveBoth();
    resolve(database, 300);
    for (IncidentStore.Filter each :
        List.of(
            filter(Optional.of(T0.plusSeconds(60)), Optional.empty(), 10),
            filter(Optional.empty(), Optional.of(T0.plusSeconds(300)), 10),
            filter(Optional.empty(), Optional.empty(), 1))) {
      assertThat(store.outlines(each))
          .extracting(Incident::id)
          .isNotEmpty()
          .isEqualTo(store.search(each).stream().map(Incident::id).toList());
    }
  }

  private static List<Incident> search(
      IncidentStore store, List<Incident.State> states, List<Severity> severities) {
    return store.search(
        new IncidentStore.Filter(states, severities, Optional.empty(), Optional.empty(), 10));
  }

  private static IncidentStore.Filter filter(
      Optional<Instant> openedBefore, Optional<Instant> resolvedAfter, int limit) {
    return new IncidentStore.Filter(List.of(), List.of(), openedBefore, resolvedAfter, limit);
  }
}
