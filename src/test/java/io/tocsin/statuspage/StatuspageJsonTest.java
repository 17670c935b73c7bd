package io.tocsin.statuspage;

import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shape published at https://metastatuspage.com/api. */
class StatuspageJsonTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final PageSnapshot PAGE =
      Publication.derive(Fabricated.spec(), Fabricated.input(NOW), NOW);

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> fields(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void theSummaryIsWrittenFieldByFieldAsTheApiPromises() throws IOException {
    try (InputStream golden = getClass().getResourceAsStream("/statuspage/summary.json")) {
      assertThat(read(StatuspageJson.summary(PAGE)).toPrettyString())
          .isEqualTo(JSON.readTree(golden).toPrettyString());
    }
  }

  @Test
  void anIncidentThatComesBackTakesItsComponentsDownAgain() {
    var calm = Fabricated.calm(NOW);
    var back =
        Fabricated.incident(9, "x", Severity.HIGH, List.of("Web app"), NOW.minusSeconds(900))
            .updates(
                Fabricated.update(NOW.minusSeconds(900), Phase.INVESTIGATING, true, ""),
                Fabricated.update(NOW.minusSeconds(600), Phase.RESOLVED, true, ""),
                Fabricated.update(NOW.minusSeconds(300), Phase.INVESTIGATING, true, ""))
            .make();
    var input = new PageInput(List.of(back), calm.checks(), List.of(), calm.days(), NOW);
    var page = Publication.derive(Fabricated.spec(), input, NOW);
    JsonNode updates = read(StatuspageJson.unresolved(page)).at("/incidents/0/incident_updates");
    assertThat(updates.findValuesAsText("old_status"))
        .containsExactly("operational", "partial_outage", "operational");
    assertThat(updates.findValuesAsText("new_status"))
        .containsExactly("partial_outage", "operational", "partial_outage");
  }

  @Test
  void everyDocumentBeginsWithThePage() {
    for (String document :
        List.of(
            StatuspageJson.summary(PAGE),
            StatuspageJson.status(PAGE),
            StatuspageJson.components(PAGE),
            StatuspageJson.incidents(PAGE),
            StatuspageJson.unresolved(PAGE),
            StatuspageJson.maintenances(PAGE),
            StatuspageJson.upcoming(PAGE),
            StatuspageJson.active(PAGE))) {
      assertThat(fields(read(document).path("page")))
          .containsExactly("id", "name", "url", "time_zone", "updated_at");
    }
  }

  @Test
  void theIndicatorFollowsTheWorstState() {
    Map<ComponentState, String> expected =
        Map.of(
            ComponentState.OPERATIONAL, "none",
            ComponentState.UNDER_MAINTENANCE, "maintenance",
            ComponentState.DEGRADED_PERFORMANCE, "minor",
            ComponentState.PARTIAL_OUTAGE, "major",
            ComponentState.MAJOR_OUTAGE, "critical",
            ComponentState.UNKNOWN, "none");
    expected.forEach(
        (state, indicator) ->
            assertThat(status(state).path("indicator").asText()).isEqualTo(indicator));
    assertThat(status(ComponentState.OPERATIONAL).path("description").asText())
        .isEqualTo("All Systems Operational");
  }

  private static PageSnapshot uniform(ComponentState state) {
    Map<String, ComponentState> checks = new HashMap<>();
    Fabricated.spec().components().forEach(component -> checks.put(component.name(), state));
    var input = new PageInput(List.of(), checks, List.of(), Map.of(), NOW);
    return Publication.derive(Fabricated.spec(), input, NOW);
  }

  private static JsonNode status(ComponentState state) {
    return read(StatuspageJson.status(uniform(state))).path("status");
  }

  @Test
  void aComponentNotKnownRaisesNoAlarmButIsMarked() {
    PageSnapshot page = uniform(ComponentState.UNKNOWN);
    JsonNode component = read(StatuspageJson.components(page)).path("components").path(1);
    assertThat(component.path("status").asText()).isEqualTo("operational");
    assertThat(component.path("tocsin_state").asText()).isEqualTo("unknown");
    assertThat(status(ComponentState.UNKNOWN).path("description").asText())
        .isEqualTo("Status Unknown");
  }

  @Test
  void unresolvedHoldsTheOpenAndIncidentsAll() {
    assertThat(read(StatuspageJson.unresolved(PAGE)).path("incidents")).hasSize(2);
    JsonNode all = read(StatuspageJson.incidents(PAGE)).path("incidents");
    assertThat(all).hasSize(4);
    assertThat(all.path(2).path("status").asText()).isEqualTo("resolved");
    assertThat(all.path(2).path("resolved_at").asText()).isEqualTo("2026-11-19T09:52:12.000Z");
    assertThat(all.path(2).path("monitoring_at").asText()).isEqualTo("2026-11-19T09:25:12.000Z");
  }

  @Test
  void maintenanceMovesFromUpcomingToActiveToCompleted() {
    PageInput input = Fabricated.input(NOW);
    var during =
        Publication.derive(Fabricated.spec(), input, NOW.plus(Duration.ofMinutes(34 * 60 + 5)));
    var after = Publication.derive(Fabricated.spec(), input, NOW.plus(Duration.ofHours(36)));
    assertThat(maintenance(StatuspageJson.upcoming(PAGE)).path(0).path("status").asText())
        .isEqualTo("scheduled");
    assertThat(maintenance(StatuspageJson.active(PAGE))).isEmpty();
    assertThat(maintenance(StatuspageJson.active(during)).path(0).path("status").asText())
        .isEqualTo("in_progress");
    assertThat(maintenance(StatuspageJson.maintenances(after)).path(0).path("status").asText())
        .isEqualTo("completed");
    assertThat(maintenance(StatuspageJson.summary(after))).isEmpty();
  }

  private static JsonNode maintenance(String document) {
    return read(document).path("scheduled_maintenances");
  }
}
