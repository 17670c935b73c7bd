package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tocsin.access.AccessPolicy;
import io.tocsin.label.Matcher;
import io.tocsin.notify.GroupBy;
import io.tocsin.notify.RouteSpec;
import io.tocsin.notify.RoutingTree;
import io.tocsin.silence.InMemorySilenceStore;
import io.tocsin.silence.SilenceBook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alertmanager's API, spoken by hand and by the real amtool where it is installed. */
class AlertmanagerRoutesTest {

  private static final Path AMTOOL = Path.of("/usr/bin/amtool");
  private static final String API = "/alertmanager/api/v2";

  private final InstantSource clock = InstantSource.system();
  private final OpsFixture ops = new OpsFixture(AccessPolicy.OPEN);
  private final InMemorySilenceStore store = new InMemorySilenceStore();
  private final PostedDesk desk = new PostedDesk(store, clock);

  @BeforeEach
  void start() throws Exception {
    RouteSpec pager =
        new RouteSpec(
            Optional.of("pager"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(Matcher.equal("severity", "critical")),
            false,
            List.of());
    RouteSpec root =
        new RouteSpec(
            Optional.of("team"),
            Optional.of(new GroupBy.Names(List.of("alertname"))),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            false,
            List.of(pager));
    var tree = new RoutingTree(root);
    var book = new SilenceBook(store, () -> UUID.randomUUID().toString(), true, () -> {});
    ops.start(
        new AlertmanagerAlertRoutes(
            new AlertmanagerAlertRoutes.Ports(
                desk, desk, () -> tree, () -> Duration.ofMinutes(5), clock),
            ops.blocking),
        new AlertmanagerSilenceRoutes(book, ops.blocking, clock),
        new AlertmanagerStatusRoutes(
            () -> tree, () -> List.of("team", "pager", "nobody"), "0.0.0", Instant.EPOCH));
  }

  @AfterEach
  void close() throws Exception {
    ops.close();
  }

  private String amtool(String... arguments) throws Exception {
    assumeTrue(Files.isExecutable(AMTOOL), "amtool is not installed");
    var command = new ArrayList<String>();
    command.add(AMTOOL.toString());
    command.add("--alertmanager.url=http://127.0.0.1:" + ops.port() + "/alertmanager");
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return said.replaceAll("(?m)^Warning: amtool version.*\\R", "").strip();
  }

  private void post(String body, int status) throws Exception {
    assertThat(ops.post(API + "/alerts", "application/json", body).statusCode()).isEqualTo(status);
  }

  @Test
  void theRealAmtoolAddsAndFindsAlerts() throws Exception {
    assertThat(amtool("alert", "add", "DiskFull", "severity=critical", "instance=a")).isEmpty();
    assertThat(amtool("alert", "add", "Slow", "team=web")).isEmpty();
    assertThat(amtool("alert", "query")).contains("DiskFull").contains("Slow").contains("active");
    assertThat(amtool("alert", "query", "team=web")).contains("Slow").doesNotContain("DiskFull");
    assertThat(amtool("-o", "extended", "alert", "query", "--receiver=pager"))
        .contains("DiskFull")
        .doesNotContain("Slow");
  }

  @Test
  void theRealAmtoolSetsChangesAndEndsSilences() throws Exception {
    amtool("alert", "add", "Slow", "team=web");
    String id = amtool("silence", "add", "team=web", "-c", "known", "-a", "ada");
    assertThat(amtool("silence", "query")).contains(id).contains("known").contains("ada");
    assertThat(amtool("alert", "query")).doesNotContain("Slow");
    assertThat(amtool("alert", "query", "--silenced")).contains("Slow").contains("suppressed");
    assertThat(amtool("silence", "update", "-d", "3h", id)).contains(id);
    assertThat(amtool("silence", "expire", id)).isEmpty();
    assertThat(amtool("silence", "query")).doesNotContain(id);
    assertThat(amtool("silence", "query", "--expired")).contains(id);
  }

  @Test
  void theRealAmtoolReadsTheRoutingTree() throws Exception {
    assertThat(amtool("config", "routes", "test", "severity=critical")).isEqualTo("pager");
    assertThat(amtool("config", "routes", "test", "severity=low")).isEqualTo("team");
    assertThat(amtool("cluster", "show")).contains("disabled");
  }

  /**
   * What Grafana's Alertmanager data source (implementation Prometheus, URL ending in
   * /alertmanager) asks: its test of the connection, the lists of its alerting pages, and a
   * silence.
   */
  @Test
  void grafanasDataSourceFindsWhatItAsksFor() throws Exception {
    post("[{\"labels\":{\"alertname\":\"Slow\",\"team\":\"web\"}}]", 200);
    // Mimir would answer here; an answer would make Grafana take us for one.
    assertThat(ops.get("/alertmanager/alertmanager/api/v2/status").statusCode()).isEqualTo(404);
    // Alertmanager has no build information; Grafana goes on without.
    assertThat(ops.get("/alertmanager/api/v1/status/buildinfo").statusCode()).isEqualTo(404);

    JsonObject status = new JsonObject(ops.get(API + "/status").body());
    assertThat(status.getJsonObject("cluster").getString("status")).isEqualTo("disabled");
    assertThat(status.getJsonObject("config").getString("original")).contains("receiver");
    assertThat(status.getJsonObject("versionInfo").getString("version")).isNotEmpty();
    assertThat(status.getString("uptime")).isNotEmpty();

    JsonArray groups =
        new JsonArray(
            ops.get(API + "/alerts/groups?silenced=true&inhibited=true&active=true").body());
    JsonObject group = groups.getJsonObject(0);
    assertThat(group.getJsonObject("labels").getString("alertname")).isEqualTo("Slow");
    assertThat(group.getJsonObject("receiver").getString("name")).isEqualTo("team");
    JsonObject alert = group.getJsonArray("alerts").getJsonObject(0);
    assertThat(alert.getJsonObject("status").getString("state")).isEqualTo("active");
    assertThat(alert.fieldNames())
        .contains("annotations", "endsAt", "fingerprint", "receivers", "startsAt", "updatedAt");
    // As Alertmanager does, also those that no route leads to.
    assertThat(new JsonArray(ops.get(API + "/receivers").body()))
        .extracting(it -> ((JsonObject) it).getString("name"))
        .containsExactly("team", "pager", "nobody");
    assertThat(new JsonArray(ops.get(API + "/silences").body())).isEmpty();

    String silence =
        """
        {"startsAt":"%s","endsAt":"%s","comment":"created 2026","createdBy":"admin",\
        "matchers":[{"name":"team","value":"web","isRegex":false,"isEqual":true}]}\
        """
            .formatted(clock.instant(), clock.instant().plusSeconds(7200));
    var set = ops.post(API + "/silences", "application/json", silence);
    assertThat(set.statusCode()).isEqualTo(200);
    String id = new JsonObject(set.body()).getString("silenceID");
    JsonObject shown = new JsonArray(ops.get(API + "/silences").body()).getJsonObject(0);
    assertThat(shown.getString("id")).isEqualTo(id);
    assertThat(shown.getJsonObject("status").getString("state")).isEqualTo("active");
    assertThat(ops.send(ops.request(API + "/silence/" + id).DELETE()).statusCode()).isEqualTo(200);
    assertThat(new JsonObject(ops.get(API + "/silence/" + id).body()).getJsonObject("status"))
        .isEqualTo(new JsonObject().put("state", "expired"));
  }

  @Test
  void alertsAreShownInAlertmanagersShape() throws Exception {
    post(
        """
        [{"labels":{"alertname":"Slow","team":"web","empty":""},
          "annotations":{"summary":"slow"},"startsAt":"2026-01-01T00:00:00.000+01:00",
          "endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://p/graph","more":1}]
        """,
        200);
    String alerts = ops.get(API + "/alerts").body();
    assertThat(alerts)
        .contains("\"startsAt\":\"2025-12-31T23:00:00Z\"")
        .contains("\"generatorURL\":\"http://p/graph\"")
        .contains("\"receivers\":[{\"name\":\"team\"}]")
        .contains("\"state\":\"active\"")
        .contains("\"labels\":{\"alertname\":\"Slow\",\"team\":\"web\"}");
    assertThat(ops.get(API + "/alerts/groups").body())
        .contains("\"labels\":{\"alertname\":\"Slow\"},\"receiver\":{\"name\":\"team\"}");
    assertThat(ops.get(API + "/alerts?active=false").body()).isEqualTo("[]");
    assertThat(ops.get(API + "/alerts?receiver=tea.").body()).contains("Slow");
    assertThat(ops.get(API + "/alerts?receiver=te").body()).isEqualTo("[]");
    assertThat(ops.get(API + "/receivers").body())
        .isEqualTo("[{\"name\":\"team\"},{\"name\":\"pager\"},{\"name\":\"nobody\"}]");
  }

  @Test
  void whatIsWellFormedIsTakenAndTheRestIsNamed() throws Exception {
    var answer =
        ops.post(
            API + "/alerts",
            "application/json",
            """
            [{"labels":{}},{"labels":{"alertname":"Good"}},
             {"labels":{"a":"b"},"startsAt":"2026-01-02T00:00:00Z","endsAt":"2026-01-01T00:00:00Z"}]
            """);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo("\"at least one label pair required; start time must be before end time\"");
    assertThat(ops.get(API + "/alerts").body()).contains("Good");
  }

  @Test
  void mistakesAreAnsweredInItsOwnShapes() throws Exception {
    assertThat(ops.get(API + "/alerts?filter=%28").body()).startsWith("\"bad matcher format: ");
    assertThat(ops.get(API + "/alerts?receiver=%28").body())
        .startsWith("\"failed to parse receiver param");
    String unknown = "/silence/0cb5568f-8068-47f9-806a-8b7e9f75a3f9";
    assertThat(ops.get(API + unknown).statusCode()).isEqualTo(404);
    var named = ops.get(API + "/silence/none");
    assertThat(named.statusCode()).isEqualTo(422);
    assertThat(named.body())
        .isEqualTo(
            "{\"code\":601,\"message\":\"silenceID in path must be of type uuid: \\\"none\\\"\"}");
    var perhaps = ops.get(API + "/alerts?active=perhaps");
    assertThat(perhaps.statusCode()).isEqualTo(422);
    assertThat(perhaps.body()).contains("\"code\":601", "active in query must be of type boolean");
    assertThat(ops.post(API + "/alerts", "application/json", "{}").body())
        .contains("found an object, expected an array");
    assertThat(ops.post(API + "/alerts", "application/json", "[{\"labels\":{\"a\":\"b\"").body())
        .contains("line 1, column ", "start marker at line 1, column 12")
        .doesNotContain("REDACTED", "Source");
    var half = ops.post(API + "/silences", "application/json", "{\"comment\":\"x\"}");
    assertThat(half.statusCode()).isEqualTo(422);
    assertThat(half.body())
        .isEqualTo("{\"code\":602,\"message\":\"matchers in body is required\"}");
    var past =
        ops.post(
            API + "/silences",
            "application/json",
            """
            {"matchers":[{"name":"a","value":"b","isRegex":false}],"createdBy":"x","comment":"y",
             "startsAt":"2026-01-01T00:00:00Z","endsAt":"2026-01-02T00:00:00Z"}
            """);
    assertThat(past.statusCode()).isEqualTo(400);
    assertThat(past.body()).contains("end time can't be in the past");
  }

  @Test
  void alertsThatCouldNotBeStoredAreToBeSentAgain() throws Exception {
    desk.away = true;
    var answer =
        ops.post(API + "/alerts", "application/json", "[{\"labels\":{\"alertname\":\"A\"}}]");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("5");
  }
}
