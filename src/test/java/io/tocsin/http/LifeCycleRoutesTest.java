package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.AccessPolicy;
import io.tocsin.access.Scope;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.Section;
import io.tocsin.settings.Yaml;
import io.tocsin.telemetry.Meter;
import io.tocsin.telemetry.SelfHealth;
import io.tocsin.telemetry.Telemetry;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LifeCycleRoutesTest {

  private final OpsFixture ops = new OpsFixture(AccessPolicy.TOKENS);
  private final Telemetry telemetry = new Telemetry();
  private final SelfHealth health = new SelfHealth(telemetry, () -> OpsFixture.NOW);
  private final List<String> reloads = new ArrayList<>();
  private final List<String> pings = new ArrayList<>();
  private Runnable reading = () -> {};

  @BeforeEach
  void start() throws Exception {
    ops.start(
        new LifeCycleRoutes(
            health,
            by -> {
              reading.run();
              reloads.add(by.name());
            },
            ops.blocking),
        new MetricsRoutes(telemetry, ops.blocking),
        new HeartbeatRoutes(token -> token.equals("nightly") && pings.add(token)));
  }

  @AfterEach
  void close() throws Exception {
    ops.close();
    health.close();
    telemetry.close();
  }

  @Test
  void anOrchestratorNeedsNoTokenAndLearnsNoDetail() throws Exception {
    health.register("database", () -> Optional.of("no connection to db.internal"));
    health.refresh();
    assertThat(ops.get("/-/healthy").statusCode()).isEqualTo(200);
    assertThat(ops.get("/prometheus/-/healthy").statusCode()).isEqualTo(200);
    assertThat(ops.get("/prometheus/-/ready").statusCode()).isEqualTo(503);
    var ready = ops.get("/-/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body())
        .isEqualTo("{\"status\":\"failing\",\"checks\":{\"database\":\"failing\"}}");
  }

  @Test
  void whoMayReadLearnsWhyWeAreNotReady() throws Exception {
    health.register("database", () -> Optional.of("no connection to db.internal"));
    health.refresh();
    assertThat(as(Scope.READ, ops.request("/-/ready")).body())
        .contains("no connection to db.internal");
  }

  @Test
  void readyIsReady() throws Exception {
    health.register("database", Optional::empty);
    health.refresh();
    assertThat(ops.get("/-/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void metricsAreForReaders() throws Exception {
    telemetry.count(Meter.RULE_EVALUATIONS, "api");
    assertThat(ops.get("/metrics").statusCode()).isEqualTo(401);
    var answer = as(Scope.READ, ops.request("/metrics"));
    assertThat(answer.headers().firstValue("Content-Type")).contains(Telemetry.MEDIA_TYPE);
    assertThat(answer.body()).contains("tocsin_rule_evaluations_total{group=\"api\"} 1.0\n");
  }

  @Test
  void anAdministratorReloads() throws Exception {
    assertThat(reload(Scope.RESPOND).statusCode()).isEqualTo(403);
    assertThat(reload(Scope.ADMIN).statusCode()).isEqualTo(200);
    assertThat(reloads).containsExactly("tester");
  }

  @Test
  void aBadFileKeepsTheRunningConfigurationAndSaysWhere() throws Exception {
    reading = () -> section("interval: soon").duration("interval");
    var answer = reload(Scope.ADMIN);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("tocsin.yaml").contains("interval").contains("soon");
    assertThat(reloads).isEmpty();
  }

  @Test
  void anUnforeseenFailureOfAReloadTellsNoMore() throws Exception {
    reading =
        () -> {
          throw new IllegalStateException("secret of the house");
        };
    var answer = reload(Scope.ADMIN);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("secret of the house");
  }

  @Test
  void aHeartbeatNeedsOnlyItsToken() throws Exception {
    assertThat(ops.get("/heartbeat/nightly").statusCode()).isEqualTo(200);
    assertThat(ops.post("/heartbeat/nightly", "text/plain", "done").statusCode()).isEqualTo(200);
    assertThat(ops.send(ops.request("/heartbeat/nightly").HEAD()).statusCode()).isEqualTo(200);
    assertThat(pings).hasSize(3);
    assertThat(ops.get("/heartbeat/other").statusCode()).isEqualTo(404);
  }

  private static Section section(String yaml) {
    return Yaml.read(yaml, "tocsin.yaml", Secrets.none());
  }

  private HttpResponse<String> reload(Scope scope) throws Exception {
    return as(scope, ops.request("/-/reload").POST(HttpRequest.BodyPublishers.noBody()));
  }

  private HttpResponse<String> as(Scope scope, HttpRequest.Builder request) throws Exception {
    return ops.send(request.header("Authorization", "Bearer " + ops.token(scope)));
  }
}
