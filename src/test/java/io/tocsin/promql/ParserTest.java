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
        "x[ 5m * 2 ] | x[5m * 2]",
        "x[STEP()+1ms] | x[step() + 1ms]",
        "x[min_of(step(),(1h))]offset -step() | x[min_of(step(), (1h))] offset -step()",
        "x offset 100 + 2 | x offset 1m40s + 2",
        "x offset -2 ^ 2 | x offset -2s ^ 2",
        "x offset (2^2) | x offset (2 ^ 2)",
        "a+fill(0)b | a + fill (0) b",
        "a+on(c)group_left fill_right(-1)fill_left(1)b | a + on (c) group_left () fill_left (1)"
            + " fill_right (-1) b",
        "limitk(2,a) | limitk(2, a)",
        "limit_ratio by(b)(.5,a) | limit_ratio by (b) (0.5, a)",
        "info(a,{b=\"c\",}) | info(a, {b=\"c\"})",
        "a </ 1 | a </ 1",
        "a > 5m | a > 5m",
        "1_000.5 | 1000.5",
        "\"\\xc3\\xa9\" | \"é\"",
        "start() - end() | start() - end()",
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
        "sum(up | 1:7: parse error: unclosed left parenthesis",
        "(up | 1:4: parse error: unclosed left parenthesis",
        "up up | 1:4: parse error: unexpected identifier \"up\"",
        "1 + | 1:4: parse error: unexpected end of input",
        "up{job} | 1:7: parse error: unexpected \"}\" in label matching, expected label matching"
            + " operator",
        "up{job=5} | 1:8: parse error: unexpected character inside braces: '5'",
        "up{a:b=\"5\"} | 1:5: parse error: unexpected character inside braces: ':'",
        "up[5m | 1:6: parse error: unclosed left bracket",
        "up[5] [1m] | 1:7: parse error: ranges only allowed for vector selectors",
        "up offset 5m[1m] | 1:13: parse error: no offset modifiers allowed before range",
        "up[0] | 1:4: parse error: duration must be greater than 0",
        "up[5x] | 1:4: parse error: bad number or duration syntax: \"5x\"",
        "sum(up) offset 5m | 1:1: parse error: offset modifier must be preceded by an instant"
            + " vector selector or range vector selector or a subquery",
        "up offset 5m offset 5m | 1:1: parse error: offset may not be set multiple times",
        "up @ 1 @ 2 | 1:1: parse error: @ <timestamp> may not be set multiple times",
        "1[5m:1m] | 1:1: parse error: subquery is only allowed on instant vector, got scalar"
            + " instead",
        "\"abc | 1:1: parse error: unterminated quoted string",
        "\"\\q\" | 1:1: parse error: unknown escape sequence U+0071 'q'",
        "up $ 1 | 1:4: parse error: unexpected character: '$'",
        "abs(up,) | 1:7: parse error: trailing commas not allowed in function call args",
        "1 bool 2 | 1:3: parse error: unexpected <bool>",
        "on | 1:1: parse error: unexpected <on>",
        "a - on(b) ignoring(c) d | 1:11: parse error: unexpected <ignoring>",
        "*a | 1:1: parse error: unexpected <op:*>",
        "(1)) | 1:5: parse error: unexpected right parenthesis ')'",
        "a} | 1:2: parse error: unexpected character: '}'",
        "{ | 1:2: parse error: unexpected end of input inside braces",
        "a{b=c} | 1:5: parse error: unexpected identifier \"c\" in label matching, expected string",
        "a{,} | 1:3: parse error: unexpected \",\" in label matching, expected identifier or \"}\"",
        "a =~ b | 1:3: parse error: unexpected character after '=': '~'",
        "a[] | 1:3: parse error: unexpected \"]\" in subquery or range selector, expected number,"
            + " duration, step(), or range()",
        "a[5m1h] | 1:3: parse error: not a valid duration string: \"5m1h\"",
        "a[5s/0] | 1:3: parse error: division by zero",
        "a offset (1d%0) | 1:10: parse error: modulo by zero",
        "a[9.5e10] | 1:3: parse error: duration out of range",
        "a[b] | 1:3: parse error: unexpected character: 'b', expected ':'",
        "a offset | 1:9: parse error: unexpected end of input in offset, expected number,"
            + " duration, step(), or range()",
        "a @ | 1:4: parse error: unexpected end of input in @, expected timestamp",
        "a @ NaN | 1:1: parse error: timestamp out of bounds for @ modifier: NaN",
        "sum without(=)(a) | 1:13: parse error: unexpected \"=\" in grouping opts, expected label",
        "sum(a) by b | 1:11: parse error: unexpected identifier \"b\" in grouping opts, expected"
            + " \"(\"",
        "info(a, b) | 1:9: parse error: expected label selectors only, got vector selector instead",
        "info(a, {b=\"c\"} > 1) | 1:9: parse error: expected label selectors only",
        "a or fill(0) b | 1:1: parse error: filling in missing series not allowed for set"
            + " operators",
        "1 or on(a) b | 1:1: parse error: vector matching only allowed between instant vectors",
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
