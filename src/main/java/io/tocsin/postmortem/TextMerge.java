package io.tocsin.postmortem;

import java.util.ArrayList;
import java.util.List;

/**
 * Two people's changes of one text in one text. Where only one of them changed lines, theirs count;
 * where both did, both stand there between marks, so nothing is lost.
 *
 * @see <a href="https://www.cis.upenn.edu/~bcpierce/papers/diff3-short.pdf">Khanna, Kunal, Pierce:
 *     A Formal Investigation of Diff3</a>
 */
public final class TextMerge {

  private static final String MINE = "<<<<<<< yours";
  private static final String BETWEEN = "=======";
  private static final String THEIRS = ">>>>>>> theirs";

  private final List<String> base;
  private final List<String> mine;
  private final List<String> theirs;
  private final List<String> merged = new ArrayList<>();
  private int conflicts;

  private TextMerge(List<String> base, List<String> mine, List<String> theirs) {
    this.base = base;
    this.mine = mine;
    this.theirs = theirs;
  }

  /**
   * What came of it.
   *
   * @param conflicts places where both changed the same lines
   */
  public record Merged(String text, int conflicts) {}

  /** Merges two descendants of a text. */
  public static Merged of(String base, String mine, String theirs) {
    var merge = new TextMerge(LineDiff.lines(base), LineDiff.lines(mine), LineDiff.lines(theirs));
    merge.run();
    return new Merged(String.join("\n", merge.merged), merge.conflicts);
  }

  private void run() {
    int[] inMine = LineDiff.matches(base, mine);
    int[] inTheirs = LineDiff.matches(base, theirs);
    int from = 0;
    int left = 0;
    int right = 0;
    for (int i = 0; i < base.size(); i++) {
      if (inMine[i] >= 0 && inTheirs[i] >= 0) {
        stretch(
            base.subList(from, i),
            mine.subList(left, inMine[i]),
            theirs.subList(right, inTheirs[i]));
        merged.add(base.get(i));
        from = i + 1;
        left = inMine[i] + 1;
        right = inTheirs[i] + 1;
      }
    }
    stretch(
        base.subList(from, base.size()),
        mine.subList(left, mine.size()),
        theirs.subList(right, theirs.size()));
  }

  /** Lines between two that all three texts share. */
  private void stretch(List<String> old, List<String> ours, List<String> others) {
    if (ours.equals(others) || others.equals(old)) {
      merged.addAll(ours);
    } else if (ours.equals(old)) {
      merged.addAll(others);
    } else {
      conflicts++;
      merged.add(MINE);
      merged.addAll(ours);
      merged.add(BETWEEN);
      merged.addAll(others);
      merged.add(THEIRS);
    }
  }
}
