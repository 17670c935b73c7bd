package io.tocsin.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.settings.Secrets;
import io.tocsin.settings.Section;
import io.tocsin.settings.SettingsProblem;
import io.tocsin.settings.Yaml;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckTest {

  private static Section yaml(String text) {
    return Yaml.read(text, "tocsin.yaml", Secrets.none());
  }

  @Test
  void readsAsTheConfigurationIsDocumented() {
    List<Check> checks =
        Check.readAll(
            yaml(
                """
                check_guard: gateway
                checks:
                  - name: gateway
                    tcp: {address: "192.0.2.1:443"}
                  - name: web-app
                    component: Web app
                    http: { url: https://app.example.com/health, expect: { status: 200, json: { $.status: ok } }, slower_than: 200ms }
                    interval: 30s
                    timeout: 4s
                    down_after: 4
                    up_after: 1
                    severity: critical
                    depends_on: [gateway]
                  - name: backup
                    heartbeat: {token: 0123456789abcdef, every: 1d, grace: 2h}
                    guard: none
                """));

    assertThat(checks).extracting(Check::kind).containsExactly("tcp", "http", "heartbeat");
    var web = checks.get(1).policy();
    assertThat(web.component()).isEqualTo("Web app");
    assertThat(web.interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(web.timeout()).isEqualTo(Duration.ofSeconds(4));
    assertThat(web.downAfter()).isEqualTo(4);
    assertThat(web.upAfter()).isEqualTo(1);
    assertThat(web.severity()).isEqualTo("critical");
    assertThat(web.dependsOn()).containsExactly("gateway");
    assertThat(web.guard()).contains("gateway");
    assertThat(checks.get(0).policy().guard()).isEmpty();
    assertThat(checks.get(0).policy().downAfter()).isEqualTo(3);
    assertThat(checks.get(2).policy().guard()).isEmpty();
    assertThat(checks.get(2).policy().downAfter()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: a | found no probe, expected exactly one of http, tcp, dns, tls, sql, heartbeat,",
        "name: a\\ntcp: {address: 'x:1'}\\ndns: {name: x} | dns: found a second probe",
        "name: a\\ntcp: {address: 'x'} | tcp.address: found \"x\", expected host:port",
        "name: a\\n"
            + "tcp: {address: 'x:1'}\\n"
            + "timeout: 40s | timeout: found \"40s\", expected more than 0s",
        "name: a\\n"
            + "tcp: {address: 'x:1'}\\n"
            + "interval: 10ms | interval: found \"10ms\", expected at least 100ms",
        "name: a\\n"
            + "tcp: {address: 'x:1'}\\n"
            + "intervall: 1s | unknown key \"intervall\", expected \"interval\"?",
        "name: a\\n"
            + "tcp: {address: 'x:1', expect: '('} | tcp.expect: found \"(\", expected an RE2"
            + " expression",
        "name: a\\n"
            + "http: {url: 'ftp://x'} | http.url: found \"ftp://x\", expected an address such as"
            + " https://",
        "name: a\\n"
            + "http: {url: 'http://u:p@x'} | expected basic_auth: {username, password} beside it",
        "name: a\\n"
            + "http: {url: 'http://x', expect: {status: 2yy}} | expected status codes such as 200,"
            + " 2xx",
        "name: a\\n"
            + "http: {url: 'http://x', expect: {json: {'$[': 1}}} | expected a JSONPath such as"
            + " $.status",
        "name: a\\n"
            + "dns: {name: x, resolver: ns.example.com} | expected an address such as 192.0.2.53",
        "name: a\\n"
            + "sql: {url: 'jdbc:nosuch:x'} | sql.url: found \"jdbc:nosuch:x\", expected"
            + " jdbc:postgresql:",
        "name: a\\n"
            + "heartbeat: {token: short, every: 1m} | found a text of 5 characters, expected at"
            + " least 16",
        "name: a\\n"
            + "tls: {address: 'x:99999'} | tls.address: found \"x:99999\", expected host or"
            + " host:port",
      })
  void aWrongValueIsNamedWithItsPlace(String written, String message) {
    Section section = yaml(written.trim().replace("\\n", "\n"));

    assertThatThrownBy(() -> Check.read(section, Optional.empty(), Optional.empty()))
        .isInstanceOf(SettingsProblem.class)
        .hasMessageStartingWith("tocsin.yaml:")
        .hasMessageContaining(message.trim());
  }

  @Test
  void aNameIsTakenOnce() {
    assertThatThrownBy(
            () ->
                Check.readAll(
                    yaml(
                        """
                        checks:
                          - {name: a, tcp: {address: "x:1"}}
                          - {name: a, tcp: {address: "x:2"}}
                        """)))
        .hasMessageContaining("checks[1].name: found \"a\" again");
  }

  @Test
  void aNeighbourMustExist() {
    String checks = "checks: [{name: a, tcp: {address: 'x:1'}%s}]";

    assertThatThrownBy(() -> Check.readAll(yaml(checks.formatted(", depends_on: [b]"))))
        .hasMessageContaining("checks[0].depends_on: found \"b\", expected names of other checks");
    assertThatThrownBy(() -> Check.readAll(yaml(checks.formatted(", guard: b"))))
        .hasMessageContaining("checks[0].guard: found \"b\", expected the name of a check");
    assertThatThrownBy(() -> Check.readAll(yaml("check_guard: b\n" + checks.formatted(""))))
        .hasMessageContaining("check_guard: found \"b\", expected the name of a check");
  }

  @Test
  void checksDoNotDependOnEachOtherInACircle() {
    assertThatThrownBy(
            () ->
                Check.readAll(
                    yaml(
                        """
                        checks:
                          - {name: a, tcp: {address: "x:1"}, depends_on: [b]}
                          - {name: b, tcp: {address: "x:2"}, depends_on: [a]}
                        """)))
        .hasMessageContaining("checks depend on each other in a circle: a -> b -> a");
  }

  @Test
  void readsScrapeConfigsInPrometheusShape() {
    List<ScrapeConfig> configs =
        ScrapeConfig.readAll(
            yaml(
                """
                scrape_configs:
                  - job_name: node
                    scrape_interval: 5s
                    metrics_path: /m
                    honor_labels: true
                    static_configs:
                      - targets: ["a:9100", "b:9100"]
                        labels: {env: prod}
                """));

    assertThat(ScrapeTarget.resolve(configs.getFirst(), configs.getFirst().fixed()))
        .extracting(found -> found.target().orElseThrow().labels().toString())
        .containsExactly(
            "{env=\"prod\", instance=\"a:9100\", job=\"node\"}",
            "{env=\"prod\", instance=\"b:9100\", job=\"node\"}");
    assertThat(configs.getFirst().timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(configs.getFirst().rules().honorLabels()).isTrue();
    assertThatThrownBy(
            () ->
                ScrapeConfig.readAll(
                    yaml(
                        "scrape_configs: [{job_name: a, scrape_interval: 1s, scrape_timeout:"
                            + " 2s}]")))
        .hasMessageContaining("scrape_timeout: found \"2s\", expected at most scrape_interval");
  }

  @Test
  void limitsHaveDefaultsAndBounds() {
    assertThat(ProbeLimits.read(yaml("probes: {max_in_flight: 10}")))
        .isEqualTo(new ProbeLimits(2, 10, 1024));
    assertThatThrownBy(() -> ProbeLimits.read(yaml("probes: {loops: 0}")))
        .hasMessageContaining("probes.loops: found \"0\", expected at least 1");
  }
}
