package io.tocsin.template;

/** A place in a template's text. */
final class Cursor {
  private final String text;
  int at;

  Cursor(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  /** The next character; a NUL at the end. */
  char peek() {
    return atEnd() ? '\0' : text.charAt(at);
  }

  boolean looksAt(String expected) {
    return text.startsWith(expected, at);
  }

  boolean accept(String expected) {
    boolean found = looksAt(expected);
    at += found ? expected.length() : 0;
    return found;
  }

  void skipSpace() {
    while (!atEnd() && isSpace(text.charAt(at))) {
      at++;
    }
  }

  /** What the language takes for white space; anything else is not. */
  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  /** Takes letters, digits and underscores. */
  String word() {
    int start = at;
    while (!atEnd() && (Character.isLetterOrDigit(peek()) || peek() == '_')) {
      at++;
    }
    return text.substring(start, at);
  }

  TemplateProblem problem(String reason) {
    return problem(at, reason);
  }

  TemplateProblem problem(int offset, String reason) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < Math.min(offset, text.length()); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new TemplateProblem(line, offset - lineStart + 1, reason);
  }
}
