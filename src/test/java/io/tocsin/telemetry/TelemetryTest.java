package io.tocsin.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TelemetryTest {

  private final Telemetry telemetry = new Telemetry();

  @AfterEach
  void close() {
    telemetry.close();
  }

  @ParameterizedTest
  @EnumSource(Meter.class)
  void aMeterIsExportedUnderItsNameWithItsDescription(Meter meter) {
    String[] values = meter.labels().stream().map(label -> "x").toArray(String[]::new);
    switch (meter.kind()) {
      case COUNTER -> telemetry.count(meter, values);
      case GAUGE -> telemetry.gauge(meter, () -> 1, values);
      case TIMER -> telemetry.record(meter, Duration.ofMillis(3), values);
    }
    String sample = meter.exported() + (meter.kind() == Meter.Kind.TIMER ? "_count" : "");
    assertThat(telemetry.scrape())
        .contains("# HELP " + meter.exported() + " " + meter.description())
        .containsPattern("(?m)^" + sample + "(\\{[^}]*})? 1(\\.0)?$");
  }

  @Test
  void ruleEvaluationsAreCountedByGroup() {
    telemetry.count(Meter.RULE_EVALUATIONS, "api");
    telemetry.add(Meter.RULE_EVALUATIONS, 2, "api");
    assertThat(telemetry.scrape()).contains("tocsin_rule_evaluations_total{group=\"api\"} 3.0\n");
  }

  @Test
  void aMisusedMeterIsNamed() {
    assertThatThrownBy(() -> telemetry.count(Meter.ALERTS, "firing"))
        .hasMessage("tocsin_alerts is a GAUGE, not a COUNTER");
    assertThatThrownBy(() -> telemetry.count(Meter.DELIVERIES, "ops"))
        .hasMessageContaining("expects values for [receiver, result]");
  }

  @Test
  void namesFollowTheConventionsOfTheirKind() {
    assertThat(Arrays.stream(Meter.values()))
        .allSatisfy(
            meter -> {
              assertThat(meter.exported()).startsWith("tocsin_");
              switch (meter.kind()) {
                case COUNTER -> assertThat(meter.exported()).endsWith("_total");
                case TIMER -> assertThat(meter.exported()).endsWith("_seconds");
                case GAUGE -> assertThat(meter.exported()).doesNotEndWith("_total");
              }
            });
  }

  @Test
  void theJavaMachineAndEventLoopsAreWatchedToo() throws Exception {
    var vertx = telemetry.vertx(new VertxOptions()).build();
    try {
      HttpServer server =
          vertx
              .createHttpServer()
              .requestHandler(request -> request.response().end())
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .get(5, TimeUnit.SECONDS);
      URI address = URI.create("http://127.0.0.1:" + server.actualPort() + "/");
      try (HttpClient client = HttpClient.newHttpClient()) {
        client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding());
      }
      assertThat(telemetry.scrape())
          .contains("jvm_memory_used_bytes")
          .contains("vertx_http_server_active_connections");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }
  }
}
