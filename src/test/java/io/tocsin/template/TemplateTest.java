package io.tocsin.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  private static final AlertScope SCOPE =
      new AlertScope(
          Map.of("job", "api", "instance", "db.example.com:9090", "quote", "<a&b>"),
          1234.5,
          Map.of("region", "eu"),
          "https://tocsin.example.com/ops");

  private static final QueryPort QUERIES =
      expression ->
          switch (expression) {
            case "none" -> List.of();
            case "boom" -> throw new IllegalStateException("no such store");
            default ->
                List.of(
                    new QueryPort.Sample(Map.of("host", "b", "__value__", "x"), 2),
                    new QueryPort.Sample(Map.of("host", "a"), 1));
          };

  private static String expand(String text) {
    return Template.parse(text).expand(SCOPE, QUERIES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '~',
      value = {
        "plain ¦ plain",
        "{{ $labels.job }} is {{ $value }} ¦ api is 1234.5",
        "{{.Labels.job}}/{{ .Value }}/{{ $externalLabels.region }} ¦ api/1234.5/eu",
        "{{ .ExternalLabels.region }} {{ .ExternalURL }} ¦ eu https://tocsin.example.com/ops",
        "{{ $externalURL }}{{ pathPrefix }} ¦ https://tocsin.example.com/ops/ops",
        "[{{ $labels.missing }}] ¦ []",
        "{{ index $labels \"job\" }} ¦ api",
        "{{ $labels | len }} {{ len \"é\" }} ¦ 3 2",
        "a {{- /* nothing */ -}} b ¦ ab",
        "a {{ \"x\" }} b ¦ a x b",
        "a {{- \"x\" -}} b ¦ axb",
        "{{ `raw\\n` }}{{ \"\\u00e9\\t.\" }} ¦ raw\\né\t.",
        "{{ 0x10 }} {{ 1e3 }} {{ -1.50 }} {{ true }} {{ nil }} ¦ 16 1000 -1.5 true <no value>",
        "{{ if gt $value 1000.0 }}high{{ else }}low{{ end }} ¦ high",
        "{{ if lt $value 10.0 }}a{{ else if eq $labels.job \"x\" \"api\" }}b{{ else }}c{{ end }} ¦"
            + " b",
        "{{ if and (eq 1 1) (ne \"a\" \"b\") (not false) }}yes{{ end }} ¦ yes",
        "{{ or $labels.missing \"default\" }} {{ and \"\" \"never\" }}. ¦ default .",
        "{{ if le 1 1.0 }}{{ if ge 2 1 }}ok{{ end }}{{ end }} ¦ ok",
        "{{ with $labels.job }}<{{ . }}>{{ end }}{{ with \"\" }}no{{ else }}else{{ end }} ¦"
            + " <api>else",
        "{{ range query \"x\" }}{{ .Labels.host }}={{ .Value }};{{ end }} ¦ b=2;a=1;",
        "{{ range query \"x\" | sortByLabel \"host\" }}{{ .Labels.host }}{{ end }} ¦ ab",
        "{{ range $i, $s := query \"x\" }}{{ $i }}{{ label \"host\" $s }}{{ end }} ¦ 0b1a",
        "{{ range query \"none\" }}x{{ else }}nobody{{ end }} ¦ nobody",
        "{{ range $k, $v := $externalLabels }}{{ $k }}:{{ $v }}{{ end }} ¦ region:eu",
        "{{ query \"x\" | first | value | printf \"%.2f\" }} ¦ 2.00",
        "{{ (query \"x\" | first).Labels.host }} {{ query \"x\" | first | strvalue }} ¦ b x",
        "{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ $y := 3 }}{{ end }}{{ $x }} ¦ 2",
        "{{ \"Api-server one\" | toUpper }} {{ toLower \"ABC\" }} {{ title \"the end\" }} ¦"
            + " API-SERVER ONE abc The End",
        "{{ reReplaceAll \"(d)b\" \"<$1${1}$9>\" $labels.instance }} ¦ <dd>.example.com:9090",
        "{{ match \"^db\" $labels.instance }} {{ match \"^x\" \"db\" }} ¦ true false",
        "{{ stripPort $labels.instance }} {{ stripDomain $labels.instance }} ¦ db.example.com"
            + " db:9090",
        "{{ stripPort \"[::1]:90\" }} {{ stripDomain \"10.0.0.1:80\" }} ¦ ::1 10.0.0.1:80",
        "{{ html $labels.quote }} {{ safeHtml $labels.quote }} ¦ &lt;a&amp;b&gt; <a&b>",
        "{{ graphLink \"a b\" }} {{ urlquery \"a&b\" }} ¦ /graph?g0.expr=a+b&g0.tab=0 a%26b",
        "{{ print \"a\" 1 }} {{ (args 5 6).arg1 }} ¦ a1 6",
        "{{ $externalLabels }} ¦ map[region:eu]",
        "{{ humanizeTimestamp 1435781430.781 }} ¦ 2015-07-01 20:10:30.781 +0000 UTC",
        "{{ 1435781430 | toTime }} ¦ 2015-07-01 20:10:30 +0000 UTC",
      })
  void fillsHoles(String template, String expected) {
    assertThat(expand(template)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '~',
      value = {
        "a {{ $labels.job ¦ 1:17: unclosed action",
        "{{ if true }}x ¦ 1:4: {{if}} without {{end}}",
        "x{{ end }} ¦ 1:11: unexpected {{end}}",
        "{{ nosuch 1 }} ¦ 1:4: function \"nosuch\" not defined",
        "{{ \"a }} ¦ 1:4: unterminated quoted string",
        "{{ }} ¦ 1:4: missing value for command",
        "{{ 1 2 }} ¦ 1:4: only a function takes arguments",
        "{{ (1 }} ¦ 1:7: unclosed left paren",
        "{{ /* x }} ¦ 1:6: unclosed comment",
        "{{ 1x }} ¦ 1:4: bad number syntax: \"1x\"",
        "{{ template \"x\" }} ¦ 1:4: {{template}} is not supported",
      })
  void refusesWhatIsMalformed(String template, String message) {
    assertThatThrownBy(() -> Template.parse(template))
        .isInstanceOf(TemplateProblem.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '~',
      value = {
        "{{ $nosuch }} ¦ 1:4: undefined variable $nosuch",
        "{{ $value.x }} ¦ 1:4: can't evaluate field x in float64",
        "{{ first (query \"none\") }} ¦ first() called on vector with no elements",
        "{{ query \"boom\" }} ¦ error calling query: no such store",
        "{{ humanize \"abc\" }} ¦ expected a number, found \"abc\"",
        "{{ eq \"a\" 1 }} ¦ incompatible types for comparison",
        "{{ humanize }} ¦ wrong number of arguments: got 0",
        "{{ range 5 }}{{ end }} ¦ range can't iterate over 5",
        "{{ match \"(\" \"x\" }} ¦ error calling match",
      })
  void aFailureBecomesTheText(String template, String message) {
    String text;
    try {
      text = Template.parse(template).expandOrExplain(SCOPE, QUERIES);
    } catch (TemplateProblem problem) {
      text = "<error expanding template: " + problem.getMessage() + ">";
    }
    assertThat(text).startsWith("<error expanding template: 1:").contains(message);
  }

  @Test
  void aLoopCannotFillMemory() {
    String nested = "{{ range query \"x\" }}".repeat(40) + "0123456789" + "{{ end }}".repeat(40);
    assertThatThrownBy(() -> expand(nested)).hasMessageContaining("grows longer than");
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> Template.parse("{{ if 1 }}".repeat(10_000)))
        .isInstanceOf(TemplateProblem.class);
    assertThatThrownBy(() -> Template.parse("{{ " + "(".repeat(10_000)))
        .isInstanceOf(TemplateProblem.class);
  }

  @Test
  void linesAreCounted() {
    assertThatThrownBy(() -> Template.parse("a\nb {{ nosuch }}")).hasMessageStartingWith("2:6: ");
    assertThat(Template.parse("plain").isPlain()).isTrue();
    assertThat(Template.parse("{{ 1 }}").isPlain()).isFalse();
  }
}
