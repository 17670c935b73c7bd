package io.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.Eventually;
import io.tocsin.access.AuditEntry;
import io.tocsin.access.AuditLog;
import io.tocsin.access.Role;
import io.tocsin.incident.IncidentId;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several rows of a list at once, and filters saved under a name, as plain forms. */
class ManyAtOnceTest {

  private static final String OPEN = "i185abcdef";
  private static final String PAST = "i180abcdef";

  private final DoorFixture door = new DoorFixture();
  private Visitor rita = new Visitor("");

  @BeforeEach
  void open() throws Exception {
    door.open();
    door.person("rita", Role.RESPONDER);
    door.person("vera", Role.VIEWER);
    rita = door.loggedIn("rita");
  }

  @AfterEach
  void close() throws Exception {
    door.close();
  }

  /** The entries of the audit log about an action; waits for what is still to be written. */
  private List<AuditEntry> audited(String action, int count) {
    Eventually.eventually(Duration.ofSeconds(5), () -> assertThat(entries(action)).hasSize(count));
    return entries(action);
  }

  private List<AuditEntry> entries(String action) {
    return door.audit.read(AuditLog.Filter.latest(50)).stream()
        .map(AuditLog.Kept::entry)
        .filter(entry -> entry.action().equals(action))
        .toList();
  }

  private String fingerprint(int index) {
    return door.desk.firing().get(index).alert().key().fingerprint();
  }

  @Test
  void chosenIncidentsAreAcknowledgedEachWithAnEntryAndWhyNotIsSaid() throws Exception {
    rita.get("/incidents?severity=critical");
    String page =
        rita.submit(
                "/incidents/acknowledge",
                "severity",
                "critical",
                "incident",
                OPEN,
                "incident",
                PAST,
                "incident",
                "<i>none")
            .body();
    assertThat(page)
        .contains("1 incident acknowledged: #185.", "2 not:", "#180", "resolved already")
        .contains("&lt;i&gt;none: ")
        .contains("<option value=\"critical\" selected");
    assertThat(door.desk.find(new IncidentId(OPEN)).orElseThrow())
        .matches(it -> it.acknowledgedBy().filter("rita"::equals).isPresent());
    assertThat(audited("POST /incidents/acknowledge", 3))
        .allMatch(entry -> entry.actor().equals("rita"))
        .anyMatch(it -> it.subject().equals(OPEN) && it.outcome() == AuditEntry.Outcome.DONE)
        .anyMatch(it -> it.subject().equals(PAST) && it.outcome() == AuditEntry.Outcome.FAILED);
  }

  @Test
  void allOnThisPageIsWhatThePageListed() throws Exception {
    rita.get("/incidents");
    assertThat(
            rita.submit("/incidents/acknowledge", "all", "on", "listed", OPEN + ",i184abcdef")
                .body())
        .contains("#185");
    assertThat(rita.submit("/incidents/acknowledge").body()).contains("Nothing is chosen yet");
  }

  @Test
  void alertsAreAcknowledgedByTheIncidentThatHoldsThem() throws Exception {
    rita.get("/alerts");
    var held = door.desk.find(new IncidentId(OPEN)).orElseThrow();
    String page =
        rita.submit(
                "/alerts/acknowledge",
                "alert",
                held.alerts().getFirst().key().fingerprint(),
                "alert",
                "0000000000000000")
            .body();
    assertThat(page)
        .contains("1 incident acknowledged: #185.", "1 not:", "belongs to no open incident");
  }

  @Test
  void eachChosenAlertGetsASilenceOfItsOwnAfterItWasShownWhatIsHidden() throws Exception {
    rita.get("/alerts");
    String preview =
        rita.submit("/silences/several/preview", "alert", fingerprint(0), "alert", fingerprint(1))
            .body();
    assertThat(preview)
        .contains("Silence 2 alerts", "2 firing now", "Silence by what they share instead")
        .contains("component=&#34;AI models&#34;".replace("&#34;", "\""));
    assertThat(door.desk.ports().work().silences().all(DoorFixture.NOW)).isEmpty();
    assertThat(
            rita.submit(
                    "/silences/several",
                    "alert",
                    fingerprint(0),
                    "duration",
                    "for ever",
                    "comment",
                    "planned")
                .statusCode())
        .isEqualTo(422);
    String set =
        rita.submit(
                "/silences/several",
                "alert",
                fingerprint(0),
                "alert",
                fingerprint(1),
                "duration",
                "1h",
                "comment",
                "planned work")
            .body();
    assertThat(set).contains("2 alerts silenced.", "planned work");
    assertThat(audited("POST /silences/several", 3))
        .anyMatch(it -> it.after().getOrDefault("matchers", "").contains("QueueGrows"));
  }

  @Test
  void aViewerChoosesNothingAndAFormWithoutItsTokenIsRefused() throws Exception {
    Visitor vera = door.loggedIn("vera");
    assertThat(vera.get("/alerts").body()).doesNotContain("data-pick", "data-many");
    assertThat(vera.get("/incidents").body()).doesNotContain("data-pick", "data-many");
    assertThat(vera.submit("/incidents/acknowledge", "incident", OPEN).statusCode()).isEqualTo(403);
    assertThat(rita.post("/incidents/acknowledge", "incident=" + OPEN).statusCode()).isEqualTo(403);
    assertThat(rita.post("/silences/several", "alert=x").statusCode()).isEqualTo(403);
  }

  @Test
  void aFilterIsSavedForEverybodyAndTakenAwayAgain() throws Exception {
    assertThat(rita.get("/alerts").body()).doesNotContain("Save view");
    assertThat(rita.get("/alerts?severity=critical&q=queue").body()).contains("Save view");
    HttpResponse<String> saved =
        rita.submit("/alerts/views", "name", "Queues <b>", "q", "queue", "severity", "critical");
    assertThat(Visitor.location(saved)).isEqualTo("/alerts?q=queue&severity=critical");
    Visitor vera = door.loggedIn("vera");
    assertThat(vera.get("/alerts").body())
        .contains("href=\"/alerts?q=queue&", "Queues &lt;b&gt;")
        .doesNotContain("/alerts/views/remove");
    rita.get("/alerts");
    assertThat(rita.submit("/alerts/views", "name", "Queues <b>", "q", "x").body())
        .contains("already: remove it or take another name");
    assertThat(rita.submit("/alerts/views", "name", "all").statusCode()).isEqualTo(422);
    assertThat(rita.submit("/alerts/views/remove", "name", "Queues <b>").statusCode())
        .isEqualTo(303);
    assertThat(vera.get("/alerts").body()).doesNotContain("Queues");
  }
}
