package io.tocsin.template;

import com.google.re2j.Matcher;

/**
 * Fills the holes of a replacement from a match: {@code $1}, {@code ${1}}, {@code $name}, {@code
 * ${name}}; {@code $$} is a dollar, an unknown group is empty.
 *
 * @see <a href="https://pkg.go.dev/regexp#Regexp.Expand">Go regexp.Expand</a>
 */
public final class Captures {

  private Captures() {}

  /** The replacement filled from the current match. */
  public static String expand(String replacement, Matcher found) {
    var text = new StringBuilder();
    int i = 0;
    while (i < replacement.length()) {
      char c = replacement.charAt(i++);
      if (c != '$' || i == replacement.length()) {
        text.append(c);
        continue;
      }
      if (replacement.charAt(i) == '$') {
        text.append('$');
        i++;
        continue;
      }
      boolean braced = replacement.charAt(i) == '{';
      int start = braced ? i + 1 : i;
      int end = start;
      while (end < replacement.length() && isNamePart(replacement.charAt(end))) {
        end++;
      }
      boolean closed = !braced || (end < replacement.length() && replacement.charAt(end) == '}');
      if (end == start || !closed) {
        text.append('$');
        continue;
      }
      text.append(group(found, replacement.substring(start, end)));
      i = braced ? end + 1 : end;
    }
    return text.toString();
  }

  /** The text with every match replaced. */
  static String replaceAll(Matcher matches, String text, String replacement) {
    var replaced = new StringBuilder();
    int copied = 0;
    while (matches.find()) {
      replaced.append(text, copied, matches.start()).append(expand(replacement, matches));
      copied = matches.end();
    }
    return replaced.append(text, copied, text.length()).toString();
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static String group(Matcher found, String name) {
    try {
      boolean number = name.chars().allMatch(Character::isDigit);
      String value = number ? found.group(Integer.parseInt(name)) : found.group(name);
      return value == null ? "" : value;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return "";
    }
  }
}
