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
        new AlertmanagerStatusRoutes(() -> tree, "0.0.0", Instant.EPOCH));
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
        .isEqualTo("[{\"name\":\"team\"},{\"name\":\"pager\"}]");
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
    assertThat(ops.get(API + "/silence/none").statusCode()).isEqualTo(404);
    var half = ops.post(API + "/silences", "application/json", "{\"comment\":\"x\"}");
    assertThat(half.statusCode()).isEqualTo(422);
    assertThat(half.body())
        .isEqualTo("{\"code\":422,\"message\":\"matchers in body is required\"}");
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
