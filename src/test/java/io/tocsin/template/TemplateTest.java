package io.tocsin.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
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
          "https://tocsin.example.com/ops",
          Instant.parse("2026-01-02T03:04:05.600Z"));

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
        "{{ 0x10 }} {{ 1e3 }} {{ -1.50 }} {{ true }} {{ 1234567.0 }} ¦ 16 1000 -1.5 true"
            + " 1.234567e+06",
        "{{ if gt $value 1000.0 }}high{{ else }}low{{ end }} ¦ high",
        "{{ if lt $value 10.0 }}a{{ else if eq $labels.job \"x\" \"api\" }}b{{ else }}c{{ end }} ¦"
            + " b",
        "{{ if and (eq 1 1) (ne \"a\" \"b\") (not false) }}yes{{ end }} ¦ yes",
        "{{ or $labels.missing \"default\" }} {{ and \"\" \"never\" }}. ¦ default .",
        "{{ if le 1.0 1.0 }}{{ if ge 2 1 }}ok{{ end }}{{ end }} ¦ ok",
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
        "{{ humanizeTimestamp 1435781430.781 }} ¦ 2015-07-01 20:10:30.78 +0000 UTC",
        "{{ 1435781430 | toTime }} ¦ 2015-07-01 20:10:30 +0000 UTC",
        "{{ define \"x\" }}{{ .arg0 }}-{{ .arg1 }}{{ end }}{{ template \"x\" (args 1 \"b\") }} ¦"
            + " 1-b",
        "{{ define \"x\" }}<{{ . }}>{{ end }}{{ template \"x\" }}{{ template \"x\" .Value }} ¦"
            + " <<no value>><1234.5>",
        "{{ block \"b\" $labels }}{{ .job }}{{ $.job }}{{ end }}. ¦ apiapi.",
        "{{ range $i, $e := query \"x\" }}{{ if eq $i 1 }}{{ break }}{{ end }}{{ $i }}{{ end }} ¦"
            + " 0",
        "{{ range 4 }}{{ if eq . 1 }}{{ continue }}{{ end }}{{ . }}{{ end }} ¦ 023",
        "{{ $n := 0 }}{{ range $n = query \"x\" }}{{ end }}{{ $n.Value }} ¦ 1",
        "{{ slice \"abcdef\" 1 3 }}{{ index \"a\" 0 }} ¦ bc97",
        "{{ print 1 2 \"a\" \"b\" 3 }}|{{ println 1 \"a\" }}| ¦ ~1 2ab3|1 a\n|~",
        "{{ html \"<\" }} {{ js \"<a>=é\" }} ¦ &lt; \\u003Ca\\u003E\\u003Dé",
        "{{ printf \"%*d,\" 3 5 }}{{ printf \"%5.1f|%-4d|%04d|%x|%q|%v|%T|%+d|%s\" 1.25 7 7 255"
            + " \"a\" true 1.5 3 1 }} ¦ ~  5,  1.2|7   |0007|ff|\"a\"|true|float64|+3|%!s(int=1)~",
        "{{ now }} {{ (now | toTime).Format \"Mon Jan _2 15:04:05.000 MST 2006\" }} ¦"
            + " 1.7673230456e+09 Fri Jan  2 03:04:05.600 UTC 2026",
        "{{ (\"-30m\" | parseDuration | toDuration | (now | toTime).Add).UnixMilli }} ¦"
            + " 1767321245600",
        "{{ toDuration 3661.5 }} {{ toDuration 0.0015 }} {{ (toDuration 90).Minutes }} ¦"
            + " 1h1m1.5s 1.5ms 1.5",
        "{{ (toTime 0).Year }} {{ (toTime 0).Weekday }} ¦ 1970 Thursday",
        "{{ title \"it's a foo.bar_baz x-y\" }} ¦ It's A Foo.bar_baz X-Y",
        "{{ tableLink \"up\" }} {{ urlQueryEscape \"a b\" }} ¦ /graph?g0.expr=up&g0.tab=1 a+b",
        "{{ stripPort \"[2001:0DB8::1]::12345\" }} {{ stripPort \"2001::1\" }} ¦"
            + " [2001:0DB8::1]::12345 2001::1",
        "{{ \"<b>\" }} {{ humanize \"0x1p3\" }} ¦ <b> 8",
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
        "{{ (1 }} ¦ 1:7: unclosed left paren",
        "{{ /* x }} ¦ 1:6: unclosed comment",
        "{{ 1x }} ¦ 1:4: bad number syntax: \"1x\"",
        "{{ template x }} ¦ 1:13: expected the quoted name of a template",
        "{{ $nosuch }} ¦ 1:4: undefined variable \"$nosuch\"",
        "{{ if true }}{{ $y := 1 }}{{ end }}{{ $y }} ¦ 1:39: undefined variable \"$y\"",
        "{{ define \"x\" }}{{ $labels.job }}{{ end }} ¦ 1:20: undefined variable \"$labels\"",
        "{{ if true }}{{ define \"x\" }}{{ end }}{{ end }} ¦"
            + " 1:17: unexpected {{define}}: it stands outside all other actions",
        "{{ break }} ¦ 1:4: {{break}} outside {{range}}",
        "{{\u00a01 }} ¦ 1:3: unexpected \"\u00a0\" in action",
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
        "{{ template \"nosuch\" }} ¦ 1:4: template \"nosuch\" not defined",
        "{{ define \"x\" }}{{ template \"x\" }}{{ end }}{{ template \"x\" }} ¦"
            + " templates call each other deeper than 100",
        "{{ nil }} ¦ 1:4: nil is not a command",
        "{{ 1 2 }} ¦ 1:4: can't give argument to non-function",
        "{{ gt $value 5 }} ¦ incompatible types for comparison",
        "{{ (now | toTime).Nosuch }} ¦ can't evaluate field Nosuch in type *time.Time",
        "{{ index \"a\" 1 }} ¦ index out of range: 1",
        "{{ toTime 1e300 }} ¦ cannot be represented as a nanoseconds timestamp",
        "{{ range 2000000 }}{{ end }} ¦ more than 1000000 steps",
        "{{ $value.x }} ¦ 1:4: can't evaluate field x in float64",
        "{{ first (query \"none\") }} ¦ first() called on vector with no elements",
        "{{ query \"boom\" }} ¦ error calling query: no such store",
        "{{ humanize \"abc\" }} ¦ strconv.ParseFloat: parsing \"abc\": invalid syntax",
        "{{ eq \"a\" 1 }} ¦ incompatible types for comparison",
        "{{ humanize }} ¦ wrong number of arguments: got 0",
        "{{ range 5.5 }}{{ end }} ¦ range can't iterate over 5.5",
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
