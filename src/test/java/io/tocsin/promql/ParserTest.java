package io.tocsin.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "1+2*3 | 1 + 2 * 3",
        "up{ job = 'a' , } | up{job=\"a\"}",
        "{__name__=\"up\",job=\"a\"} | up{job=\"a\"}",
        "{\"metric.name\", \"label.x\"!=\"v\"} | {\"metric.name\",\"label.x\"!=\"v\"}",
        "{\"by\"} | {\"by\"}",
        "sum{a=~\"b\"} | {\"sum\",a=~\"b\"}",
        "sum(up)by(job) | sum by (job) (up)",
        "sum without(job,)(up) | sum without (job) (up)",
        "topk(3,up) | topk(3, up)",
        "rate(x[90m]offset 1d) | rate(x[1h30m] offset 1d)",
        "x[5m] @ 12.5 offset -1m | x[5m] @ 12.500 offset -1m",
        "x offset 5m @ end() | x @ end() offset 5m",
        "x[1h:] | x[1h:]",
        "x[3600:60] | x[1h:1m]",
        "a*on(b)group_left(c)d | a * on (b) group_left (c) d",
        "a+ignoring(b)d | a + ignoring (b) d",
        "a and on()d | a and on () d",
        "a>bool b | a > bool b",
        "-1 | -1",
        "- a ^ 2 | -a ^ 2",
        "+Inf | Inf",
        "1e3 | 1000",
        "0x1F | 31",
        "`a\\b` | \"a\\\\b\"",
        "((a)) | ((a))",
        "a # comment | a",
        "a:b:rate5m | a:b:rate5m",
        "offset | {\"offset\"}",
      })
  void printsTheCanonicalForm(String text, String canonical) {
    Expr expr = Parser.parse(text);
    assertThat(expr).hasToString(canonical);
    assertThat(Parser.parse(canonical)).isEqualTo(expr);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | 1:1: parse error: no expression found in input",
        "# nothing | 1:10: parse error: no expression found in input",
        "sum(up | 1:7: parse error: unexpected end of input, expected \",\"",
        "(up | 1:4: parse error: unexpected end of input, expected \")\"",
        "up up | 1:4: parse error: unexpected identifier \"up\"",
        "1 + | 1:4: parse error: unexpected end of input",
        "up{job} | 1:7: parse error: unexpected \"}\" in label matching, expected one of = != =~"
            + " !~",
        "up{job=5} | 1:8: parse error: unexpected number \"5\" in label matching, expected string",
        "up{a:b=\"5\"} | 1:4: parse error: unexpected identifier \"a:b\", expected a label name",
        "up[5m | 1:6: parse error: unexpected end of input, expected \"]\"",
        "up[5] [1m] | 1:1: parse error: ranges only allowed for vector selectors",
        "up offset 5m[1m] | 1:1: parse error: no offset modifiers allowed before range",
        "up[0] | 1:4: parse error: duration must be greater than 0",
        "up[5x] | 1:4: parse error: bad number or duration syntax: \"5x\"",
        "sum(up) offset 5m | 1:9: parse error: offset modifier must be preceded by an instant"
            + " vector selector or range vector selector or a subquery",
        "up offset 5m offset 5m | 1:14: parse error: offset may not be set multiple times",
        "up @ 1 @ 2 | 1:8: parse error: @ <timestamp> may not be set multiple times",
        "1[5m:1m] | 1:1: parse error: subquery is only allowed on instant vector, got scalar"
            + " instead",
        "\"abc | 1:1: parse error: unterminated quoted string",
        "\"\\q\" | 1:1: parse error: error unquoting string: unknown escape sequence \\q",
        "up $ 1 | 1:4: parse error: unexpected character: '$'",
        "abs(up,) | 1:8: parse error: trailing commas not allowed in function call args",
        "1 bool 2 | 1:3: parse error: unexpected identifier \"bool\"",
        "on | 1:1: parse error: unexpected identifier \"on\"",
      })
  void saysWhereAndWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> Parser.parse(text))
        .isInstanceOf(ParseProblem.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void countsLinesInPositions() {
    assertThatThrownBy(() -> Parser.parse("sum(\n  up,\n  1\n)"))
        .hasMessageStartingWith("1:1: parse error: wrong number of arguments");
    assertThatThrownBy(() -> Parser.parse("up +\n  nosuch(up)"))
        .hasMessage("2:3: parse error: unknown function with name \"nosuch\"");
  }

  @Test
  void everyNodeKnowsItsPlace() {
    Expr.Binary binary = (Expr.Binary) Parser.parse("up  /  rate(x[5m])");
    assertThat(binary.left().span().start()).isZero();
    assertThat(binary.right().span().start()).isEqualTo(7);
    assertThat(binary.right().span().end()).isEqualTo(18);
    assertThat(binary.span().end()).isEqualTo(18);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "-", "abs(", "1+"})
  void refusesWhatWouldExhaustTheStack(String part) {
    assertThatThrownBy(() -> Parser.parse(part.repeat(100_000) + "1"))
        .isInstanceOf(ParseProblem.class)
        .hasMessageContaining("nests deeper than 300");
  }

  @Test
  void allowsWideExpressions() {
    String wide = "(up) + ".repeat(250) + "abs(up)";
    assertThat(Parser.parse(wide)).hasToString(wide);
    String list = "label_join(up, \"a\", \"b\"" + ", \"c\"".repeat(1_000) + ")";
    assertThat(Parser.parse(list)).hasToString(list);
  }

  @Test
  void readsSeriesSelectors() {
    assertThat(Parser.parseSelector("up{job!=\"a\"}"))
        .containsExactly(
            Matcher.equal(Labels.NAME, "up"), Matcher.of("job", Matcher.Op.NOT_EQUAL, "a"));
    assertThatThrownBy(() -> Parser.parseSelector("up + 1"))
        .hasMessage("1:1: parse error: expected a series selector, got up + 1");
  }
}
