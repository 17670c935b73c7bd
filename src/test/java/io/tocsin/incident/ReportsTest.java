package io.tocsin.incident;

import static io.tocsin.alert.AlertExamples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Severity;
import io.tocsin.incident.ResponseReport.By;
import io.tocsin.incident.ResponseReport.Story;
import io.tocsin.notify.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportsTest {

  /** An incident that is taken and ends after so many minutes; taken never when negative. */
  private static Story story(
      long number, String component, Severity severity, Instant at, int taken, int ended) {
    var events = new ArrayList<IncidentEvent>();
    events.add(IncidentExamples.opening(number, component, severity, at, Samples.alert("Down")));
    Incident incident = IncidentExamples.fold(events.getFirst());
    if (taken >= 0) {
      events.add(
          IncidentExamples.next(incident, new Change.Acknowledged(), at.plusSeconds(60L * taken)));
    }
    events.add(
        new IncidentEvent(
            incident.id(),
            events.size() + 1,
            at.plusSeconds(60L * ended),
            Actor.SYSTEM,
            new Change.Resolved(Optional.empty())));
    return new Story(IncidentExamples.fold(events.toArray(IncidentEvent[]::new)), events);
  }

  private final List<Story> stories =
      List.of(
          story(1, "Payments", Severity.CRITICAL, T0, 4, 60),
          story(2, "Payments", Severity.CRITICAL, T0.plus(Duration.ofDays(2)), 8, 30),
          story(3, "Web app", Severity.LOW, T0.plus(Duration.ofDays(40)), -1, 3));

  @Test
  void meansAreTakenOverIncidentsOfTheSameSeverity() {
    List<ResponseReport.Row> rows = ResponseReport.of(stories, By.SEVERITY).rows();
    assertThat(rows).extracting(ResponseReport.Row::value).containsExactly("critical", "low");
    ResponseReport.Row critical = rows.getFirst();
    assertThat(critical.incidents()).isEqualTo(2);
    assertThat(critical.mtta()).contains(Duration.ofMinutes(6));
    assertThat(critical.mttr()).contains(Duration.ofMinutes(45));
    assertThat(critical.mtbf()).contains(Duration.ofDays(2));
    assertThat(rows.getLast().mtta()).isEmpty();
  }

  @Test
  void incidentsArePutTogetherByComponentAndMonthToo() {
    assertThat(ResponseReport.of(stories, By.COMPONENT).byValue().keySet())
        .containsExactly("Payments", "Web app");
    assertThat(ResponseReport.of(stories, By.MONTH).rows()).hasSize(2);
    assertThat(ResponseReport.of(stories, By.TEAM).rows())
        .extracting(ResponseReport.Row::value)
        .containsExactly("none");
  }

  @Test
  void aRuleThatWakesPeopleForNothingShows() {
    NoiseReport.Row row = NoiseReport.of(stories).rows().getFirst();
    assertThat(row).isEqualTo(new NoiseReport.Row("Down", 3, 3, 2, 1, 1));
  }
}
