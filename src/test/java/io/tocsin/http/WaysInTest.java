package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.AccessPolicy;
import io.tocsin.access.Scope;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.InMemoryChangeEventStore;
import io.tocsin.incident.InMemoryHookLedger;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.label.Labels;
import io.tocsin.notify.NoteMark;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.Section;
import io.tocsin.settings.Yaml;
import io.tocsin.silence.InMemorySilenceStore;
import io.vertx.core.buffer.Buffer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Other people's alerts come in: by PagerDuty's events, by webhooks, signed and not. */
class WaysInTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String CONFIGURATION =
      """
      hooks:
        pagerduty_events: [{ name: checkout, routing_key: %s, component: Payments }]
        pagerduty: { secrets: [old-secret, new-secret] }
        grafana: { secret: g-secret, timestamp_header: X-Signed-At }
        generic:
          - name: jenkins
            secret: j-secret
            alerts: $.builds[*]
            labels: { alertname: BuildBroken, job: $.job, severity: $.priority }
            annotations: { summary: $.title }
            severities: { P1: critical }
            status: $.state
            resolved: [SUCCESS]
            starts_at: $.at
          - { name: plain, labels: { alertname: $.name }, timeout: 5m }
      """
          .formatted(KEY);

  private final OpsFixture ops = new OpsFixture(AccessPolicy.TOKENS);
  private final FakeDesk desk = new FakeDesk();
  private Instant now = OpsFixture.NOW;
  private final InstantSource clock = () -> now;
  private final PostedDesk posted = new PostedDesk(new InMemorySilenceStore(), clock);
  private final InMemoryChangeEventStore changes = new InMemoryChangeEventStore();
  private final InMemoryHookLedger ledger = new InMemoryHookLedger();
  private final AtomicInteger keys = new AtomicInteger();

  @BeforeEach
  void start() throws Exception {
    Section top = Yaml.read(CONFIGURATION, "tocsin.yaml", Secrets.none());
    HookSettings settings = HookSettings.read(top);
    var door = new HookDoor(posted, desk, key -> Optional.of(Samples.ID), desk, ledger, clock);
    ops.start(
        new PagerDutyEventRoutes(
            () -> settings, door, changes, () -> "k" + keys.incrementAndGet(), ops.blocking),
        new PagerDutyHookRoutes(() -> settings, door, ops.blocking),
        new GrafanaHookRoutes(() -> settings, door, ops.blocking),
        new GenericHookRoutes(() -> settings, door, ops.blocking),
        new AlertmanagerHookRoutes(posted, ops.blocking, clock));
  }

  @AfterEach
  void close() throws Exception {
    ops.close();
  }

  private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    var request =
        ops.request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return ops.send(headers.length == 0 ? request : request.headers(headers));
  }

  private HttpResponse<String> event(String action, String key, String more) throws Exception {
    String named = key.isEmpty() ? "" : ",\"dedup_key\":\"" + key + "\"";
    return post(
        "/v2/enqueue",
        "{\"routing_key\":\"%s\",\"event_action\":\"%s\"%s%s}".formatted(KEY, action, named, more));
  }

  private static String payload(String summary) {
    return ",\"payload\":{\"summary\":\"%s\",\"source\":\"pay-1\",\"severity\":\"error\"}"
        .formatted(summary);
  }

  private List<MarkedAlert> firing() {
    return posted.firing();
  }

  @Test
  void aTriggerFiresOnceForItsKeyAndAResolveEndsIt() throws Exception {
    var first = event("trigger", "disk-1", payload("Disk is full"));
    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(first.body())
        .isEqualTo(
            "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\"disk-1\"}");
    event("trigger", "disk-1", payload("Disk is fuller"));
    assertThat(firing()).hasSize(1);
    var alert = firing().getFirst().alert();
    assertThat(alert.summary()).isEqualTo("Disk is full");
    assertThat(alert.labels())
        .isEqualTo(
            Labels.of(
                "alertname", "checkout",
                "service", "checkout",
                "dedup_key", "disk-1",
                "severity", "error",
                "source", "pay-1",
                "component", "Payments"));
    assertThat(event("resolve", "disk-1", "").statusCode()).isEqualTo(202);
    assertThat(firing()).isEmpty();
  }

  @Test
  void aTriggerWithoutAKeyGetsOneAndWhatIsNotOpenIsTakenAndMeansNothing() throws Exception {
    assertThat(event("trigger", "", payload("Slow")).body()).contains("\"dedup_key\":\"k1\"");
    assertThat(event("resolve", "never", "").statusCode()).isEqualTo(202);
    assertThat(event("acknowledge", "never", "").statusCode()).isEqualTo(202);
    assertThat(firing()).hasSize(1);
    assertThat(desk.submitted).isEmpty();
  }

  @Test
  void anAcknowledgeReachesTheIncidentOfTheAlert() throws Exception {
    event("trigger", "disk-1", payload("Disk is full"));
    assertThat(event("acknowledge", "disk-1", "").statusCode()).isEqualTo(202);
    boolean already = Samples.incident().acknowledgedAt().isPresent();
    assertThat(desk.submitted).hasSize(already ? 0 : 1);
  }

  @Test
  void whatPagerDutyRefusesIsRefusedInItsWords() throws Exception {
    assertThat(event("trigger", "", ",\"payload\":{\"summary\":\"x\",\"severity\":\"bad\"}").body())
        .isEqualTo(
            "{\"status\":\"invalid event\",\"message\":\"Event object is invalid\",\"errors\":"
                + "[\"'payload.source' is missing or blank\",\"'payload.severity' is invalid (must"
                + " be one of the following: 'critical', 'warning', 'error' or 'info')\"]}");
    var wrongKey = post("/v2/enqueue", "{\"routing_key\":\"" + "x".repeat(32) + "\"}");
    assertThat(wrongKey.statusCode()).isEqualTo(400);
    assertThat(wrongKey.body()).contains("\"errors\":[\"Invalid routing key\"]");
    assertThat(post("/v2/enqueue", "{\"routing_key\":\"short\"}").body())
        .contains("Length of 'routing_key' is incorrect (should be 32 characters)");
    assertThat(event("resolve", "", "").body()).contains("'dedup_key' is missing or blank");
    assertThat(event("fire", "a", "").body()).contains("'event_action' is invalid");
    assertThat(post("/v2/enqueue", "{").statusCode()).isEqualTo(400);
    assertThat(event("trigger", "x".repeat(256), payload("a")).statusCode()).isEqualTo(400);
  }

  @Test
  void tooManyEventsOfAServiceAreThrottled() throws Exception {
    HttpResponse<String> last = event("resolve", "a", "");
    for (int i = 0; i < 2_000 && last.statusCode() == 202; i++) {
      last = event("resolve", "a", "");
    }
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(last.body())
        .contains("\"status\":\"throttle exceeded\"")
        .contains("Enhance Your Calm.");
    assertThat(last.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void changesAreKept() throws Exception {
    var answer =
        post(
            "/v2/change/enqueue",
            """
            {"routing_key":"%s","payload":{"summary":"Deploy 7","timestamp":"2026-11-21T11:59:00Z",
             "custom_details":{"build":7}},"links":[{"href":"https://ci/7","text":"build"}]}
            """
                .formatted(KEY));
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body())
        .isEqualTo("{\"status\":\"success\",\"message\":\"Change event processed\"}");
    ChangeEvent change = changes.between(now.minusSeconds(300), now, 9).getFirst();
    assertThat(change.summary()).isEqualTo("Deploy 7");
    assertThat(change.components()).containsExactly("Payments");
    assertThat(change.details()).containsEntry("build", "7");
    assertThat(post("/v2/change/enqueue", "{\"routing_key\":\"" + KEY + "\"}").body())
        .contains("'payload' is missing or blank");
  }

  @Test
  void anAlertmanagersWebhookNeedsAToken() throws Exception {
    String body =
        """
        {"version":"4","groupKey":"{}:{}","truncatedAlerts":0,"status":"firing","alerts":[
          {"status":"firing","labels":{"alertname":"Slow"},"annotations":{"summary":"slow"},
           "startsAt":"2026-11-21T11:00:00Z","endsAt":"0001-01-01T00:00:00Z"}]}
        """;
    assertThat(post("/hooks/alertmanager", body).statusCode()).isEqualTo(401);
    String bearer = "Bearer " + ops.token(Scope.INGEST);
    assertThat(post("/hooks/alertmanager", body, "Authorization", bearer).statusCode())
        .isEqualTo(200);
    assertThat(firing().getFirst().alert().activeSince())
        .isEqualTo(Instant.parse("2026-11-21T11:00:00Z"));
    String over =
        body.replace("\"status\":\"firing\",\"labels\"", "\"status\":\"resolved\",\"labels\"");
    post("/hooks/alertmanager", over, "Authorization", bearer);
    assertThat(firing()).isEmpty();
    String older = body.replace("\"version\":\"4\"", "\"version\":\"3\"");
    var refused = post("/hooks/alertmanager", older, "Authorization", bearer);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("version: found \\\"3\\\", expected \\\"4\\\"");
    assertThat(firing()).isEmpty();
    assertThat(post("/hooks/alertmanager", "{\"alerts\":[{}]}", "Authorization", bearer).body())
        .contains("alerts[0].labels: found none");
  }

  private HttpResponse<String> grafana(String body, String secret, Instant at) throws Exception {
    String timestamp = Long.toString(at.getEpochSecond());
    return post(
        "/hooks/grafana",
        body,
        "X-Signed-At",
        timestamp,
        "X-Grafana-Alerting-Signature",
        HookSignature.of(secret, timestamp + ":", Buffer.buffer(body)));
  }

  @Test
  void grafanaMustSignAndMustSignLately() throws Exception {
    String body = "{\"alerts\":[{\"status\":\"firing\",\"labels\":{\"alertname\":\"G\"}}]}";
    assertThat(post("/hooks/grafana", body).statusCode()).isEqualTo(401);
    assertThat(grafana(body, "wrong", now).statusCode()).isEqualTo(401);
    assertThat(grafana(body, "g-secret", now.minusSeconds(301)).statusCode()).isEqualTo(401);
    assertThat(firing()).isEmpty();
    assertThat(grafana(body, "g-secret", now).statusCode()).isEqualTo(200);
    assertThat(firing()).hasSize(1);
  }

  @Test
  void anybodysJsonIsReadByItsMapping() throws Exception {
    String body =
        """
        {"builds":[{"job":"web","title":"tests fail","priority":"P1","state":"FAILURE",
                    "at":1795260000},
                   {"job":"api","title":"fine","state":"SUCCESS"}]}
        """;
    String signature = "sha256=" + HookSignature.of("j-secret", Buffer.buffer(body));
    assertThat(post("/hooks/generic/jenkins", body).statusCode()).isEqualTo(401);
    var answer = post("/hooks/generic/jenkins", body, "X-Signature", signature);
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"alerts\":2}");
    assertThat(firing()).hasSize(1);
    assertThat(firing().getFirst().alert().labels())
        .isEqualTo(Labels.of("alertname", "BuildBroken", "job", "web", "severity", "critical"));
    assertThat(post("/hooks/generic/nobody", "{}").statusCode()).isEqualTo(404);
    assertThat(post("/hooks/generic/plain", "{\"name\":\"X\"}").statusCode()).isEqualTo(401);
    String bearer = "Bearer " + ops.token(Scope.INGEST);
    assertThat(post("/hooks/generic/plain", "{}", "Authorization", bearer).body())
        .contains("labels.alertname: found nothing");
    assertThat(post("/hooks/generic/plain", "no json", "Authorization", bearer).statusCode())
        .isEqualTo(400);
  }

  private static String hook(String type, String data) {
    return """
    {"event":{"id":"e1","event_type":"%s","resource_type":"incident",
     "occurred_at":"2026-11-21T11:59:00.000Z","agent":{"summary":"Ada Lovelace"},"data":%s}}
    """
        .formatted(type, data);
  }

  private HttpResponse<String> pagerDuty(String id, String body) throws Exception {
    String good = "v1=" + HookSignature.of("new-secret", Buffer.buffer(body));
    return post(
        "/hooks/pagerduty", body, "X-Webhook-Id", id, "X-PagerDuty-Signature", "v1=00," + good);
  }

  @Test
  void whatPeopleDoInPagerDutyHappensHereOnce() throws Exception {
    String ours = "{\"id\":\"PD1\",\"incident_key\":\"" + Samples.ID + "\"}";
    assertThat(pagerDuty("w1", hook("incident.resolved", ours)).body()).contains("taken");
    assertThat(desk.submitted).hasSize(1);
    assertThat(desk.submitted.getFirst().command())
        .isEqualTo(new IncidentCommand.Resolve("resolved by Ada Lovelace in PagerDuty"));
    assertThat(desk.submitted.getFirst().actor().name()).isEqualTo("Ada Lovelace in PagerDuty");

    assertThat(pagerDuty("w1", hook("incident.resolved", ours)).body()).contains("duplicate");
    assertThat(desk.submitted).hasSize(1);
    now = now.plus(Duration.ofMinutes(11));
    assertThat(pagerDuty("w1", hook("incident.resolved", ours)).statusCode()).isEqualTo(401);

    String note =
        "{\"id\":\"N1\",\"type\":\"incident_note\",\"content\":\"rebooting\",\"incident\":{\"id\":\"PD1\"}}";
    assertThat(pagerDuty("w2", hook("incident.annotated", note)).body()).contains("taken");
    assertThat(desk.submitted.getLast().command())
        .isEqualTo(new IncidentCommand.AddNote("rebooting"));
    int before = desk.submitted.size();
    String echo = note.replace("rebooting", NoteMark.of(Samples.ID, 7) + " Ana noted: rebooting");
    assertThat(pagerDuty("w2b", hook("incident.annotated", echo)).body()).contains("ignored");
    assertThat(desk.submitted).hasSize(before);
    assertThat(pagerDuty("w3", hook("incident.triggered", ours)).body()).contains("ignored");
    assertThat(pagerDuty("w4", hook("incident.resolved", "{\"incident_key\":\"x\"}")).body())
        .contains("ignored");
  }

  @Test
  void anUnsignedOrOldWebhookIsRefused() throws Exception {
    String body = hook("incident.resolved", "{}");
    assertThat(post("/hooks/pagerduty", body).statusCode()).isEqualTo(401);
    assertThat(
            post("/hooks/pagerduty", body, "X-PagerDuty-Signature", "v1=" + "0".repeat(64))
                .statusCode())
        .isEqualTo(401);
    now = now.plus(Duration.ofDays(2));
    assertThat(pagerDuty("w1", body).statusCode()).isEqualTo(401);
    assertThat(desk.submitted).isEmpty();
  }
}
