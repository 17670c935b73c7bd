package io.tocsin.incident;

import static io.tocsin.alert.AlertExamples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResponseTest {

  private static IncidentEvent event(Incident of, int seq, int minute, String who, Change change) {
    return new IncidentEvent(
        of.id(), seq, T0.plus(Duration.ofMinutes(minute)), Actor.person(who), change);
  }

  @Test
  void aTimelineTellsTasksLinksPeopleAndTheirTime() {
    IncidentEvent opening = IncidentExamples.opening(7, "Database", Severity.HIGH, T0);
    Incident incident = IncidentExamples.fold(opening);
    var other = new IncidentId("i0123456789");
    Response response =
        Response.of(
            List.of(
                opening,
                event(incident, 2, 10, "Ana", new Change.TaskChanged("t2", "Fail over", false)),
                event(incident, 3, 20, "Bo", new Change.TaskChanged("t2", "Fail over", true)),
                event(
                    incident,
                    4,
                    21,
                    "Bo",
                    new Change.LinkAdded("war_room", "https://meet/1", "Room")),
                event(incident, 5, 22, "Bo", new Change.Linked(other, "caused_by")),
                event(incident, 6, 30, "Ana", new Change.RoleTaken("scribe", "Cy")),
                event(incident, 7, 70, "Ana", new Change.Resolved(Optional.of("failed over")))),
            T0.plus(Duration.ofDays(1)));
    assertThat(response.tasks())
        .containsExactly(
            new Response.Task(
                "t2", "Fail over", true, Optional.of("Bo"), response.tasks().getFirst().at()));
    assertThat(response.links()).extracting(Response.Link::kind).containsExactly("war_room");
    assertThat(response.related()).containsExactly(new Response.Related(other, "caused_by"));
    assertThat(response.people()).containsExactly("Ana", "Bo", "Cy");
    assertThat(response.peopleTime()).isEqualTo(Duration.ofMinutes(60 + 50 + 40));
  }

  @Test
  void similarIncidentsAreFoundByWordsAndComponents() {
    Incident now = IncidentExamples.open(9, "Database", Severity.HIGH, T0.plusSeconds(9_000));
    Incident same = IncidentExamples.open(7, "Database", Severity.HIGH, T0);
    Incident other = IncidentExamples.open(8, "Chat", Severity.HIGH, T0);
    List<Similarity.Alike> alike = Similarity.of(now, List.of(now, other, same), 5);
    assertThat(alike.getFirst().incident()).isEqualTo(same);
    assertThat(alike.getFirst().share()).isEqualTo(1);
    assertThat(alike).extracting(Similarity.Alike::incident).doesNotContain(now);
  }
}
