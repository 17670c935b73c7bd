package io.tocsin.postmortem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What became of a text, line by line: the longest common subsequence of lines stays, the others
 * were taken out or put in.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Longest_common_subsequence">Longest common
 *     subsequence</a>
 */
public final class LineDiff {

  /** Beyond so many pairs of lines the middle of two texts is taken as all different. */
  private static final long MOST_PAIRS = 9_000_000;

  private LineDiff() {}

  /** What became of a line. */
  public enum Kind {
    SAME,
    ADDED,
    REMOVED
  }

  /** A line of either text. */
  public record Line(Kind kind, String text) {}

  /** The lines of both texts in order: before a line that was put in stand those it replaced. */
  public static List<Line> of(String before, String after) {
    List<String> old = lines(before);
    List<String> now = lines(after);
    int[] matches = matches(old, now);
    var found = new ArrayList<Line>();
    int at = 0;
    for (int i = 0; i < old.size(); i++) {
      if (matches[i] < 0) {
        found.add(new Line(Kind.REMOVED, old.get(i)));
      } else {
        while (at < matches[i]) {
          found.add(new Line(Kind.ADDED, now.get(at++)));
        }
        found.add(new Line(Kind.SAME, old.get(i)));
        at++;
      }
    }
    while (at < now.size()) {
      found.add(new Line(Kind.ADDED, now.get(at++)));
    }
    return found;
  }

  static List<String> lines(String text) {
    return Arrays.asList(text.split("\n", -1));
  }

  /**
   * For each line of the first text the line of the second that it stays as, else -1; ascending.
   */
  static int[] matches(List<String> old, List<String> now) {
    var matches = new int[old.size()];
    Arrays.fill(matches, -1);
    int head = 0;
    while (head < old.size() && head < now.size() && old.get(head).equals(now.get(head))) {
      matches[head] = head;
      head++;
    }
    int oldEnd = old.size();
    int nowEnd = now.size();
    while (oldEnd > head && nowEnd > head && old.get(oldEnd - 1).equals(now.get(nowEnd - 1))) {
      oldEnd--;
      nowEnd--;
      matches[oldEnd] = nowEnd;
    }
    if ((long) (oldEnd - head) * (nowEnd - head) <= MOST_PAIRS) {
      middle(old.subList(head, oldEnd), now.subList(head, nowEnd), head, matches);
    }
    return matches;
  }

  private static void middle(List<String> old, List<String> now, int head, int[] matches) {
    var longest = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        longest[i][j] =
            old.get(i).equals(now.get(j))
                ? longest[i + 1][j + 1] + 1
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < old.size() && j < now.size()) {
      if (old.get(i).equals(now.get(j))) {
        matches[head + i++] = head + j++;
      } else if (longest[i + 1][j] >= longest[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
  }
}
