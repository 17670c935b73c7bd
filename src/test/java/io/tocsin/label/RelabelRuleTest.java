package io.tocsin.label;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.RelabelRule.Action;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RelabelRuleTest {
  private static final Labels LABELS =
      Labels.of("a", "foo", "b", "bar", "c", "Baz", "__meta_zone", "eu-1");

  private static RelabelRule rule(
      Action action, List<String> sources, String regex, String target, String replacement) {
    return new RelabelRule(
        action, sources, ";", RelabelRule.pattern(regex), 1000, target, replacement);
  }

  private static Optional<Labels> applied(
      Action action, List<String> sources, String regex, String target, String replacement) {
    return rule(action, sources, regex, target, replacement).apply(LABELS);
  }

  private static String replaced(
      List<String> sources, String regex, String target, String replacement, String label) {
    return applied(Action.REPLACE, sources, regex, target, replacement).orElseThrow().get(label);
  }

  @Test
  void aReplacementNamesGroupsByNumberOrName() {
    assertThat(replaced(List.of("a", "b"), "(.*);(.*)", "d", "${2}-$1", "d")).isEqualTo("bar-foo");
    assertThat(replaced(List.of("a"), "f(?P<rest>.*)", "d", "$rest!", "d")).isEqualTo("oo!");
    assertThat(replaced(List.of("a"), "(.*)", "d", "$1x$$", "d")).isEqualTo("$");
    assertThat(replaced(List.of("a"), "(.*)", "d", "${1}x$9", "d")).isEqualTo("foox");
    assertThat(replaced(List.of("a"), "(.*)", "${1}_name", "v", "foo_name")).isEqualTo("v");
    assertThat(replaced(List.of(), "(.*)", "d", "fixed", "d")).isEqualTo("fixed");
  }

  @Test
  void aReplacementNeedsTheWholeValueAndAnEmptyOneRemoves() {
    assertThat(replaced(List.of("a"), "fo", "a", "x", "a")).isEqualTo("foo");
    assertThat(replaced(List.of("a"), "fo.", "a", "", "a")).isEmpty();
    assertThat(replaced(List.of("none"), ".+", "a", "x", "a")).isEqualTo("foo");
  }

  @Test
  void keepAndDropJudgeTheJoinedValue() {
    assertThat(applied(Action.KEEP, List.of("a", "b"), "foo;bar", "", "")).contains(LABELS);
    assertThat(applied(Action.KEEP, List.of("a"), "fo", "", "")).isEmpty();
    assertThat(applied(Action.DROP, List.of("a"), "foo|x", "", "")).isEmpty();
    assertThat(applied(Action.DROP, List.of("a"), "fo", "", "")).contains(LABELS);
    assertThat(applied(Action.KEEPEQUAL, List.of("a"), "", "b", "")).isEmpty();
    assertThat(applied(Action.KEEPEQUAL, List.of("a"), "", "a", "")).contains(LABELS);
    assertThat(applied(Action.DROPEQUAL, List.of("a"), "", "a", "")).isEmpty();
    assertThat(applied(Action.DROPEQUAL, List.of("a"), "", "b", "")).contains(LABELS);
  }

  @Test
  void namesAreMappedDroppedAndKept() {
    assertThat(
            applied(Action.LABELMAP, List.of(), "__meta_(.+)", "", "$1").orElseThrow().get("zone"))
        .isEqualTo("eu-1");
    assertThat(applied(Action.LABELDROP, List.of(), "[ab]", "", "").orElseThrow().toMap())
        .containsOnlyKeys("c", "__meta_zone");
    assertThat(applied(Action.LABELKEEP, List.of(), "[ab]", "", "").orElseThrow().toMap())
        .containsOnlyKeys("a", "b");
  }

  @Test
  void caseAndHashAreSet() {
    assertThat(applied(Action.LOWERCASE, List.of("c"), "", "c", "").orElseThrow().get("c"))
        .isEqualTo("baz");
    assertThat(applied(Action.UPPERCASE, List.of("c"), "", "d", "").orElseThrow().get("d"))
        .isEqualTo("BAZ");
    // Computed apart: the last eight bytes of the MD5 as an unsigned number, modulo 1000.
    var hash = rule(Action.HASHMOD, List.of("a"), "", "d", "");
    assertThat(hash.apply(Labels.of("a", "baz")).orElseThrow().get("d")).isEqualTo("976");
    assertThat(hash.apply(Labels.of("a", "foo")).orElseThrow().get("d")).isEqualTo("696");
  }

  @Test
  void rulesWorkOneAfterTheOther() {
    var first = rule(Action.REPLACE, List.of("a"), "(.*)", "d", "$1");
    var second = rule(Action.KEEP, List.of("d"), "foo", "", "");
    var third = rule(Action.DROP, List.of("d"), "foo", "", "");
    assertThat(RelabelRule.all(List.of(first, second), LABELS)).isPresent();
    assertThat(RelabelRule.all(List.of(first, second, third), LABELS)).isEmpty();
  }
}
