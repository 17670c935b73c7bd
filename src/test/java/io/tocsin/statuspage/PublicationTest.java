package io.tocsin.statuspage;

import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Severity;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Clock;
import io.tocsin.incident.Incident;
import io.tocsin.incident.Phase;
import io.tocsin.silence.Maintenance;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PublicationTest {

  private static final Instant OPENED = NOW.minus(Duration.ofMinutes(10));

  private static PageSnapshot page(Incident... incidents) {
    PageInput calm = Fabricated.calm(NOW);
    var input =
        new PageInput(
            List.of(incidents), calm.checks(), calm.maintenance(), calm.days(), calm.asOf());
    return Publication.derive(Fabricated.spec(), input, NOW);
  }

  private static PageSnapshot page(Map<String, ComponentState> checks, Maintenance... works) {
    var input = new PageInput(List.of(), checks, List.of(works), Map.of(), NOW);
    return Publication.derive(Fabricated.spec(), input, NOW);
  }

  private static Maintenance maintenance(long startsInHours, long endsInHours, String... names) {
    return new Maintenance(
        "m1",
        "Upgrade",
        "Writes pause.",
        List.of(names),
        NOW.plus(Duration.ofHours(startsInHours)),
        NOW.plus(Duration.ofHours(endsInHours)),
        "Mia");
  }

  private static ComponentState state(PageSnapshot page, String name) {
    return page.components().stream()
        .filter(component -> component.spec().name().equals(name))
        .findFirst()
        .orElseThrow()
        .state();
  }

  private static Fabricated.Draft incident(Severity severity, String... components) {
    return Fabricated.incident(1, "secret title", severity, List.of(components), OPENED);
  }

  @Test
  void everythingUpIsAllSystemsOperational() {
    PageSnapshot page = page();
    assertThat(page.overall().state()).isEqualTo(ComponentState.OPERATIONAL);
    assertThat(page.overall().headline()).isEqualTo("All systems operational");
    assertThat(page.open()).isEmpty();
    assertThat(page.past()).isEmpty();
  }

  @Test
  void anOpenIncidentOutweighsChecksThatSayAllIsWell() {
    PageSnapshot page = page(incident(Severity.CRITICAL, "Database").make());
    assertThat(state(page, "Database")).isEqualTo(ComponentState.MAJOR_OUTAGE);
    assertThat(state(page, "Web app")).isEqualTo(ComponentState.OPERATIONAL);
    assertThat(page.overall().headline()).isEqualTo("Major outage: Database");
  }

  @Test
  void eachSeverityHasItsPublicState() {
    assertThat(state(page(incident(Severity.HIGH, "Database").make()), "Database"))
        .isEqualTo(ComponentState.PARTIAL_OUTAGE);
    assertThat(state(page(incident(Severity.MEDIUM, "Database").make()), "Database"))
        .isEqualTo(ComponentState.DEGRADED_PERFORMANCE);
    assertThat(state(page(incident(Severity.LOW, "Database").make()), "Database"))
        .isEqualTo(ComponentState.OPERATIONAL);
  }

  @Test
  void anUnpublishedIncidentLeavesNoTrace() {
    PageSnapshot page = page(incident(Severity.CRITICAL, "Database").unpublished().make());
    assertThat(page).isEqualTo(page());
  }

  @Test
  void neitherTitleNorLabelsNorAnnotationsNorUnlistedComponentsLeave() {
    Incident incident =
        incident(Severity.HIGH, "Payment API", "internal-ledger-7")
            .updates(
                new Incident.Update(
                    OPENED, Actor.person("Mia"), Phase.INVESTIGATING, false, false, "secret words"))
            .make();
    PageSnapshot page = page(incident);
    assertThat(page.toString() + StatuspageJson.summary(page) + HistoryFeed.atom(page))
        .contains("Payment API: partial outage")
        .doesNotContain("secret", "internal-ledger-7", "alertname", "LatencyHigh", "onerror");
  }

  @Test
  void whatAPersonPostedPubliclyIsShownAsItStandsNewestFirst() {
    Instant later = OPENED.plusSeconds(120);
    Incident incident =
        incident(Severity.HIGH, "Payment API")
            .updates(
                Fabricated.update(OPENED, Phase.INVESTIGATING, true, ""),
                Fabricated.update(later, Phase.IDENTIFIED, false, "We are rolling back."))
            .phase(Phase.IDENTIFIED)
            .make();
    PublicIncident open = page(incident).open().get(0);
    assertThat(open.updates())
        .containsExactly(
            new PublicIncident.Update(
                "i1abcdef-2", later, Phase.IDENTIFIED, "We are rolling back.", false),
            new PublicIncident.Update(
                "i1abcdef-1",
                OPENED,
                Phase.INVESTIGATING,
                "There is a partial outage of Payment API. We are investigating.",
                true));
    assertThat(open.updatedAt()).isEqualTo(later);
  }

  @Test
  void automaticWordsAreShownAsTheyWereWrittenAndTranslatedElsewhere() {
    String written = "There is a major outage of Payment API. We are investigating.";
    Incident incident =
        incident(Severity.HIGH, "Payment API")
            .updates(Fabricated.update(OPENED, Phase.INVESTIGATING, true, written))
            .make();
    PublicIncident open = page(incident).open().get(0);
    PublicIncident.Update update = open.updates().get(0);
    assertThat(update.text()).isEqualTo(written);
    assertThat(PublicWords.ENGLISH.text(open, update)).isEqualTo(written);
    assertThat(PublicWords.in(Language.DE).text(open, update))
        .isEqualTo("Teilausfall: Payment API. Wir untersuchen die Ursache.");
  }

  @Test
  void anIncidentWithoutPublicWordsGetsAutomaticOnesForItsStartAndEnd() {
    Incident incident = incident(Severity.CRITICAL, "Database").resolved(NOW).make();
    PublicIncident past = page(incident).past().get(0);
    assertThat(past.updates())
        .extracting(PublicIncident.Update::text)
        .containsExactly(
            "The problem with Database is over.",
            "There is a major outage of Database. We are investigating.");
    assertThat(past.phase()).isEqualTo(Phase.RESOLVED);
  }

  @Test
  void theNextUpdateIsPromisedOnlyWhileItsDeadlineIsAhead() {
    var ahead = Fabricated.clock(Clock.PUBLIC_UPDATE, OPENED, 15, Optional.empty());
    var over = Fabricated.clock(Clock.PUBLIC_UPDATE, OPENED, 5, Optional.empty());
    assertThat(page(incident(Severity.CRITICAL, "Database").clocks(ahead).make()).open().get(0))
        .extracting(PublicIncident::nextUpdateBy)
        .isEqualTo(Optional.of(ahead.deadline()));
    assertThat(page(incident(Severity.CRITICAL, "Database").clocks(over).make()).open().get(0))
        .extracting(PublicIncident::nextUpdateBy)
        .isEqualTo(Optional.empty());
  }

  @Test
  void maintenanceUnderWayExplainsWhatTheChecksSay() {
    PageSnapshot page =
        page(Map.of("Database", ComponentState.MAJOR_OUTAGE), maintenance(-1, 1, "Database"));
    assertThat(state(page, "Database")).isEqualTo(ComponentState.UNDER_MAINTENANCE);
    assertThat(page.currentMaintenance()).hasSize(1);
  }

  @Test
  void plannedMaintenanceIsListedButChangesNoState() {
    PageSnapshot page =
        page(Map.of("Database", ComponentState.OPERATIONAL), maintenance(1, 2, "Database"));
    assertThat(state(page, "Database")).isEqualTo(ComponentState.OPERATIONAL);
    assertThat(page.currentMaintenance())
        .extracting(PlannedWork::stage)
        .containsExactly(PlannedWork.Stage.SCHEDULED);
  }

  @Test
  void maintenanceOfUnlistedComponentsStaysInside() {
    assertThat(page(Map.of(), maintenance(1, 2, "internal-ledger-7")).maintenance()).isEmpty();
  }

  @Test
  void aComponentNobodyChecksIsNotKnown() {
    PageSnapshot page = page(Map.of());
    assertThat(page.overall().headline())
        .isEqualTo("The state of our systems is not known at the moment");
  }

  @Test
  void incidentsEndedLongerAgoThanTheHistoryReachesAreGone() {
    Instant longAgo = NOW.minus(PageSnapshot.KEPT).minusSeconds(3600);
    Incident old =
        Fabricated.incident(2, "old", Severity.HIGH, List.of("Database"), longAgo)
            .resolved(longAgo.plusSeconds(60))
            .make();
    assertThat(page(old).past()).isEmpty();
  }

  @Test
  void pastIncidentsStandUnderTheDayTheyBegan() {
    PageSnapshot page = Publication.derive(Fabricated.spec(), Fabricated.input(NOW), NOW);
    assertThat(page.days(14)).hasSize(14);
    assertThat(page.days(14).get(2).incidents())
        .extracting(PublicIncident::title)
        .containsExactly("Web app and Database: major outage");
    assertThat(page.days(14).get(3).incidents()).isEmpty();
  }

  @Test
  void dataGrowOldAfterTwoMinutes() {
    PageSnapshot page = page();
    assertThat(page.stale(NOW.plusSeconds(120))).isFalse();
    assertThat(page.stale(NOW.plusSeconds(121))).isTrue();
  }

  @Test
  void moreThanThreeNamesAreCounted() {
    Incident incident =
        incident(Severity.HIGH, "Web app", "Chat bot", "Payment API", "Database").make();
    assertThat(page(incident).overall().headline()).isEqualTo("Partial outage: 4 systems");
  }

  @Test
  void aDayOfAComponentKnowsTheIncidentsThatWereGoingOn() {
    PageSnapshot page = Publication.derive(Fabricated.spec(), Fabricated.rich(NOW), NOW);
    var database = Fabricated.spec().components().get(4);
    assertThat(page.incidents(database, PageSnapshot.dateOf(NOW.minus(Duration.ofHours(53)))))
        .extracting(PublicIncident::id)
        .containsExactly("i180abcdef");
    assertThat(page.incidents(database, PageSnapshot.dateOf(NOW))).isEmpty();
    assertThat(page.months())
        .containsExactly(YearMonth.of(2026, 11), YearMonth.of(2026, 10), YearMonth.of(2026, 8));
    assertThat(page.days(YearMonth.of(2026, 11)))
        .extracting(PageSnapshot.Day::date)
        .isSortedAccordingTo(Comparator.reverseOrder())
        .hasSize(2);
  }

  @Test
  void responseTimesAndSummariesAreShownOnlyWhereAllowed() {
    PageInput rich = Fabricated.rich(NOW);
    PageSnapshot shy = Publication.derive(Fabricated.spec(), rich, NOW);
    assertThat(shy.components()).allMatch(it -> it.response().isEmpty());
    PageSnapshot open = Publication.derive(Fabricated.showcase(), rich, NOW);
    assertThat(open.components()).allMatch(it -> it.response().isPresent());
    assertThat(open.incident("i180abcdef").orElseThrow().summary()).isPresent();
    assertThat(open.incident("i177abcdef").orElseThrow().summary()).isEmpty();
  }

  @Test
  void aCurveHasGapsWhereNothingWasMeasured() {
    var curve =
        new ResponseCurve(
            List.of(
                OptionalDouble.of(50),
                OptionalDouble.of(100),
                OptionalDouble.empty(),
                OptionalDouble.of(25)));
    assertThat(curve.path()).isEqualTo("M2.0 12.0L40.7 2.0M118.0 17.0");
    assertThat(curve.latest()).hasValue(25);
    assertThat(curve.slowest()).hasValue(100);
  }
}
