package io.tocsin;

import static io.tocsin.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.demo.Demo;
import io.tocsin.grafana.Annotations;
import io.tocsin.grafana.Board;
import io.tocsin.grafana.Chosen;
import io.tocsin.grafana.Panel;
import io.tocsin.grafana.Query;
import io.tocsin.grafana.Variable;
import io.tocsin.grafana.board.Boards;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every query of every board, asked of a running demo as Grafana asks it: PromQL by form POST to
 * the data source's address, SQL as the role that Grafana has.
 */
@Timeout(300)
class GrafanaQueriesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** What the demo has none of; each of these says on the panel why it may be empty. */
  private static final Set<String> NOT_IN_THE_DEMO =
      Set.of(
          "Business KPIs: MRR against yesterday",
          "On call: Failed attempts",
          "Tocsin itself: Refused and dropped");

  @TempDir private static Path folder;
  private static Server server;
  private static GrafanaReader reader;

  private record Asked(Board board, Panel panel, Query query) {
    String name() {
      return board.title() + ": " + panel.title();
    }
  }

  @BeforeAll
  static void aCompanyThatHadTrouble() throws Exception {
    var clock = new SteadyClock();
    Demo demo = Demo.open(folder, clock);
    Path file = demo.configuration();
    Files.writeString(
        file,
        Files.readString(file)
            .replace("127.0.0.1:9110", "127.0.0.1:0")
            .replace("127.0.0.1:9111", "127.0.0.1:0"));
    server =
        Server.start(
            Configuration.read(file, demo.environment()),
            folder,
            clock,
            new ServerExtras(Optional.of(demo.controls())));
    demo.begin(server.console().url());
    reader = GrafanaReader.of(URI.create(server.console().url()), folder);
    demo.controls().breakIt("web-app");
    eventually(PATIENCE, () -> assertThat(open("Web app")).isNotEmpty());
    demo.controls().heal("web-app");
    eventually(PATIENCE, () -> assertThat(incidents("Web app", "resolved")).isNotEmpty());
    demo.controls().breakIt("chat-bot");
    eventually(PATIENCE, () -> acknowledge(open("Chat bot")));
    reader.post(
        "/alertmanager/api/v2/silences",
        """
        {"matchers": [{"name": "a", "value": "b", "isRegex": false, "isEqual": true}],
         "startsAt": "%s", "endsAt": "%s", "createdBy": "ana", "comment": "trying"}
        """
            .formatted(Instant.now(), Instant.now().plusSeconds(3600)));
    reader.post(
        "/api/v1/oncall/schedules/l1/overrides",
        "{\"person\": \"ben\", \"start\": \"%s\", \"end\": \"%s\"}"
            .formatted(Instant.now(), Instant.now().plusSeconds(3600)));
  }

  @AfterAll
  static void stop() throws Exception {
    reader.close();
    server.close();
  }

  private static String open(String component) throws Exception {
    return incidents(component, "open");
  }

  private static String incidents(String component, String state) throws Exception {
    for (JsonNode one : reader.get("/api/v1/incidents?state=" + state).path("incidents")) {
      if (one.path("components").toString().contains(component)) {
        return one.path("id").asText();
      }
    }
    return "";
  }

  private static void acknowledge(String incident) throws Exception {
    assertThat(incident).isNotEmpty();
    reader.post("/api/v1/incidents/" + incident + "/acknowledge", "");
  }

  private static List<Asked> everything() {
    return Boards.ALL.stream()
        .flatMap(
            board ->
                board.panels().stream()
                    .flatMap(
                        panel ->
                            panel.queries().stream().map(query -> new Asked(board, panel, query))))
        .toList();
  }

  @Test
  void everyQueryIsAnsweredAndTheDemoFeedsEveryBoard() {
    var missing = new TreeSet<String>();
    for (Asked asked : everything()) {
      eventually(
          PATIENCE,
          () -> {
            int found = reader.found(asked.query(), GrafanaReader.EVERYTHING);
            if (!NOT_IN_THE_DEMO.contains(asked.name())) {
              assertThat(found).as(asked.name() + " " + asked.query()).isPositive();
            } else if (found == 0) {
              missing.add(asked.name());
            }
          });
    }
    assertThat(missing).isEqualTo(new TreeSet<>(NOT_IN_THE_DEMO));
    assertThat(everything().stream().filter(asked -> missing.contains(asked.name())))
        .allSatisfy(asked -> assertThat(asked.panel().mayBeEmpty()).isPresent());
  }

  @Test
  void aChoiceOfValuesIsUnderstoodByBothLanguages() throws Exception {
    for (Asked asked : everything()) {
      assertThat(reader.found(asked.query(), "(Payments|Web app|critical|high)")).isNotNegative();
    }
  }

  @Test
  void aChosenEnvironmentLeavesOutTheTroubleOfAnother() throws Exception {
    reader.post(
        "/alertmanager/api/v2/alerts",
        """
        [{"labels": {"alertname": "Elsewhere", "severity": "high", "environment": "staging"}}]
        """);
    eventually(
        PATIENCE,
        () -> {
          assertThat(elsewhere("incident", Chosen.INCIDENT, "(staging)")).isOne();
          assertThat(elsewhere("alert_episode", Chosen.EPISODE, "(staging)")).isOne();
        });
    assertThat(elsewhere("incident", Chosen.INCIDENT, "(demo)")).isZero();
    assertThat(elsewhere("alert_episode", Chosen.EPISODE, "(demo)")).isZero();
    assertThat(elsewhere("alert", Chosen.ALERT, "(demo)")).isZero();
    assertThat(elsewhere("incident", Chosen.INCIDENT, GrafanaReader.EVERYTHING)).isOne();
  }

  private static int elsewhere(String table, String chosen, String environment) throws Exception {
    String sql =
        "SELECT 1 AS one, 2 AS two FROM "
            + table
            + " WHERE document::text LIKE '%Elsewhere%' AND "
            + chosen;
    return reader.found(
        new Query.Sql(sql.replace("${environment:regex}", environment), false),
        GrafanaReader.EVERYTHING);
  }

  @Test
  void variablesHaveValuesAndAnnotationsAreFound() throws Exception {
    for (Variable variable : Variable.values()) {
      if (!variable.fixed()) {
        Matcher source = Pattern.compile("label_values\\((.*), (.*)\\)").matcher(variable.source());
        assertThat(source.matches()).isTrue();
        eventually(
            PATIENCE,
            () ->
                assertThat(
                        reader
                            .get(
                                "/prometheus/api/v1/label/%s/values?match[]=%s"
                                    .formatted(source.group(2), source.group(1))
                                    .replace("[]", "%5B%5D"))
                            .path("data"))
                    .as(variable.toString())
                    .isNotEmpty());
      }
    }
    eventually(
        PATIENCE,
        () -> {
          assertThat(
                  reader.found(
                      new Query.Sql(Annotations.INCIDENTS, false), GrafanaReader.EVERYTHING))
              .isPositive();
          assertThat(
                  reader.found(new Query.Sql(Annotations.CHANGES, false), GrafanaReader.EVERYTHING))
              .isPositive();
          assertThat(
                  reader.found(
                      new Query.Prom(Annotations.ALERTS, "", Query.Prom.Mode.RANGE),
                      GrafanaReader.EVERYTHING))
              .isPositive();
        });
  }

  @Test
  void everyRuleSaysHowItFaredAndNoneFailedForWantOfData() throws Exception {
    eventually(
        PATIENCE,
        () -> {
          for (JsonNode group :
              reader.get("/prometheus/api/v1/rules").path("data").path("groups")) {
            for (JsonNode rule : group.path("rules")) {
              assertThat(rule.path("lastEvaluation").asText()).as("%s", rule).isGreaterThan("2000");
              assertThat(rule.path("type").asText() + rule.path("health").asText())
                  .as("%s", rule)
                  .isNotIn("recordingunknown", "recordingerr", "alertingerr");
            }
          }
        });
    assertThat(
            reader.found(
                new Query.Prom(
                    "tocsin_rule_evaluation_failures_total > 0", "", Query.Prom.Mode.INSTANT),
                GrafanaReader.EVERYTHING))
        .isZero();
  }

  @Test
  void everySeriesThatTheCatalogueSaysWeExportIsThere() throws Exception {
    eventually(
        PATIENCE,
        () -> {
          var names = new TreeSet<String>();
          reader
              .get("/prometheus/api/v1/label/__name__/values")
              .path("data")
              .forEach(name -> names.add(name.asText()));
          assertThat(names).containsAll(SeriesCatalogue.read().of("tocsin"));
        });
  }

  /** A board is opened before anything is watched: it says why it is empty, and nothing fails. */
  @Test
  void onAnEmptyInstallationNothingFails(@TempDir Path empty) throws Exception {
    Path file =
        Files.writeString(
            empty.resolve("tocsin.yaml"),
            """
            listen: { ops: 127.0.0.1:0, public: 127.0.0.1:0 }
            auth: open
            receivers: [{ name: nobody }]
            route: { receiver: nobody }
            """);
    Server fresh =
        Server.start(
            Configuration.read(file, Map.of()), empty, new SteadyClock(), ServerExtras.NONE);
    try (var asking = GrafanaReader.of(URI.create(fresh.console().url()), empty)) {
      int nothing = 0;
      for (Asked asked : everything()) {
        nothing += asking.found(asked.query(), GrafanaReader.EVERYTHING) == 0 ? 1 : 0;
      }
      assertThat(nothing).as("queries without an answer").isGreaterThan(100);
    } finally {
      fresh.close();
    }
  }

  @Test
  void theReaderSeesNoSecrets() throws Exception {
    for (String secret : List.of("api_token", "service_key", "subscriber", "check_definition")) {
      assertThat(refused("SELECT * FROM " + secret)).as(secret).contains("permission denied");
    }
    assertThat(refused("SELECT message FROM delivery")).contains("permission denied");
    assertThat(refused("DELETE FROM incident")).containsAnyOf("permission denied", "read-only");
  }

  private static String refused(String sql) throws SQLException {
    try (var statement = reader.database().createStatement()) {
      statement.execute(sql);
      return "";
    } catch (SQLException refusal) {
      return String.valueOf(refusal.getMessage());
    }
  }
}
