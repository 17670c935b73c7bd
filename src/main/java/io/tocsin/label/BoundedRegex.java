package io.tocsin.label;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Regular expressions of RE2 with a bound on what they cost. Matching is linear in the text, but
 * with a factor: a program in which repetitions are written out. Go's bounds on nesting and on
 * repetitions within repetitions hold here too, which the library leaves open; and a smaller one on
 * the whole, as our programs run slower.
 *
 * @see <a href="https://pkg.go.dev/regexp/syntax#ErrorCode">regexp/syntax, ErrInvalidRepeatSize,
 *     ErrNestingDepth and ErrLarge</a>
 */
public final class BoundedRegex {
  private static final int DEEPEST = 1000;
  private static final int MOST_REPEATED = 1000;

  /** Atoms that repetitions may add; a text of 2,000 characters is matched in about 10 ms then. */
  private static final long MOST_ADDED = 10_000;

  /** What was read of a group so far. */
  private static final class Group {
    private long size;
    private int repeated = 1;
    private long lastSize;
    private int lastRepeated = 1;

    void atom(long atomSize, int atomRepeated) {
      size += atomSize;
      repeated = Math.max(repeated, atomRepeated);
      lastSize = atomSize;
      lastRepeated = atomRepeated;
    }
  }

  private final String regex;
  private final Deque<Group> open = new ArrayDeque<>();
  private Group group = new Group();
  private long added;
  private int at;

  private BoundedRegex(String regex) {
    this.regex = regex;
  }

  /**
   * Compiles one.
   *
   * @param flags those of {@link Pattern}
   * @throws PatternSyntaxException when it is not valid, or would cost too much
   */
  public static Pattern compile(String regex, int flags) {
    new BoundedRegex(regex).check();
    return Pattern.compile(regex, flags);
  }

  /** As {@link #compile(String, int)} without flags. */
  public static Pattern compile(String regex) {
    return compile(regex, 0);
  }

  private void check() {
    while (at < regex.length()) {
      char c = regex.charAt(at);
      switch (c) {
        case '\\' -> escape();
        case '[' -> characterClass();
        case '(' -> open();
        case ')' -> close();
        case '{' -> repetition();
        default -> literal();
      }
    }
  }

  private void literal() {
    group.atom(1, 1);
    at++;
  }

  private void escape() {
    if (regex.startsWith("\\Q", at)) {
      int end = regex.indexOf("\\E", at);
      at = end < 0 ? regex.length() : end + 2;
    } else if (regex.startsWith("\\x{", at)) {
      int end = regex.indexOf('}', at);
      at = end < 0 ? regex.length() : end + 1;
    } else {
      at = Math.min(at + 2, regex.length());
    }
    group.atom(1, 1);
  }

  /** To behind its end; a bracket right at the start is one of its characters. */
  private void characterClass() {
    int i = at + 1;
    if (i < regex.length() && regex.charAt(i) == '^') {
      i++;
    }
    if (i < regex.length() && regex.charAt(i) == ']') {
      i++;
    }
    while (i < regex.length() && regex.charAt(i) != ']') {
      if (regex.startsWith("[:", i)) {
        int end = regex.indexOf(":]", i + 2);
        i = end < 0 ? i : end + 1;
      } else if (regex.charAt(i) == '\\') {
        i++;
      }
      i++;
    }
    at = Math.min(i + 1, regex.length());
    group.atom(1, 1);
  }

  private void open() {
    if (open.size() == DEEPEST) {
      throw new PatternSyntaxException("expression nests too deeply", regex);
    }
    open.push(group);
    group = new Group();
    at++;
  }

  private void close() {
    at++;
    if (!open.isEmpty()) { // else the library says that there is one too many
      Group inner = group;
      group = open.pop();
      group.atom(inner.size + 2, inner.repeated);
    }
  }

  /** {@code {n}}, {@code {n,}} or {@code {n,m}}; anything else in braces stands for itself. */
  private void repetition() {
    int end = regex.indexOf('}', at);
    String inside = end < 0 ? "" : regex.substring(at + 1, end);
    int comma = inside.indexOf(',');
    int least = number(comma < 0 ? inside : inside.substring(0, comma));
    int most =
        comma < 0 || comma == inside.length() - 1 ? least : number(inside.substring(comma + 1));
    if (least < 0 || most < 0) {
      literal();
      return;
    }
    int times = Math.max(1, Math.max(least, most));
    long repeated = (long) group.lastRepeated * times;
    if (repeated > MOST_REPEATED) {
      throw new PatternSyntaxException("invalid repeat count", regex.substring(at, end + 1));
    }
    long more = group.lastSize * (times - 1);
    added += more;
    if (added > MOST_ADDED) {
      throw new PatternSyntaxException("expression too large", regex);
    }
    group.size += more;
    group.lastSize += more;
    group.lastRepeated = (int) repeated;
    group.repeated = Math.max(group.repeated, group.lastRepeated);
    at = end + 1;
  }

  /** A whole number; -1 for any other text, and a large one for one too long. */
  private static int number(String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    return text.length() > 6 ? Integer.MAX_VALUE / 2 : Integer.parseInt(text);
  }
}
