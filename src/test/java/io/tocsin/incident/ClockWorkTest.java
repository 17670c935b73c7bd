package io.tocsin.incident;

import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.incident.IncidentExamples.after;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alert.Severity;
import io.tocsin.incident.ClockTargets.PostMortemDuty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClockWorkTest {
  private final ClockWork clockWork = new ClockWork(SeverityPolicy.OWNERS);

  private static Instant at(String passed) {
    return T0.plus(Duration.parse("PT" + passed));
  }

  private static Incident open(Severity severity) {
    return IncidentExamples.open(1, "Database", severity, T0);
  }

  private static Instant deadline(Incident incident, Clock clock) {
    return incident.clock(clock).orElseThrow().deadline();
  }

  private static Change.UpdatePosted post(boolean automatic) {
    return new Change.UpdatePosted(Phase.INVESTIGATING, true, automatic, "We look into it.");
  }

  @Test
  void theOwnersTableIsTheDefault() {
    assertThat(row(Severity.CRITICAL)).isEqualTo("PT15M PT1H PT15M PT30M PT4H REQUIRED");
    assertThat(row(Severity.HIGH)).isEqualTo("PT1H PT2H PT2H - PT8H RECOMMENDED");
    assertThat(row(Severity.MEDIUM)).isEqualTo("PT4H - - - PT24H AS_NEEDED");
    assertThat(row(Severity.LOW)).isEqualTo("PT24H - - - PT168H NOT_REQUIRED");
    assertThat(SeverityPolicy.OWNERS.of(Severity.CRITICAL).postMortem())
        .isEqualTo(PostMortemDuty.REQUIRED);
  }

  private static String row(Severity severity) {
    ClockTargets row = SeverityPolicy.OWNERS.of(severity);
    return String.join(
        " ",
        text(row.response()),
        text(row.communication()),
        text(row.publicUpdate()),
        text(row.publicUpdateEvery()),
        text(row.resolution()),
        row.postMortem().name());
  }

  private static String text(Optional<Duration> cell) {
    return cell.map(Duration::toString).orElse("-");
  }

  @Test
  void aPolicyNeedsARowForEverySeverity() {
    assertThatThrownBy(() -> new SeverityPolicy(Map.of(), 0.75))
        .hasMessage("severities: found no row for CRITICAL");
  }

  @Test
  void anEmptyCellIsNoClock() {
    assertThat(open(Severity.MEDIUM).clocks())
        .extracting(ClockState::clock)
        .containsExactly(Clock.RESPONSE, Clock.RESOLUTION);
  }

  @Test
  void aClockWarnsBeforeAndBreachesAfterItsTargetOnce() {
    Incident incident = open(Severity.LOW);
    assertThat(clockWork.due(incident, at("17H59M"))).isEmpty();
    var warned = new Change.ClockWarned(Clock.RESPONSE, at("24H"));
    assertThat(clockWork.due(incident, at("18H"))).containsExactly(warned);
    incident = after(incident, warned, at("18H"));
    assertThat(clockWork.due(incident, at("23H59M"))).isEmpty();
    var breached = new Change.ClockBreached(Clock.RESPONSE, at("24H"));
    assertThat(clockWork.due(incident, at("24H"))).containsExactly(breached);
    incident = after(incident, breached, at("24H"));
    assertThat(clockWork.due(incident, at("25H"))).isEmpty();
    incident = after(incident, new Change.Acknowledged(), at("26H"));
    assertThat(incident.clock(Clock.RESPONSE).orElseThrow().breachedAt()).contains(at("24H"));
    assertThat(incident.clock(Clock.RESPONSE).orElseThrow().metAt()).contains(at("26H"));
  }

  @Test
  void onARiseUnmetClocksRunAnewFromTheChange() {
    Incident incident = after(open(Severity.MEDIUM), new Change.Acknowledged(), at("10M"));
    incident =
        after(incident, new Change.SeverityChanged(Severity.MEDIUM, Severity.CRITICAL), at("1H"));
    assertThat(incident.clock(Clock.RESPONSE).orElseThrow().metAt()).contains(at("10M"));
    assertThat(deadline(incident, Clock.RESOLUTION)).isEqualTo(at("5H"));
    assertThat(deadline(incident, Clock.COMMUNICATION)).isEqualTo(at("2H"));
    assertThat(deadline(incident, Clock.PUBLIC_UPDATE)).isEqualTo(at("1H15M"));
  }

  @Test
  void onAFallTheDeadlineIsTheOpeningPlusTheNewTarget() {
    Incident incident =
        after(
            open(Severity.CRITICAL),
            new Change.SeverityChanged(Severity.CRITICAL, Severity.MEDIUM),
            at("5M"));
    assertThat(deadline(incident, Clock.RESPONSE)).isEqualTo(at("4H"));
    assertThat(deadline(incident, Clock.RESOLUTION)).isEqualTo(at("24H"));
    assertThat(incident.clock(Clock.COMMUNICATION)).isEmpty();
    assertThat(incident.clock(Clock.PUBLIC_UPDATE)).isEmpty();
  }

  @Test
  void aRecordedBreachStaysOverAChangeOfSeverity() {
    Incident incident =
        after(
            open(Severity.CRITICAL),
            new Change.ClockBreached(Clock.RESPONSE, at("15M")),
            at("15M"));
    incident =
        after(incident, new Change.SeverityChanged(Severity.CRITICAL, Severity.LOW), at("20M"));
    assertThat(incident.clock(Clock.RESPONSE).orElseThrow().breachedAt()).contains(at("15M"));
  }

  @Test
  void anAutomaticPostStopsNoClock() {
    Incident incident = after(open(Severity.CRITICAL), post(true), at("1M"));
    assertThat(deadline(incident, Clock.PUBLIC_UPDATE)).isEqualTo(at("15M"));
    assertThat(incident.clocks()).allMatch(ClockState::running);
  }

  @Test
  void aPersonsPublicUpdateIsOwedAgainHalfAnHourLaterWhileCritical() {
    Incident incident = after(open(Severity.CRITICAL), post(false), at("10M"));
    assertThat(deadline(incident, Clock.PUBLIC_UPDATE)).isEqualTo(at("40M"));
    assertThat(incident.clock(Clock.COMMUNICATION).orElseThrow().running()).isTrue();
    incident = after(incident, new Change.StakeholdersInformed("mail to all"), at("20M"));
    assertThat(incident.clock(Clock.COMMUNICATION).orElseThrow().metAt()).contains(at("20M"));
  }

  @Test
  void affectedUsersAreToldByAPublicUpdate() {
    Incident incident = after(open(Severity.HIGH), post(false), at("10M"));
    assertThat(incident.clock(Clock.COMMUNICATION).orElseThrow().metAt()).contains(at("10M"));
    assertThat(incident.clock(Clock.PUBLIC_UPDATE).orElseThrow().metAt()).contains(at("10M"));
  }

  @Test
  void whatIsNotPublicOwesNoPublicUpdate() {
    Incident hidden =
        after(open(Severity.CRITICAL), new Change.PublicationChanged(false), at("1M"));
    assertThat(hidden.clock(Clock.PUBLIC_UPDATE)).isEmpty();
    Incident shown = after(hidden, new Change.PublicationChanged(true), at("3M"));
    assertThat(deadline(shown, Clock.PUBLIC_UPDATE)).isEqualTo(at("18M"));
  }

  @Test
  void afterAReturnTheResponseIsOwedAnewAndTheResolutionByItsOldDeadline() {
    Incident incident = after(open(Severity.CRITICAL), new Change.Acknowledged(), at("5M"));
    incident = after(incident, new Change.Resolved(Optional.empty()), at("30M"));
    assertThat(incident.clocks()).noneMatch(ClockState::running);
    incident = after(incident, new Change.Reopened(1, List.of()), at("35M"));
    assertThat(deadline(incident, Clock.RESPONSE)).isEqualTo(at("50M"));
    assertThat(deadline(incident, Clock.RESOLUTION)).isEqualTo(at("4H"));
    assertThat(incident.clocks()).allMatch(ClockState::running);
  }
}
