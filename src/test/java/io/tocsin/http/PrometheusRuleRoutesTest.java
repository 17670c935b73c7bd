package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.access.AccessPolicy;
import io.tocsin.alert.AlertSpec;
import io.tocsin.rule.AlertingRule;
import io.tocsin.rule.RecordingRule;
import io.tocsin.rule.RuleGroup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrometheusRuleRoutesTest {

  private static final RuleGroup GROUP =
      new RuleGroup(
          "rules.yaml",
          "api",
          Duration.ofSeconds(30),
          Duration.ZERO,
          0,
          Optional.empty(),
          List.of(
              AlertingRule.of(
                  AlertSpec.of("rules.yaml;api;0", "HighErrorRate", Duration.ofMinutes(1)),
                  "errors > 0.05",
                  Map.of("severity", "critical"),
                  Map.of("summary", "{{ $value }} fail")),
              RecordingRule.of("rules.yaml;api;1", "job:up:sum", "sum by (job) (up)", Map.of())));

  private final OpsFixture ops = new OpsFixture(AccessPolicy.OPEN);

  @BeforeEach
  void start() throws Exception {
    ops.start(new PrometheusRuleRoutes(() -> List.of(GROUP), WholeApi.ALERTS));
  }

  @AfterEach
  void close() throws Exception {
    ops.close();
  }

  @Test
  void rulesAreListedAsPrometheusListsThem() throws Exception {
    JsonNode group = data("rules").at("/groups/0");
    assertThat(group.get("name").asText()).isEqualTo("api");
    assertThat(group.get("file").asText()).isEqualTo("rules.yaml");
    assertThat(group.get("interval").asDouble()).isEqualTo(30);
    JsonNode alerting = group.at("/rules/0");
    assertThat(alerting.get("type").asText()).isEqualTo("alerting");
    assertThat(alerting.get("query").asText()).isEqualTo("errors > 0.05");
    assertThat(alerting.get("duration").asDouble()).isEqualTo(60);
    assertThat(alerting.get("state").asText()).isEqualTo("firing");
    assertThat(alerting.get("health").asText()).isEqualTo("err");
    assertThat(alerting.get("lastError").asText()).isEqualTo("too many samples");
    assertThat(alerting.at("/annotations/summary").asText()).isEqualTo("{{ $value }} fail");
    assertThat(alerting.at("/alerts/0/activeAt").asText()).isEqualTo("2026-11-21T11:50:00Z");
    assertThat(alerting.at("/alerts/0/value").asText()).isEqualTo("+Inf");
    JsonNode recording = group.at("/rules/1");
    assertThat(recording.get("type").asText()).isEqualTo("recording");
    assertThat(recording.get("health").asText()).isEqualTo("unknown");
    assertThat(recording.has("state")).isFalse();
  }

  @Test
  void rulesAreFilteredByType() throws Exception {
    assertThat(data("rules?type=alert").at("/groups/0/rules")).hasSize(1);
    assertThat(data("rules?type=record").at("/groups/0/rules/0/name").asText())
        .isEqualTo("job:up:sum");
    assertThat(ops.get("/prometheus/api/v1/rules?type=odd").statusCode()).isEqualTo(400);
  }

  @Test
  void alertsAreListedWithTheirState() throws Exception {
    JsonNode alerts = data("alerts").get("alerts");
    assertThat(alerts.findValuesAsText("state")).containsExactly("firing", "pending");
    assertThat(alerts.at("/0/labels/alertname").asText()).isEqualTo("HighErrorRate");
  }

  private JsonNode data(String path) throws Exception {
    var answer = ops.get("/prometheus/api/v1/" + path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body()).get("data");
  }
}
