package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.Account;
import io.tocsin.access.LoginSession;
import io.tocsin.access.Role;
import io.tocsin.access.Scope;
import io.tocsin.access.SessionSecret;
import io.tocsin.alert.Alert;
import io.tocsin.model.report.ReportSamples;
import io.vertx.ext.web.Router;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The running listener and {@code openapi.yaml} say the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {

  private static final String INCIDENT = "/api/v1/incidents/" + Samples.ID;
  private static final String AN_INCIDENT = "/api/v1/incidents/{id}";

  /** A call that is expected to go well. */
  private record Call(String operation, String path, String body, int status) {
    String method() {
      return operation.split(" ")[0];
    }
  }

  private final WholeApi api = new WholeApi();
  private Contract contract;
  private String admin;

  @BeforeAll
  void start() throws Exception {
    contract = Contract.load();
    api.models.watch("ranker");
    api.reports.keep(ReportSamples.full("ranker", "price"));
    api.ops.start(api.routes().toArray(Routes[]::new));
    admin = api.ops.token(Scope.ADMIN);
  }

  @AfterAll
  void close() throws Exception {
    api.close();
  }

  @Test
  void everyRouteIsDescribedAndEveryDescriptionIsRouted() {
    Router router = Router.router(api.ops.vertx());
    api.routes().forEach(routes -> routes.mount(router));
    assertThat(Contract.operations(router)).isEqualTo(contract.operations());
  }

  @Test
  void everyOperationAnswersAsDescribed() throws Exception {
    var called = new TreeSet<String>();
    for (Call call : calls()) {
      var answer = send(call.method(), call.path, call.body, admin);
      assertThat(answer.statusCode()).as("%s: %s", call, answer.body()).isEqualTo(call.status);
      contract.check(call.operation, answer);
      called.add(call.operation);
    }
    assertThat(called).isEqualTo(contract.operations());
  }

  @Test
  void everyGuardedOperationRefusesAStrangerAsDescribed() throws Exception {
    for (Call call : calls()) {
      if (!contract.open(call.operation)) {
        var answer = send(call.method(), call.path, call.body, "");
        assertThat(answer.statusCode()).as(call.operation).isEqualTo(401);
        contract.check(call.operation, answer);
      }
    }
  }

  @Test
  void unknownThingsAreNotFoundAsDescribed() throws Exception {
    for (Call call :
        List.of(
            new Call("GET " + AN_INCIDENT, "/api/v1/incidents/i00000000", "", 404),
            new Call("DELETE /api/v1/tokens/{id}", "/api/v1/tokens/00000000", "", 404),
            new Call("DELETE /api/v1/maintenance/{id}", "/api/v1/maintenance/m0", "", 404),
            new Call("DELETE /api/v1/oncall/overrides/{id}", "/api/v1/oncall/overrides/x", "", 404),
            new Call("GET /api/v1/oncall/schedules/{name}", "/api/v1/oncall/schedules/x", "", 404),
            new Call("POST /api/v1/deliveries/{id}/replay", "/api/v1/deliveries/8/replay", "", 404),
            new Call("GET /api/v1/checks/{name}/results", "/api/v1/checks/x/results", "", 404),
            new Call("GET /api/v1/models/{name}/reports", "/api/v1/models/x/reports", "", 404),
            new Call("POST /api/v1/models/{name}/reports", "/api/v1/models/x/reports", "", 404),
            new Call(
                "GET /api/v1/models/{name}/reports/{day}",
                "/api/v1/models/ranker/reports/2026-01-01",
                "",
                404),
            new Call(
                "POST /api/v1/models/{name}/ground-truth",
                "/api/v1/models/x/ground-truth",
                "[]",
                404),
            new Call(
                "GET " + AN_INCIDENT + "/postmortem",
                "/api/v1/incidents/i00000000/postmortem",
                "",
                404))) {
      var answer = send(call.method(), call.path, call.body, admin);
      assertThat(answer.statusCode()).as(call.path).isEqualTo(404);
      contract.check(call.operation, answer);
    }
  }

  @Test
  void wrongValuesAreRefusedWithTheirNames() throws Exception {
    assertThat(
            send("POST", "/api/v1/tokens", "{\"name\":\"ci\",\"scopes\":[\"all\"]}", admin).body())
        .contains(
            "scopes: found \\\"all\\\", expected one of ingest, read, communicate, respond, admin");
    assertThat(
            send(
                    "POST",
                    "/api/v1/maintenance",
                    """
                    {"title":"x","components":["API"],
                     "starts_at":"2026-11-22T00:00:00Z","ends_at":"2026-11-21T23:00:00Z"}\
                    """,
                    admin)
                .body())
        .contains("ends_at: found");
    assertThat(
            send("POST", "/api/v1/models/ranker/predictions", "[{\"confidence\":7}]", admin).body())
        .contains("a ratio from 0 to 1");
  }

  @Test
  void anOutdatedEditOfAPostmortemIsAConflict() throws Exception {
    var answer =
        send("PUT", INCIDENT + "/postmortem", "{\"based_on\":99,\"markdown\":\"# Late\"}", admin);
    assertThat(answer.statusCode()).isEqualTo(409);
    contract.check("PUT " + AN_INCIDENT + "/postmortem", answer);
  }

  @Test
  void deliveriesAreFoundByStateAndReceiver() throws Exception {
    String path = "/api/v1/deliveries";
    assertThat(send("GET", path + "?state=dead&receiver=ops", "", admin).body())
        .contains("\"id\":7");
    assertThat(send("GET", path + "?state=pending,delivered", "", admin).body())
        .isEqualTo("{\"deliveries\":[]}");
    var state = send("GET", path + "?state=lost", "", admin);
    assertThat(state.statusCode()).isEqualTo(400);
    assertThat(state.body())
        .contains("state: found \\\"lost\\\", expected one of pending, delivered, dead");
    var receiver = send("GET", path + "?receiver=opss", "", admin);
    assertThat(receiver.statusCode()).isEqualTo(400);
    assertThat(receiver.body()).contains("receiver: found \\\"opss\\\", expected one of ops");
    contract.check("GET /api/v1/deliveries", receiver);
  }

  @Test
  void aBodyThatIsNotNeededMayBeLeftOutWithItsType() throws Exception {
    String path = "/api/v1/receivers/ops/test";
    var bare =
        api.ops
            .request(path)
            .header("Authorization", "Bearer " + admin)
            .POST(HttpRequest.BodyPublishers.noBody());
    assertThat(api.ops.send(bare).statusCode()).isEqualTo(200);
    var form =
        api.ops
            .request(path)
            .header("Authorization", "Bearer " + admin)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("severity=high"));
    assertThat(api.ops.send(form).statusCode()).isEqualTo(415);
    assertThat(send("POST", path, "{\"severity\":\"worst\"}", admin).statusCode()).isEqualTo(400);
  }

  @Test
  void aSilenceTakesItsMatchersAsOneTextOrSeveral() throws Exception {
    String wish = "{\"matchers\":%s,\"ends_at\":\"2026-11-21T13:00:00Z\",\"comment\":\"known\"}";
    String shown = "\"matchers\":[\"team=\\\"web\\\"\",\"env=\\\"prod\\\"\"]";
    for (String several : List.of("\"team=web,env=prod\"", "[\"team=web\",\"env=prod\"]")) {
      var set = send("POST", "/api/v1/silences", wish.formatted(several), admin);
      assertThat(set.statusCode()).as(several).isEqualTo(201);
      assertThat(set.body()).contains(shown);
    }
    for (String wrong :
        List.of("[]", "[null]", "[\"\"]", "[\"team\"]", "{\"team\":\"web\"}", "7")) {
      var refused = send("POST", "/api/v1/silences", wish.formatted(wrong), admin);
      assertThat(refused.statusCode()).as(wrong + " " + refused.body()).isEqualTo(400);
      assertThat(refused.body()).as(wrong).contains("found").doesNotContain("something else");
    }
  }

  @Test
  void whileTheDatabaseIsAwayReadersAreAskedToComeBack() throws Exception {
    api.outbox.away = true;
    try {
      var answer = send("GET", "/api/v1/deliveries", "", admin);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).contains("5");
      contract.check("GET /api/v1/deliveries", answer);
    } finally {
      api.outbox.away = false;
    }
  }

  @Test
  void aTokensTextIsShownOnceAndNeverAgain() throws Exception {
    String body = "{\"name\":\"once\",\"scopes\":[\"read\"]}";
    var created = send("POST", "/api/v1/tokens", body, admin);
    assertThat(created.body()).contains("\"token\":\"tcs_");
    var list = send("GET", "/api/v1/tokens", "", admin);
    assertThat(list.body()).contains("\"once\"").doesNotContain("tcs_").doesNotContain("hash");
  }

  private List<Call> calls() {
    var calls = new ArrayList<Call>();
    calls.add(get("/api/v1/openapi.yaml"));
    calls.add(get("/api/v1/status"));
    calls.add(get("/api/v1/session"));
    calls.add(post("/api/v1/session", "{\"token\":\"" + admin + "\"}", 200));
    calls.add(new Call("DELETE /api/v1/session", "/api/v1/session", "", 204));
    calls.addAll(peopleCalls());
    calls.add(get("/api/v1/tokens"));
    calls.add(
        post(
            "/api/v1/tokens",
            "{\"name\":\"ci\",\"scopes\":[\"ingest\"],\"expires_at\":\"2027-01-01T00:00:00Z\"}",
            201));
    String spare = api.ops.token(Scope.READ).split("_")[1];
    calls.add(new Call("DELETE /api/v1/tokens/{id}", "/api/v1/tokens/" + spare, "", 204));
    calls.add(get("/api/v1/alerts"));
    calls.add(get("/api/v1/groups"));
    calls.add(get("/api/v1/cardinality"));
    String fingerprint = Samples.alert(Alert.Phase.FIRING).key().fingerprint();
    calls.add(
        new Call(
            "GET /api/v1/alerts/{fingerprint}/explain",
            "/api/v1/alerts/" + fingerprint + "/explain",
            "",
            200));
    calls.addAll(silenceCalls());
    calls.add(
        post(
            "/api/v1/changes",
            "{\"summary\":\"Deploy 1.2\",\"components\":[\"API\"],\"at\":\"2026-11-21T11:00:00Z\","
                + "\"links\":[{\"href\":\"https://ci.example.com/1\"}]}",
            201));
    calls.add(get("/api/v1/changes"));
    calls.add(get("/api/v1/checks"));
    calls.add(
        new Call("GET /api/v1/checks/{name}/results", "/api/v1/checks/web%20app/results", "", 200));
    calls.add(new Call("POST /api/v1/checks", "/api/v1/checks", "{\"name\":\"asked\"}", 201));
    calls.add(new Call("GET /api/v1/checks/{name}", "/api/v1/checks/asked", "", 200));
    calls.add(new Call("POST /api/v1/checks/{name}/run", "/api/v1/checks/asked/run", "", 200));
    calls.add(new Call("POST /api/v1/checks/{name}/pause", "/api/v1/checks/asked/pause", "", 200));
    calls.add(
        new Call("POST /api/v1/checks/{name}/resume", "/api/v1/checks/asked/resume", "", 200));
    calls.add(new Call("DELETE /api/v1/checks/{name}", "/api/v1/checks/asked", "", 204));
    calls.add(get("/api/v1/deliveries"));
    calls.add(
        new Call("POST /api/v1/deliveries/{id}/replay", "/api/v1/deliveries/7/replay", "", 204));
    calls.add(
        post(
            "/api/v1/maintenance",
            """
            {"title":"Upgrade","components":["API"],
             "starts_at":"2026-11-22T00:00:00Z","ends_at":"2026-11-22T01:00:00Z"}\
            """,
            201));
    calls.add(get("/api/v1/maintenance"));
    calls.add(new Call("DELETE /api/v1/maintenance/{id}", "/api/v1/maintenance/m1", "", 204));
    calls.add(get("/api/v1/subscribers"));
    calls.add(post("/api/v1/subscribers", "{\"email\":\"eve@example.com\"}", 201));
    calls.add(new Call("GET /api/v1/subscribers/{id}", "/api/v1/subscribers/s3", "", 200));
    calls.add(
        new Call(
            "POST /api/v1/subscribers/{id}/confirm", "/api/v1/subscribers/s3/confirm", "", 200));
    calls.add(new Call("DELETE /api/v1/subscribers/{id}", "/api/v1/subscribers/s3", "", 204));
    calls.addAll(onCallCalls());
    calls.addAll(incidentCalls());
    calls.addAll(followUpCalls());
    calls.add(post("/api/v1/samples", "{\"samples\":[{\"metric\":\"x\",\"value\":1}]}", 204));
    calls.add(
        new Call(
            "POST /api/v1/models/{name}/predictions",
            "/api/v1/models/ranker/predictions",
            "[{\"id\":\"p1\",\"prediction\":\"buy\",\"confidence\":0.9}]",
            200));
    calls.add(
        new Call(
            "POST /api/v1/models/{name}/predictions",
            "/api/v1/models/ranker/predictions",
            "[{\"prediction\":\"buy\"},{\"prediction\":7}]",
            207));
    calls.add(get("/api/v1/models"));
    calls.add(new Call("GET /api/v1/models/{name}", "/api/v1/models/ranker", "", 200));
    String reports = "/api/v1/models/{name}/reports";
    calls.add(new Call("GET " + reports, "/api/v1/models/ranker/reports?limit=1", "", 200));
    calls.add(new Call("POST " + reports, "/api/v1/models/ranker/reports", "", 201));
    for (String day : List.of("latest", "2026-11-20?format=md", "2026-11-20?format=html")) {
      calls.add(
          new Call("GET " + reports + "/{day}", "/api/v1/models/ranker/reports/" + day, "", 200));
    }
    calls.add(
        new Call(
            "POST /api/v1/models/{name}/feature-importance",
            "/api/v1/models/ranker/feature-importance",
            "{\"version\":\"v1\",\"importance\":{\"price\":0.7,\"plan\":0.3}}",
            200));
    calls.add(
        new Call(
            "POST /api/v1/models/{name}/baseline",
            "/api/v1/models/ranker/baseline",
            "[{\"prediction\":\"buy\",\"confidence\":0.8}]",
            200));
    calls.add(
        new Call(
            "POST /api/v1/models/{name}/ground-truth",
            "/api/v1/models/ranker/ground-truth",
            "[{\"id\":\"p1\",\"actual\":\"buy\"}]",
            200));
    calls.add(
        new Call(
            "POST /api/v1/models/{name}/baseline",
            "/api/v1/models/ranker/baseline",
            "{\"freeze\":{\"window\":\"PT1H\"}}",
            200));
    calls.add(
        new Call(
            "POST /api/v1/models/{name}/baseline",
            "/api/v1/models/ranker/baseline",
            "[{\"id\":\"b1\",\"features\":{\"price\":1.5}}]",
            200));
    calls.addAll(driftCalls());
    calls.addAll(ruleCalls());
    calls.addAll(experimentCalls());
    return calls;
  }

  private static List<Call> ruleCalls() {
    String stretch =
        "\"from\":\"%s\",\"to\":\"%s\",\"files\":[{\"name\":\"r.yaml\",\"text\":\"%s\"}]}"
            .formatted(
                Samples.AT,
                Samples.AT.plusSeconds(600),
                "groups: [{name: g, rules: [{alert: Down, expr: up == 0}, {record: a, expr:"
                    + " up}]}]");
    return List.of(
        post("/api/v1/rules/replay", "{" + stretch, 200),
        post("/api/v1/rules/backfill", "{" + stretch, 200),
        get("/api/v1/runbooks"),
        new Call("GET /api/v1/runbooks/{name}", "/api/v1/runbooks/Down", "", 200),
        new Call(
            "POST /api/v1/runbooks/{name}/votes",
            "/api/v1/runbooks/Down/votes",
            "{\"helpful\":true}",
            200));
  }

  private static List<Call> silenceCalls() {
    String wish =
        """
        {"matchers":"alertname=~.+","ends_at":"2026-11-21T13:00:00Z",
         "comment":"known","rrule":"FREQ=DAILY","zone":"Europe/Berlin"}\
        """;
    return List.of(
        get("/api/v1/silences"),
        post("/api/v1/silences", wish, 201),
        post("/api/v1/silences", wish.replace("\"alertname=~.+\"", "[\"a=1\",\"b=2\"]"), 201),
        post("/api/v1/silences/preview", wish, 200),
        new Call("GET /api/v1/silences/{id}", "/api/v1/silences/s1", "", 200),
        new Call("POST /api/v1/silences/{id}/approve", "/api/v1/silences/s1/approve", "", 200),
        new Call("DELETE /api/v1/silences/{id}", "/api/v1/silences/s2", "", 204));
  }

  private static List<Call> experimentCalls() {
    String one = "/api/v1/experiments/{name}";
    String checkout = "/api/v1/experiments/checkout";
    return List.of(
        post(
            "/api/v1/experiments",
            """
            {"name":"checkout","variants":[{"name":"a"},{"name":"b","weight":1}],
             "metrics":[{"name":"bought","kind":"proportion","minimum_effect":0.01},
               {"name":"paid","kind":"mean","minimum_effect":1,"role":"guardrail"}]}\
            """,
            201),
        get("/api/v1/experiments"),
        new Call("GET " + one + "/assign", checkout + "/assign?unit=u1", "", 200),
        new Call(
            "POST " + one + "/exposures",
            checkout + "/exposures",
            "{\"exposures\":[{\"unit\":\"u1\"},{\"unit\":\"u2\",\"variant\":\"b\"},"
                + "{\"unit\":\"u3\",\"variant\":\"b\"},{\"unit\":\"u4\",\"variant\":\"a\"},"
                + "{\"unit\":\"u5\",\"variant\":\"a\"}]}",
            202),
        new Call(
            "POST " + one + "/outcomes",
            checkout + "/outcomes",
            "{\"outcomes\":[{\"unit\":\"u2\",\"metric\":\"bought\",\"value\":1},"
                + "{\"unit\":\"u4\",\"metric\":\"paid\",\"value\":2.5,\"id\":\"o1\"}]}",
            202),
        new Call("GET " + one, checkout, "", 200),
        new Call("POST " + one + "/stop", checkout + "/stop", "", 200),
        new Call("DELETE " + one, checkout, "", 204));
  }

  private static List<Call> driftCalls() {
    return List.of(
        get("/api/v1/drift/methods"),
        new Call(
            "GET /api/v1/drift/findings", "/api/v1/drift/findings?model=ranker&limit=5", "", 200),
        new Call("GET " + AN_INCIDENT + "/findings", INCIDENT + "/findings", "", 200),
        post(
            "/api/v1/drift/compare",
            "{\"method\":\"ks\",\"reference\":[1,2,3],\"current\":[2,3,null]}",
            200),
        post("/api/v1/drift/detect", "{\"detector\":\"adwin\",\"values\":[0,1,0]}", 200),
        post(
            "/api/v1/drift/performance",
            """
            {"actual":[1,0,1,1],"predicted":[1,0,0,1],"scores":[0.9,0.2,0.4,0.7],
             "baseline":{"right":90,"rows":100}}\
            """,
            200));
  }

  private List<Call> followUpCalls() {
    return List.of(
        new Call("GET " + AN_INCIDENT + "/drafts", INCIDENT + "/drafts", "", 200),
        command("broadcast", "{\"phase\":\"identified\",\"text\":\"Found.\",\"confirmed\":false}"),
        new Call(
            "GET " + AN_INCIDENT + "/postmortem/review", INCIDENT + "/postmortem/review", "", 200),
        new Call(
            "PUT " + AN_INCIDENT + "/postmortem/review",
            INCIDENT + "/postmortem/review",
            "{\"state\":\"in_review\",\"public_summary\":\"It is over.\"}",
            200),
        new Call(
            "GET " + AN_INCIDENT + "/postmortem/rules-test.yaml",
            INCIDENT + "/postmortem/rules-test.yaml",
            "",
            404),
        new Call("GET " + AN_INCIDENT + "/actions", INCIDENT + "/actions", "", 200),
        new Call(
            "POST " + AN_INCIDENT + "/actions",
            INCIDENT + "/actions",
            "{\"text\":\"Add a limit\",\"kind\":\"prevent\",\"due_on\":\"2026-12-01\"}",
            201),
        get("/api/v1/actions"),
        new Call("PATCH /api/v1/actions/{id}", "/api/v1/actions/a1", "{\"state\":\"done\"}", 200),
        new Call(
            "POST /api/v1/actions/{id}/export",
            "/api/v1/actions/a1/export",
            "{\"receiver\":\"jira\"}",
            200),
        new Call("GET /api/v1/postmortems", "/api/v1/postmortems?q=timeline", "", 200),
        new Call("GET /api/v1/reports/response", "/api/v1/reports/response?by=month", "", 200),
        get("/api/v1/reports/noise"),
        new Call("GET /api/v1/reports/sla", "/api/v1/reports/sla?month=2026-11", "", 200));
  }

  private List<Call> onCallCalls() {
    String schedule = "/api/v1/oncall/schedules/{name}";
    String stretch = "\"start\":\"2026-11-22T00:00:00Z\",\"end\":\"2026-11-23T00:00:00Z\"";
    return List.of(
        get("/api/v1/receivers"),
        new Call("POST /api/v1/receivers/{name}/test", "/api/v1/receivers/ops/test", "{}", 200),
        new Call("POST /api/v1/receivers/{name}/test", "/api/v1/receivers/ops/test", "", 200),
        new Call(
            "POST /api/v1/receivers/{name}/preview",
            "/api/v1/receivers/ops/preview",
            "{\"title\":\"{{ .Title }}\"}",
            200),
        get("/api/v1/oncall"),
        get("/api/v1/oncall/policies"),
        get("/api/v1/oncall/schedules"),
        get("/api/v1/oncall/feeds"),
        new Call("GET " + schedule, "/api/v1/oncall/schedules/l1", "", 200),
        new Call(
            "POST " + schedule + "/overrides",
            "/api/v1/oncall/schedules/l1/overrides",
            "{\"person\":\"ben\"," + stretch + ",\"replaces\":\"ana\"}",
            201),
        new Call(
            "POST " + schedule + "/swaps",
            "/api/v1/oncall/schedules/l1/swaps",
            "{\"person\":\"ana\",\"with\":\"ben\","
                + stretch
                + ",\"with_start\":\"2026-11-29T00:00:00Z\",\"with_end\":\"2026-11-30T00:00:00Z\"}",
            201),
        new Call("DELETE /api/v1/oncall/overrides/{id}", "/api/v1/oncall/overrides/o1", "", 204));
  }

  private List<Call> peopleCalls() {
    String words = "vier laute Uhus am Teich";
    for (String id : List.of("u1", "u2")) {
      if (api.ops.accounts.find(id).isPresent()) {
        continue;
      }
      api.ops.accounts.add(
          Account.local(id, id, Role.ADMIN, api.ops.passwords.hash(words), OpsFixture.NOW));
    }
    var secret = SessionSecret.mint(new SecureRandom());
    var session =
        new LoginSession(
            secret.hash(),
            new LoginSession.OfAccount("u1"),
            OpsFixture.NOW,
            OpsFixture.NOW,
            "192.0.2.1",
            "Firefox");
    api.ops.sessionStore.add(session);
    String body = "{\"name\":\"bo\",\"role\":\"viewer\",\"password\":\"" + words + "\"}";
    return List.of(
        // A token has no password of its own.
        new Call(
            "PUT /api/v1/session/password",
            "/api/v1/session/password",
            "{\"current\":\"x\",\"password\":\"" + words + "\"}",
            409),
        get("/api/v1/users"),
        post("/api/v1/users", body, 201),
        new Call("PATCH /api/v1/users/{id}", "/api/v1/users/u2", "{\"role\":\"viewer\"}", 200),
        new Call(
            "PUT /api/v1/users/{id}/password",
            "/api/v1/users/u2/password",
            "{\"password\":\"" + words + "\"}",
            204),
        get("/api/v1/sessions"),
        new Call("DELETE /api/v1/sessions/{id}", "/api/v1/sessions/" + session.handle(), "", 204),
        get("/api/v1/audit"));
  }

  private List<Call> incidentCalls() {
    return List.of(
        get("/api/v1/incidents"),
        post("/api/v1/incidents", "{\"title\":\"Smoke\",\"severity\":\"high\"}", 201),
        new Call("GET " + AN_INCIDENT, INCIDENT, "", 200),
        command("acknowledge", ""),
        command("unacknowledge", ""),
        command("escalate", ""),
        command("summon", "{\"trigger\":\"legal\"}"),
        command("assign", "{\"assignee\":\"Bo\"}"),
        command("roles", "{\"role\":\"scribe\",\"person\":\"Bo\"}"),
        command("severity", "{\"severity\":\"low\"}"),
        command("updates", "{\"phase\":\"identified\",\"public\":true,\"text\":\"Found.\"}"),
        command("notes", "{\"text\":\"hm\"}"),
        command("stakeholders", "{\"text\":\"called\"}"),
        command("clocks/pause", "{\"reason\":\"waits\",\"clocks\":[\"resolution\"]}"),
        command("clocks/resume", ""),
        command("publication", "{\"published\":true}"),
        command("tasks", "{\"text\":\"Call the bank\"}"),
        command("links", "{\"href\":\"https://meet.example.com/1\",\"kind\":\"war_room\"}"),
        command("related", "{\"incident\":\"" + Samples.ID + "\",\"relation\":\"caused_by\"}"),
        command("checklist", ""),
        new Call(
            "POST " + AN_INCIDENT + "/tasks/{task}",
            INCIDENT + "/tasks/t9",
            "{\"done\":true}",
            200),
        new Call("GET " + AN_INCIDENT + "/context", INCIDENT + "/context", "", 200),
        command("resolve", "{}"),
        command("merge", "{\"into\":\"i0000aaaa\"}"),
        new Call(
            "POST " + AN_INCIDENT + "/split",
            INCIDENT + "/split",
            "{\"alerts\":[\"0011223344556677\"],\"reason\":\"another disk\"}",
            201),
        command("postmortem/regenerate", ""),
        new Call("GET " + AN_INCIDENT + "/postmortem", INCIDENT + "/postmortem", "", 200),
        new Call("GET " + AN_INCIDENT + "/postmortem.md", INCIDENT + "/postmortem.md", "", 200),
        new Call("GET " + AN_INCIDENT + "/postmortem.html", INCIDENT + "/postmortem.html", "", 200),
        new Call(
            "PUT " + AN_INCIDENT + "/postmortem",
            INCIDENT + "/postmortem",
            "{\"based_on\":1,\"markdown\":\"# What happened\"}",
            200));
  }

  private static Call get(String path) {
    return new Call("GET " + path, path, "", 200);
  }

  private static Call post(String path, String body, int status) {
    return new Call("POST " + path, path, body, status);
  }

  private static Call command(String verb, String body) {
    return new Call("POST " + AN_INCIDENT + "/" + verb, INCIDENT + "/" + verb, body, 200);
  }

  private HttpResponse<String> send(String method, String path, String body, String token)
      throws Exception {
    var request =
        api.ops
            .request(path)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    return api.ops.send(
        token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
  }
}
