package io.tocsin.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.ingest.Format;
import io.tocsin.label.Labels;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrapeConfigTest {

  private static ScrapeConfig config(String yaml) {
    return ScrapeConfig.readAll(
            Yaml.read(
                "scrape_configs:\n- job_name: j\n" + yaml.indent(2), "t.yaml", Secrets.none()))
        .getFirst();
  }

  private static List<ScrapeTarget.Resolved> resolved(ScrapeConfig config) {
    return ScrapeTarget.resolve(config, config.fixed());
  }

  private static ScrapeTarget only(ScrapeConfig config) {
    return resolved(config).getFirst().target().orElseThrow();
  }

  @Test
  void aTargetIsMadeOfAddressPathParametersAndLabels() {
    ScrapeTarget target =
        only(
            config(
                """
                scheme: https
                metrics_path: /probe
                params: {module: [http_2xx], target: [a, b]}
                static_configs: [{targets: ["x:9115"], labels: {env: prod, __param_target: c d}}]
                """));
    assertThat(target.url().toString())
        .isEqualTo("https://x:9115/probe?module=http_2xx&target=c+d&target=b");
    assertThat(target.labels())
        .isEqualTo(Labels.of("job", "j", "instance", "x:9115", "env", "prod"));
    assertThat(target.discovered().get("__scrape_interval__")).isEqualTo("15s");
  }

  @Test
  void relabellingRewritesWhereAndWhatIsScraped() {
    // The blackbox exporter's usual recipe.
    ScrapeTarget target =
        only(
            config(
                """
                metrics_path: /probe
                static_configs: [{targets: ["https://example.com"]}]
                relabel_configs:
                  - {source_labels: [__address__], target_label: __param_target}
                  - {source_labels: [__param_target], target_label: instance}
                  - {target_label: __address__, replacement: "127.0.0.1:9115"}
                  - {target_label: __scrape_interval__, replacement: 1m}
                """));
    assertThat(target.url().toString())
        .isEqualTo("http://127.0.0.1:9115/probe?target=https%3A%2F%2Fexample.com");
    assertThat(target.labels().get("instance")).isEqualTo("https://example.com");
    assertThat(target.interval()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void droppedTargetsAreKnownAndEqualOnesAreOne() {
    var targets =
        resolved(
            config(
                """
                static_configs: [{targets: ["a:1", "b:1", "a:1"]}]
                relabel_configs: [{source_labels: [__address__], regex: "b:.*", action: drop}]
                """));
    assertThat(targets).hasSize(2);
    assertThat(targets.get(1).target()).isEmpty();
    assertThat(targets.get(1).discovered().get("__address__")).isEqualTo("b:1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kubernetes_sd_configs: []|kubernetes_sd_configs: found discovery of a kind we do not have",
        "relabel_configs: [{action: replace}]|target_label: found nothing, expected the label",
        "relabel_configs: [{action: hashmod, target_label: a}]|modulus: found nothing",
        "relabel_configs: [{regex: '(', target_label: a}]|regex: found \"(\", expected a regular",
        "relabel_configs: [{action: explode}]|action: found \"explode\", expected one of replace",
        "static_configs: [{targets: ['a b']}]|static_configs: found address \"a b\"",
        "body_size_limit: huge|body_size_limit: found \"huge\", expected a size",
        "sample_limit: -1|sample_limit: found \"-1\"",
        "file_sd_configs: [{files: [x.txt]}]|files: found a list of 1, expected paths",
        "tls_config: {cert_file: /nowhere}|cert_file: found \"/nowhere\", expected a readable file",
        "scrape_protocols: [Text]|scrape_protocols: found \"Text\", expected one of"
            + " PrometheusProto, PrometheusText0.0.4, PrometheusText1.0.0, OpenMetricsText0.0.1,"
            + " OpenMetricsText1.0.0",
        "scrape_protocols: []|scrape_protocols: found nothing, expected at least one protocol",
        "scrape_protocols: [PrometheusProto, PrometheusProto]|scrape_protocols: found"
            + " PrometheusProto twice, expected each protocol once",
        "fallback_scrape_protocol: text|fallback_scrape_protocol: found \"text\", expected one of",
        "metric_name_escaping_scheme: none|metric_name_escaping_scheme: found \"none\", expected"
            + " one of allow-utf-8, underscores, dots, values",
        "honour_labels: true|unknown key \"honour_labels\", expected \"honor_labels\""
      })
  void mistakesAreToldWithTheirPlace(String yaml, String problem) {
    assertThatThrownBy(() -> config(yaml))
        .hasMessageStartingWith("t.yaml:")
        .hasMessageContaining(problem);
  }

  @Test
  void keysOfPrometheusThatChangeNothingAreTaken() {
    ScrapeConfig config =
        config(
            """
            track_timestamps_staleness: true
            enable_http2: false
            follow_redirects: false
            authorization: {type: Token, credentials: abc}
            http_headers: {X-Scope: {values: [one]}}
            body_size_limit: 10MB
            """);
    assertThat(config.http().headers())
        .containsEntry("Authorization", "Token abc")
        .containsEntry("X-Scope", "one");
    assertThat(config.http().redirects()).isZero();
    assertThat(config.bodyLimit()).isEqualTo(10 << 20);
    assertThat(config.http().toString()).doesNotContain("abc");
  }

  @Test
  void aTargetIsAskedForTheProtocolsInTheirOrder() {
    assertThat(config("honor_labels: true").protocols().accept())
        .isEqualTo(
            "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                + "application/openmetrics-text;version=0.0.1;q=0.5,"
                + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2");
    assertThat(
            config(
                    """
                    scrape_protocols: [PrometheusProto, PrometheusText1.0.0]
                    metric_name_validation_scheme: legacy
                    """)
                .protocols()
                .accept())
        .isEqualTo(
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                + "encoding=delimited;q=0.6,"
                + "text/plain;version=1.0.0;escaping=underscores;q=0.5,*/*;q=0.4");
  }

  @Test
  void namesOfAnyCharactersCannotBeAskedForWhereOnlyClassicOnesAreTaken() {
    assertThatThrownBy(
            () ->
                config(
                    """
                    metric_name_validation_scheme: legacy
                    metric_name_escaping_scheme: allow-utf-8
                    """))
        .hasMessageContaining(
            "metric_name_escaping_scheme: found \"allow-utf-8\", expected another scheme where"
                + " metric_name_validation_scheme is legacy");
  }

  @Test
  void protocolsAtTheTopAreThoseOfJobsThatNameNone() {
    var configs =
        ScrapeConfig.readAll(
            Yaml.read(
                """
                scrape_protocols: [PrometheusText0.0.4]
                scrape_configs:
                  - job_name: one
                  - {job_name: two, scrape_protocols: [PrometheusProto]}
                """,
                "t.yaml",
                Secrets.none()));
    assertThat(configs)
        .extracting(config -> config.protocols().accepted().getFirst())
        .containsExactly(ScrapeProtocol.PROMETHEUS_TEXT_0_0_4, ScrapeProtocol.PROMETHEUS_PROTO);
  }

  @Test
  void anAnswerIsReadAsItSaysElseAsTheFallbackSays() {
    ScrapeProtocols strict = config("honor_labels: true").protocols();
    assertThat(strict.format("text/plain; version=0.0.4")).isEqualTo(Format.TEXT);
    assertThat(strict.format("Text/Plain")).isEqualTo(Format.TEXT);
    assertThat(strict.format("application/openmetrics-text; version=9"))
        .isEqualTo(Format.OPEN_METRICS);
    assertThat(strict.format("application/vnd.google.protobuf; encoding=delimited"))
        .isEqualTo(Format.PROTO);
    assertThatThrownBy(() -> strict.format(""))
        .hasMessage(
            "non-compliant scrape target sending blank Content-Type and no"
                + " fallback_scrape_protocol specified for target");
    assertThatThrownBy(() -> strict.format("text/html"))
        .hasMessage(
            "received unsupported Content-Type \"text/html\" and no fallback_scrape_protocol"
                + " specified for target");

    ScrapeProtocols lenient = config("fallback_scrape_protocol: OpenMetricsText1.0.0").protocols();
    assertThat(lenient.format("")).isEqualTo(Format.OPEN_METRICS);
    assertThat(lenient.format("text/html")).isEqualTo(Format.OPEN_METRICS);
    assertThat(lenient.format("text/plain")).isEqualTo(Format.TEXT);
  }

  @Test
  void groupsOfTargetsAreReadFromFilesOfBothKinds(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("a.json"), "[{\"targets\":[\"a:1\"],\"labels\":{\"env\":\"x\"}}]");
    Files.writeString(folder.resolve("b.yml"), "- targets: ['b:1', 'c:1']\n  labels: {env: y}\n");
    Files.writeString(folder.resolve("other.txt"), "nothing");
    assertThat(TargetGroups.inFiles(folder.resolve("*.json")))
        .containsExactly(
            Labels.of(
                "__address__",
                "a:1",
                "__meta_filepath",
                folder.resolve("a.json").toString(),
                "env",
                "x"));
    assertThat(TargetGroups.inFiles(folder.resolve("*.yml")))
        .extracting(one -> one.get("__address__"))
        .containsExactly("b:1", "c:1");
    assertThat(TargetGroups.inFiles(folder.resolve("none/*.yml"))).isEmpty();
    assertThatThrownBy(() -> TargetGroups.json("{}"))
        .hasMessageContaining("expected a list of target groups");
    assertThatThrownBy(() -> TargetGroups.yaml("targets: [a]", "f.yml"))
        .hasMessageContaining("f.yml");
  }
}
