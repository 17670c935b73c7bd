package io.tocsin.template;

/**
 * Foreign text inside our Markdown: whatever a label, an annotation or a person put in shows as it
 * is and means nothing, in prose and in tables.
 *
 * @see <a href="https://spec.commonmark.org/0.31.2/#backslash-escapes">CommonMark, backslash
 *     escapes</a>
 */
public final class Markdown {

  private static final String ACTIVE = "\\`*[]<>|~&#";

  private Markdown() {}

  /** One line of prose. */
  public static String text(String raw) {
    String line = oneLine(raw);
    var text = new StringBuilder(line.length() + 16);
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (ACTIVE.indexOf(c) >= 0 || (c == '_' && !insideWord(line, i))) {
        text.append('\\');
      }
      text.append(c);
    }
    return text.toString();
  }

  /** Within a word an underscore is only an underscore, and metric names stay readable. */
  private static boolean insideWord(String line, int i) {
    return i > 0
        && i + 1 < line.length()
        && Character.isLetterOrDigit(line.charAt(i - 1))
        && Character.isLetterOrDigit(line.charAt(i + 1));
  }

  /** A code span; longer fences hold text that has backticks itself. */
  public static String code(String raw) {
    String line = oneLine(raw);
    if (line.isEmpty()) {
      return "";
    }
    var fence = new StringBuilder("`");
    while (line.contains(fence)) {
      fence.append('`');
    }
    String padding = line.startsWith("`") || line.endsWith("`") ? " " : "";
    return fence + padding + line + padding + fence;
  }

  /** Also without what turns the direction of writing. */
  private static String oneLine(String raw) {
    return raw.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\s\\u202a-\\u202e\\u2066-\\u2069]+", " ")
        .strip();
  }
}
