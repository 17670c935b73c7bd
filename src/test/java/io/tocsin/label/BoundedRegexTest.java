package io.tocsin.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedRegexTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a{1000}",
        "(a{10}){100}",
        "((a{10}){10}){10}",
        "(a{0}){1000}",
        "(a{10}|b{10}){100}",
        "(a{10}b{20}){50}",
        "a{1000}b{1000}c{1000,}",
        "\\x{41}{1000}",
        "(\\{1000}){10}",
        "(\\pL\\p{Greek}{10}){100}",
        "([a-z{1000}]{10}){100}",
        "[]{1000}]{1000}",
        "[^]{2}]{1000}",
        "[[:alpha:]{9}]{1000}",
        "[\\]{2}]{1000}",
        "(a{,1000}){1000}",
        "(a{1,x}){1000}",
        "a{",
        "\\Q(((a{9}\\E{1000}",
        "(?i:a{1,1000})",
        "(?P<n>a{2}){500}"
      })
  void whatGoTakesIsTaken(String regex) {
    assertThat(BoundedRegex.compile(regex).pattern()).isEqualTo(regex);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a{1000}){2}",
        "(a{32}){32}",
        "(a{1,1000}){1,1000}",
        "((a{1,1000}){1,1000}){1,1000}",
        "(a{10}(b{101}|c)){10}",
        "((((a{2}){2}){2}x){2}){100}",
        "([{]{101}){10}",
        "(\\}{101}){10,}",
        "a{99999999999}"
      })
  void repetitionsWithinRepetitionsBeyondAThousandAreRefusedAsGoRefusesThem(String regex) {
    assertThatThrownBy(() -> BoundedRegex.compile(regex))
        .isInstanceOf(PatternSyntaxException.class)
        .hasMessageContaining("invalid repeat count: `{");
  }

  @Test
  void anExpressionWhoseRepetitionsMakeItLargeIsRefused() {
    String part = "[a-z]{1,1000}";
    String fits = IntStream.range(0, 10).mapToObj(i -> part).collect(Collectors.joining("|"));
    assertThat(BoundedRegex.compile(fits).matcher("a".repeat(900)).matches()).isTrue();
    assertThatThrownBy(() -> BoundedRegex.compile(fits + "|" + part))
        .isInstanceOf(PatternSyntaxException.class)
        .hasMessageContaining("expression too large");
  }

  @Test
  void aLongListOfWordsIsNoLargeExpression() {
    String words =
        IntStream.range(0, 5_000).mapToObj(i -> "w" + i).collect(Collectors.joining("|"));
    assertThat(BoundedRegex.compile(words).matches("w4711")).isTrue();
  }

  @Test
  void anExpressionThatNestsDeeplyIsRefused() {
    String deep = "(".repeat(1000) + "a" + ")".repeat(1000);
    assertThat(BoundedRegex.compile(deep).matches("a")).isTrue();
    assertThatThrownBy(() -> BoundedRegex.compile("(" + deep + ")"))
        .isInstanceOf(PatternSyntaxException.class)
        .hasMessageContaining("expression nests too deeply");
  }

  @Test
  void whatIsWrongIsLeftToTheLibraryToSay() {
    for (String wrong : new String[] {"(", ")", "a)", "[", "[a", "\\", "*", "a{1001}", "\\8"}) {
      assertThatThrownBy(() -> BoundedRegex.compile(wrong, Pattern.DOTALL))
          .as(wrong)
          .isInstanceOf(PatternSyntaxException.class);
    }
  }
}
