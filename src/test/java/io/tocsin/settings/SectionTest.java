package io.tocsin.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SectionTest {

  private static Section read(String text) {
    return Yaml.read(
        text, "tocsin.yaml", new Secrets(Map.of("PD_KEY", "very-secret"), Path.of(".")));
  }

  @Test
  void readsEachKindOfValue() {
    Section top =
        read(
            """
            name: web
            count: 3
            ratio: 0.5
            on: true
            every: 1h30m
            unit: seconds
            many: [a, b]
            one: a
            codes: [200, 204]
            labels: { env: prod }
            list:
              - { x: 1 }
            """);

    assertThat(top.string("name")).isEqualTo("web");
    assertThat(top.integer("count", 0)).isEqualTo(3);
    assertThat(top.number("ratio", 0)).isEqualTo(0.5);
    assertThat(top.flag("on", false)).isTrue();
    assertThat(top.duration("every")).isEqualTo(Duration.ofMinutes(90));
    assertThat(top.choice("unit", TimeUnit.class, TimeUnit.DAYS)).isEqualTo(TimeUnit.SECONDS);
    assertThat(top.strings("many")).containsExactly("a", "b");
    assertThat(top.strings("one")).containsExactly("a");
    assertThat(top.integers("codes")).containsExactly(200, 204);
    assertThat(top.map("labels")).isEqualTo(Map.of("env", "prod"));
    assertThat(top.sections("list").getFirst().integer("x", 0)).isEqualTo(1);
    assertThat(top.strings("absent")).isEmpty();
    top.done();
  }

  @Test
  void anUnknownKeyIsAnErrorThatNamesTheNearestKnownOne() {
    Section top = read("checks:\n  - name: a\n    intervall: 5s\n");
    Section check = top.sections("checks").getFirst();
    check.string("name");
    check.duration("interval", Duration.ZERO);

    assertThatThrownBy(check::done)
        .isInstanceOf(SettingsProblem.class)
        .hasMessage(
            "tocsin.yaml:3:5: checks[0]: found unknown key \"intervall\", expected \"interval\"?");
  }

  @Test
  void aWrongValueSaysWhereWhatAndWhatWasExpected() {
    Section top = read("server:\n  timeout: soon\n");
    Section server = top.section("server").orElseThrow();

    assertThatThrownBy(() -> server.duration("timeout"))
        .hasMessage(
            "tocsin.yaml:2:12: server.timeout: found \"soon\", expected a duration such as 200ms,"
                + " 30s, 1h30m or 7d");
    assertThatThrownBy(() -> server.string("url"))
        .hasMessage("tocsin.yaml:2:3: server.url: found nothing, expected text");
  }

  @Test
  void secretsAreFilledInButNeverQuoted() {
    Section top = read("key: ${env:PD_KEY}\nother: ${env:MISSING}\nnumber: ${env:PD_KEY}\n");

    assertThat(top.string("key")).isEqualTo("very-secret");
    assertThatThrownBy(() -> top.string("other"))
        .hasMessageContaining("\"${env:MISSING}\"")
        .hasMessageContaining("an environment variable MISSING that is set");
    assertThatThrownBy(() -> top.integer("number", 0)).message().doesNotContain("very-secret");
  }

  @Test
  void brokenYamlSaysWhere() {
    assertThatThrownBy(() -> read("a: [1, 2\nb: 3\n"))
        .isInstanceOf(SettingsProblem.class)
        .hasMessageStartingWith("tocsin.yaml:2:");
    assertThatThrownBy(() -> read("a: 1\na: 2\n"))
        .isInstanceOf(SettingsProblem.class)
        .hasMessageContaining("tocsin.yaml:2:1");
    assertThatThrownBy(() -> read("- a\n")).hasMessageContaining("expected a mapping");
    assertThat(read("").keys()).isEmpty();
  }

  @Test
  void durationsReadAndPrintAsPrometheusWritesThem() {
    for (String text : List.of("200ms", "30s", "5m", "1h30m", "7d", "1d2h3m4s5ms")) {
      assertThat(Durations.parse(text).map(Durations::print)).contains(text);
    }
    assertThat(Durations.parse("2w")).contains(Duration.ofDays(14));
    assertThat(Durations.parse("0")).contains(Duration.ZERO);
    assertThat(Durations.parse("5")).isEmpty();
    assertThat(Durations.parse("5m1h")).isEmpty();
    assertThat(Durations.parse("99999999999999999999y")).isEmpty();
  }
}
