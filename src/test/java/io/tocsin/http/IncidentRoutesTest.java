package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.access.AccessPolicy;
import io.tocsin.access.Scope;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Actor;
import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.ChangeEventStore;
import io.tocsin.incident.ChangeWindow;
import io.tocsin.incident.InMemoryChangeEventStore;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentCommands.Answer;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.IncidentStore;
import io.tocsin.incident.Phase;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class IncidentRoutesTest {

  private static final String ONE = "/api/v1/incidents/" + Samples.ID;

  private final OpsFixture ops = new OpsFixture(AccessPolicy.TOKENS);
  private final FakeDesk desk = new FakeDesk();
  private final ChangeEventStore changes = new InMemoryChangeEventStore();

  @BeforeEach
  void start() throws Exception {
    ops.start(
        new IncidentRoutes(desk, desk, changes, ops.blocking, InstantSource.fixed(OpsFixture.NOW)));
  }

  @AfterEach
  void close() throws Exception {
    ops.close();
  }

  @Test
  void openIncidentsAreListedByDefault() throws Exception {
    JsonNode list = json(get("/api/v1/incidents"));
    assertThat(list.at("/incidents/0/id").asText()).isEqualTo(Samples.ID.value());
    assertThat(list.at("/incidents/0/severity").asText()).isEqualTo("critical");
    assertThat(list.at("/incidents/0/opened_at").asText()).isEqualTo("2026-11-21T11:50:00Z");
    assertThat(list.at("/incidents/0/clocks/0/clock").asText()).isEqualTo("response");
    assertThat(list.at("/incidents/0/alerts/0/value").asText()).isEqualTo("+Inf");
    assertThat(list.at("/incidents/0").has("acknowledged_at")).isFalse();
    assertThat(desk.searched.getFirst().states()).containsExactly(Incident.State.OPEN);
  }

  @Test
  void filtersAndPagesReachTheStore() throws Exception {
    JsonNode list =
        json(
            get(
                "/api/v1/incidents?state=resolved,open&severity=HIGH&limit=1"
                    + "&opened_before=2026-11-21T00:00:00Z"));
    assertThat(desk.searched)
        .containsExactly(
            new IncidentStore.Filter(
                List.of(Incident.State.RESOLVED, Incident.State.OPEN),
                List.of(Severity.HIGH),
                Optional.of(Instant.parse("2026-11-21T00:00:00Z")),
                Optional.empty(),
                1));
    assertThat(list.get("next").asText()).isEqualTo("2026-11-21T11:50:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0           | limit: found \\\"0\\\", expected a whole number from 1 to 500",
        "limit=x           | limit: found \\\"x\\\"",
        "severity=terrible | expected one of critical, high, medium, low",
        "opened_before=now | expected an instant such as"
      })
  void aBadFilterIsRefusedByName(String query, String reason) throws Exception {
    var answer = get("/api/v1/incidents?" + query);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(reason);
  }

  @Test
  void oneIncidentComesWithItsTimeline() throws Exception {
    JsonNode incident = json(get(ONE));
    assertThat(incident.at("/timeline/0/kind").asText()).isEqualTo("opened");
    assertThat(incident.at("/timeline/1/detail/reason").asText()).isEqualTo("nobody answered");
    assertThat(incident.at("/timeline/2/by").asText()).isEqualTo("Ada");
  }

  @ParameterizedTest
  @CsvSource({"/api/v1/incidents/i00000000", "/api/v1/incidents/NO!"})
  void anUnknownIncidentIsNotFound(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(404);
    assertThat(post(path + "/acknowledge", "{}").statusCode()).isEqualTo(404);
  }

  static Stream<Arguments> commands() {
    return Stream.of(
        Arguments.of("acknowledge", "", new IncidentCommand.Acknowledge()),
        Arguments.of("unacknowledge", "", new IncidentCommand.Unacknowledge()),
        Arguments.of("escalate", "", new IncidentCommand.Escalate()),
        Arguments.of("assign", "{'assignee':'Bo'}", new IncidentCommand.Assign("Bo")),
        Arguments.of(
            "roles",
            "{'role':'scribe','person':'Bo'}",
            new IncidentCommand.TakeRole("scribe", "Bo")),
        Arguments.of(
            "severity", "{'severity':'low'}", new IncidentCommand.ChangeSeverity(Severity.LOW)),
        Arguments.of(
            "updates",
            "{'phase':'identified','public':true,'text':'Found it.'}",
            new IncidentCommand.PostUpdate(Phase.IDENTIFIED, true, "Found it.")),
        Arguments.of("notes", "{'text':'hm'}", new IncidentCommand.AddNote("hm")),
        Arguments.of(
            "stakeholders", "{'text':'called'}", new IncidentCommand.InformStakeholders("called")),
        Arguments.of("publication", "{'published':false}", new IncidentCommand.Publish(false)),
        Arguments.of("resolve", "{'reason':'fixed'}", new IncidentCommand.Resolve("fixed")),
        Arguments.of("resolve", "{}", new IncidentCommand.Resolve("")),
        Arguments.of(
            "merge",
            "{'into':'i0000aaaa'}",
            new IncidentCommand.MergeInto(new IncidentId("i0000aaaa"))));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void eachVerbBecomesItsCommandInTheNameOfWhoAsks(
      String verb, String body, IncidentCommand command) throws Exception {
    var answer = post(ONE + "/" + verb, body.replace('\'', '"'));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(desk.submitted)
        .containsExactly(
            new FakeDesk.Submitted(Optional.of(Samples.ID), command, Actor.person("tester")));
  }

  @Test
  void changesNearItStandOnItsTimelineWhereTheyMayConcernIt() throws Exception {
    Instant before = Samples.incident().openedAt().minusSeconds(60);
    change("c1", before, "Payment API");
    change("c2", before, "Something else");
    change("c3", before);
    change("c4", before.minus(ChangeWindow.BEFORE), "Payment API");
    String component = Samples.incident().components().getFirst();
    change("c5", before.plusSeconds(1), component);
    var timeline = get(ONE).body();
    assertThat(timeline)
        .contains("\"kind\":\"change_event\"", "deploy c3", "deploy c5")
        .doesNotContain("deploy c2", "deploy c4");
    assertThat(timeline.indexOf("deploy c5")).isLessThan(timeline.indexOf("\"kind\":\"opened\""));
  }

  private void change(String id, Instant at, String... components) {
    changes.save(
        new ChangeEvent(id, at, "ci", "deploy " + id, List.of(components), Map.of(), List.of()));
  }

  @Test
  void declaringAnswersWithItsAddress() throws Exception {
    var answer =
        post(
            "/api/v1/incidents",
            "{\"title\":\"Smoke in the server room\",\"severity\":\"critical\"}");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Location")).contains(ONE);
    assertThat(desk.submitted.getFirst().command())
        .isEqualTo(
            new IncidentCommand.Declare("Smoke in the server room", Severity.CRITICAL, List.of()));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(new Answer.Conflict("it is resolved"), 409, "it is resolved"),
        Arguments.of(new Answer.Invalid("text", "", "words"), 422, "expected words"),
        Arguments.of(new Answer.Unavailable("database away"), 503, "database away"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusedCommandSaysWhy(Answer refusal, int status, String reason) throws Exception {
    desk.refusal = Optional.of(refusal);
    var answer = post(ONE + "/acknowledge", "");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(reason);
    assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "severity | {'severity':'bad'}              | expected one of critical, high, medium, low",
        "severity | {}                              | found nothing, expected",
        "updates  | {'phase':'x','public':3,'text':1} | public: found \\\"3\\\", expected",
        "updates  | {'phase':'x','text':'x'}        | public: found nothing, expected true or"
            + " false",
        "notes    | {'text':'x','txt':'y'}          | unknown field txt; expected one of text"
      })
  void aBadCommandReachesNobody(String verb, String body, String reason) throws Exception {
    var answer = post(ONE + "/" + verb, body.replace('\'', '"'));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(reason);
    assertThat(desk.submitted).isEmpty();
  }

  @Test
  void readersMayNotAct() throws Exception {
    var answer =
        ops.send(
            ops.request(ONE + "/acknowledge")
                .header("Authorization", "Bearer " + ops.token(Scope.READ))
                .POST(HttpRequest.BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(desk.submitted).isEmpty();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return ops.send(ops.request(path).header("Authorization", "Bearer " + ops.token(Scope.READ)));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return ops.send(
        ops.request(path)
            .header("Authorization", "Bearer " + ops.token(Scope.RESPOND))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }
}
