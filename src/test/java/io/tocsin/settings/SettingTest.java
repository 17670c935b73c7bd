package io.tocsin.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What was read of a configuration, with where each value comes from. */
class SettingTest {

  private static final String FILE =
      """
      node: "${env:NODE}"
      hosts: [a.example.com, b.example.com]
      checks:
        - name: one
          timeout: 3s
      """;

  private static Map<String, Setting> read() {
    var secrets = new Secrets(Map.of("NODE", "n-7"), Path.of("."));
    Section top = Yaml.read(FILE, "tocsin.yaml", secrets);
    assertThat(top.string("node", "tocsin")).isEqualTo("n-7");
    top.strings("hosts");
    for (Section check : top.sections("checks")) {
      check.string("name");
      check.duration("timeout", Duration.ofSeconds(10));
      check.duration("interval", Duration.ofSeconds(30));
    }
    top.part("storage").duration("retention", Duration.ofDays(30));
    top.part("storage").flag("compress", true);
    return top.settings().stream().collect(Collectors.toMap(Setting::path, Function.identity()));
  }

  @Test
  void eachValueIsKnownWithItsPlaceAndEachUsualOneAsUsual() {
    Map<String, Setting> read = read();
    assertThat(read.get("checks[0].timeout").written()).isEqualTo("3s");
    assertThat(read.get("checks[0].timeout").place()).contains(new Place("tocsin.yaml", 5, 14));
    assertThat(read.get("checks[0].timeout").origin()).isEqualTo(Setting.Origin.FILE);
    assertThat(read.get("checks[0].interval").written()).isEqualTo("30s");
    assertThat(read.get("checks[0].interval").origin()).isEqualTo(Setting.Origin.DEFAULT);
    assertThat(read.get("storage.retention").written()).as("of a part left out").isEqualTo("30d");
    assertThat(read.get("storage.compress").written()).isEqualTo("true");
    assertThat(read.get("hosts").written()).isEqualTo("a.example.com, b.example.com");
  }

  @Test
  void aValueFromOutsideIsShownByItsNameAndNeverItself() {
    Setting node = read().get("node");
    assertThat(node.origin()).isEqualTo(Setting.Origin.ENVIRONMENT);
    assertThat(node.source()).contains("NODE");
    assertThat(node.shown()).isEqualTo("${env:NODE}");
  }

  private static String shown(String path, String written) {
    return Masking.shown(path, written);
  }

  @Test
  void whatMayBeASecretIsHidden() {
    assertThat(
            List.of(
                shown("database.password", "hunter2"),
                shown("checks[0].heartbeat.token", "abc"),
                shown("checks[0].http.headers.X-Api", "abc"),
                shown("receivers[0].pagerduty.routing_key", "R1"),
                shown("receivers[3].telegram.anything_new", "x"),
                shown("auth.oidc.client_secret", "x"),
                shown("hooks.grafana[0].secret", "half ${env:A}")))
        .containsOnly("***");
  }

  @Test
  void aFlagIsNoSecretWhateverItIsCalled() {
    assertThat(shown("auth.tokens", "true")).isEqualTo("true");
    assertThat(shown("auth.tokens", "truely")).isEqualTo("***");
  }

  @Test
  void ofAnAddressTheLogInAndTheQueryAreHiddenAndOfAReceiversAllButTheServer() {
    assertThat(shown("checks[0].http.url", "https://ana:pw@a.example.com/health?key=1"))
        .isEqualTo("https://a.example.com/health?***");
    assertThat(shown("database.url", "jdbc:postgresql://db/tocsin?password=x"))
        .isEqualTo("jdbc:postgresql://db/tocsin?***");
    assertThat(shown("receivers[0].slack.url", "https://hooks.example.com/T0/B0/x"))
        .isEqualTo("https://hooks.example.com/***");
    assertThat(shown("receivers[0].email.to", "ops@example.com")).isEqualTo("ops@example.com");
    assertThat(shown("checks[0].interval", "30s")).isEqualTo("30s");
  }
}
