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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  private static final RuleGroup OTHER =
      new RuleGroup(
          "slo.yaml",
          "web",
          Duration.ofSeconds(15),
          Duration.ZERO,
          0,
          Optional.empty(),
          List.of(
              AlertingRule.of(
                  AlertSpec.of("slo.yaml;web;0", "Slow", Duration.ZERO),
                  "latency > 1",
                  Map.of("severity", "page", "team", "web"),
                  Map.of())));

  private final OpsFixture ops = new OpsFixture(AccessPolicy.OPEN);

  @BeforeEach
  void start() throws Exception {
    ops.start(
        new PrometheusRuleRoutes(
            () -> List.of(OTHER, GROUP),
            WholeApi.ALERTS,
            group -> Duration.ofMillis(250),
            rule -> Duration.ofMillis(125)));
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
    assertThat(group.get("evaluationTime").asDouble()).isEqualTo(0.25);
    JsonNode alerting = group.at("/rules/0");
    assertThat(alerting.get("evaluationTime").asDouble()).isEqualTo(0.125);
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
    assertThat(data("rules?type=record").at("/groups")).hasSize(1);
    assertThat(data("rules?type=record").at("/groups/0/rules/0/name").asText())
        .isEqualTo("job:up:sum");
    assertThat(ops.get("/prometheus/api/v1/rules?type=odd").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "rule_name[]=Slow, Slow",
    "rule_name[]=Slow&rule_name[]=job:up:sum, job:up:sum Slow",
    "rule_group[]=web, Slow",
    "file[]=rules.yaml, HighErrorRate job:up:sum",
    "file[]=rules.yaml&type=record, job:up:sum",
    "match[]=%7Bteam%3D%22web%22%7D, Slow",
    "match[]=%7Bseverity%3D~%22.%2B%22%7D, HighErrorRate Slow",
    "rule_name[]=none, ''"
  })
  void rulesAreFilteredByNameGroupFileAndLabels(String query, String names) throws Exception {
    String path = "rules?" + query.replace("[", "%5B").replace("]", "%5D");
    var found = new ArrayList<String>();
    for (JsonNode group : data(path).get("groups")) {
      group.get("rules").forEach(rule -> found.add(rule.get("name").asText()));
    }
    assertThat(String.join(" ", found)).isEqualTo(names);
  }

  @Test
  void alertsMayBeLeftOutOfTheRules() throws Exception {
    assertThat(data("rules").at("/groups/0/rules/0/alerts")).isNotEmpty();
    assertThat(data("rules?exclude_alerts=true").at("/groups/0/rules/0/alerts")).isEmpty();
    assertThat(ops.get("/prometheus/api/v1/rules?exclude_alerts=maybe").statusCode())
        .isEqualTo(400);
  }

  @Test
  void groupsComeInPages() throws Exception {
    JsonNode first = data("rules?group_limit=1");
    assertThat(first.at("/groups")).hasSize(1);
    assertThat(first.at("/groups/0/name").asText()).isEqualTo("api");
    String token = first.get("groupNextToken").asText();
    JsonNode second = data("rules?group_limit=1&group_next_token=" + token);
    assertThat(second.at("/groups/0/name").asText()).isEqualTo("web");
    assertThat(second.has("groupNextToken")).isFalse();
    assertThat(data("rules").has("groupNextToken")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "group_next_token=abc, group_limit needs to be specified",
    "group_limit=1&group_next_token=abc, were rule groups changed?",
    "group_limit=-1, must be non-negative",
    "match[]=%7B, parse error"
  })
  void pagesThatCannotBeAreRefused(String query, String reason) throws Exception {
    var answer =
        ops.get("/prometheus/api/v1/rules?" + query.replace("[", "%5B").replace("]", "%5D"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("bad_data").contains(reason);
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
