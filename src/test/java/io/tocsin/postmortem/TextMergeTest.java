package io.tocsin.postmortem;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.postmortem.LineDiff.Kind;
import io.tocsin.postmortem.LineDiff.Line;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TextMergeTest {

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "b", "c", "").list().ofMaxSize(12).map(it -> String.join("\n", it));
  }

  @Test
  void changesOfDifferentPlacesStandSideBySide() {
    TextMerge.Merged merged = TextMerge.of("one\ntwo\nthree", "ONE\ntwo\nthree", "one\ntwo\n3");
    assertThat(merged).isEqualTo(new TextMerge.Merged("ONE\ntwo\n3", 0));
  }

  @Test
  void whatBothChangedStandsThereTwiceBetweenMarks() {
    TextMerge.Merged merged = TextMerge.of("one\ntwo", "uno\ntwo", "eins\ntwo");
    assertThat(merged.conflicts()).isEqualTo(1);
    assertThat(merged.text()).isEqualTo("<<<<<<< yours\nuno\n=======\neins\n>>>>>>> theirs\ntwo");
  }

  @Test
  void aDiffTellsWhatWasTakenOutAndPutIn() {
    assertThat(LineDiff.of("one\ntwo\nthree", "one\n2\nthree\nfour"))
        .containsExactly(
            new Line(Kind.SAME, "one"),
            new Line(Kind.REMOVED, "two"),
            new Line(Kind.ADDED, "2"),
            new Line(Kind.SAME, "three"),
            new Line(Kind.ADDED, "four"));
  }

  @Property(tries = 300)
  void aDiffHoldsBothTexts(@ForAll("texts") String before, @ForAll("texts") String after) {
    List<Line> lines = LineDiff.of(before, after);
    assertThat(text(lines, Kind.REMOVED)).isEqualTo(before);
    assertThat(text(lines, Kind.ADDED)).isEqualTo(after);
  }

  private static String text(List<Line> lines, Kind kind) {
    return lines.stream()
        .filter(line -> line.kind() == Kind.SAME || line.kind() == kind)
        .map(Line::text)
        .collect(Collectors.joining("\n"));
  }

  @Property(tries = 300)
  void whoeverChangedAloneIsRight(@ForAll("texts") String base, @ForAll("texts") String changed) {
    var wanted = new TextMerge.Merged(changed, 0);
    assertThat(TextMerge.of(base, changed, base)).isEqualTo(wanted);
    assertThat(TextMerge.of(base, base, changed)).isEqualTo(wanted);
    assertThat(TextMerge.of(base, changed, changed)).isEqualTo(wanted);
  }

  @Property(tries = 300)
  void noLineThatSomebodyPutInIsLost(
      @ForAll("texts") String base, @ForAll("texts") String mine, @ForAll("texts") String theirs) {
    List<String> merged = LineDiff.lines(TextMerge.of(base, mine, theirs).text());
    for (String changed : List.of(mine, theirs)) {
      for (Line line : LineDiff.of(base, changed)) {
        if (line.kind() == Kind.ADDED) {
          assertThat(merged).contains(line.text());
        }
      }
    }
  }
}
