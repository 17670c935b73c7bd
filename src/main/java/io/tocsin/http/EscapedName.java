package io.tocsin.http;

/**
 * Names of any text in a path: {@code U__http_2e_status} is {@code http.status}.
 *
 * @see <a
 *     href="https://github.com/prometheus/proposals/blob/main/proposals/2023-08-21-utf8.md#text-escaping">
 *     Text escaping</a>
 */
final class EscapedName {
  private static final String PREFIX = "U__";

  private EscapedName() {}

  /** The name; a text that is not escaped, or not well, is the name itself. */
  static String read(String text) {
    if (!text.startsWith(PREFIX)) {
      return text;
    }
    var name = new StringBuilder();
    int i = PREFIX.length();
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c != '_') {
        name.append(c);
        continue;
      }
      int end = text.indexOf('_', i);
      if (end == i) {
        name.append('_');
      } else if (end < 0 || !append(text.substring(i, end), name)) {
        return text;
      }
      i = end + 1;
    }
    return name.toString();
  }

  private static boolean append(String hex, StringBuilder into) {
    try {
      int point = hex.length() > 6 ? -1 : Integer.parseInt(hex, 16);
      if (!Character.isValidCodePoint(point)) {
        return false;
      }
      into.appendCodePoint(point);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
