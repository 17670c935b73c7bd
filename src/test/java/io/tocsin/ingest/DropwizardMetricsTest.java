package io.tocsin.ingest;

import static io.tocsin.ingest.Intakes.NOW;
import static io.tocsin.ingest.Intakes.assertRefused;
import static io.tocsin.ingest.Intakes.shown;
import static io.tocsin.ingest.Intakes.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import com.codahale.metrics.json.HealthCheckModule;
import com.codahale.metrics.json.MetricsModule;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DropwizardMetricsTest {
  private final Format.Intake intake = Intakes.fresh();

  @Test
  void whatDropwizardsOwnModuleWritesIsUnderstood() throws Exception {
    var registry = new MetricRegistry();
    registry.register("jvm.threads", (Gauge<Integer>) () -> 12);
    registry.register("build.version", (Gauge<String>) () -> "1.2");
    registry.counter("jobs.active").inc(3);
    registry.meter("io.app.requests").mark(5);
    registry.histogram("sizes").update(7);
    registry.timer("io.app.get-user").update(500, TimeUnit.MILLISECONDS);
    byte[] json =
        new ObjectMapper()
            .registerModule(new MetricsModule(TimeUnit.SECONDS, TimeUnit.SECONDS, false))
            .writeValueAsBytes(registry);

    assertThat(shown(Format.DROPWIZARD.decode(json, intake).samples()))
        .contains(
            "jvm_threads 12.0 @" + NOW,
            "jobs_active 3.0 @" + NOW,
            "io_app_requests_total 5.0 @" + NOW,
            "sizes{quantile=\"0.99\"} 7.0 @" + NOW,
            "sizes_count 1.0 @" + NOW,
            "sizes_max 7.0 @" + NOW,
            "io_app_get_user_seconds{quantile=\"0.5\"} 0.5 @" + NOW,
            "io_app_get_user_seconds_count 1.0 @" + NOW)
        .anyMatch(line -> line.startsWith("io_app_requests_rate{window=\"1m\"}"))
        .noneMatch(line -> line.contains("build_version"));
  }

  @Test
  void healthChecksAreSamples() throws Exception {
    var registry = new HealthCheckRegistry();
    registry.register(
        "database",
        new HealthCheck() {
          @Override
          protected Result check() {
            return Result.unhealthy("down");
          }
        });
    byte[] json =
        new ObjectMapper()
            .registerModule(new HealthCheckModule())
            .writeValueAsBytes(registry.runHealthChecks());
    assertThat(shown(Format.DROPWIZARD_HEALTH.decode(json, intake).samples()))
        .contains("dropwizard_health_check_healthy{check=\"database\"} 0.0 @" + NOW);
  }

  @Test
  void somethingElseIsRefused() {
    assertRefused(Format.DROPWIZARD, utf8("[]"), intake, "body: no object found");
    assertRefused(Format.DROPWIZARD, utf8("{"), intake, "line 1");
    assertRefused(Format.DROPWIZARD, utf8(""), intake, "body: no object found");
    assertRefused(Format.DROPWIZARD, utf8("{\"a\":1}"), intake, "neither gauges nor counters");
    assertRefused(Format.DROPWIZARD_HEALTH, utf8("{\"a\":1}"), intake, "a.healthy: nothing found");
  }
}
