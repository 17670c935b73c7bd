package io.tocsin.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.label.Matcher;
import org.junit.jupiter.api.Test;

class MatcherSyntaxTest {

  private static String read(String text) {
    return MatcherSyntax.parse(text).toString();
  }

  @Test
  void readsWhatAlertmanagerWrites() {
    assertThat(read("severity=\"critical\"")).isEqualTo("[severity=\"critical\"]");
    assertThat(read("team =~ \"a|b\" , env!=dev")).isEqualTo("[team=~\"a|b\", env!=\"dev\"]");
    assertThat(read("{a=1,b!~\"c.*\",}")).isEqualTo("[a=\"1\", b!~\"c.*\"]");
    assertThat(read("\"ключ 1\"=\"a \\\"b\\\" \\\\ \\n\""))
        .isEqualTo("[ключ 1=\"a \\\"b\\\" \\\\ \\n\"]");
    assertThat(read("foo=")).isEqualTo("[foo=\"\"]");
    assertThat(read("{}")).isEqualTo("[]");
  }

  @Test
  void aRegularExpressionKeepsItsBackslashes() {
    Matcher matcher = MatcherSyntax.parse("path=~\"/v\\d+\"").getFirst();
    assertThat(matcher.matches("/v12")).isTrue();
  }

  @Test
  void aMistakeIsNamedWithItsPlace() {
    assertThatThrownBy(() -> read("severity"))
        .hasMessage(
            "matcher \"severity\": found the end at character 9, expected one of = != =~ !~");
    assertThatThrownBy(() -> read("a=\"b")).hasMessageContaining("expected a closing quote");
    assertThatThrownBy(() -> read("{a=b")).hasMessageContaining("expected }");
    assertThatThrownBy(() -> read("ключ=b c")).hasMessageContaining("a comma or the end");
    assertThatThrownBy(() -> read("ключ=")).hasMessageContaining("expected a value");
    assertThatThrownBy(() -> read("")).hasMessageContaining("expected a matcher such as");
    assertThatThrownBy(() -> read("a=~\"(\"")).hasMessageContaining("invalid regular expression");
  }

  @Test
  void namesAndValuesMayBeInAnyScript() {
    assertThat(read("вид=сбой,\"a b\"=~c")).isEqualTo("[вид=\"сбой\", a b=~\"c\"]");
    assertThat(read("\"é\"=\"\\u00e9\\x41\"")).isEqualTo("[é=\"éA\"]");
  }

  @Test
  void whatOnlyTheOlderSyntaxTakesIsTakenAndWhatBothTakeIsReadAsBefore() {
    assertThat(read("service=web app, env=prod")).isEqualTo("[service=\"web app\", env=\"prod\"]");
    assertThat(read("a=\"x\\ty\"")).isEqualTo("[a=\"x\\\\ty\"]");
  }
}
