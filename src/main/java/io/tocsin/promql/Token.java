package io.tocsin.promql;

/** A word of PromQL; the text of a string is its unquoted value. */
record Token(Kind kind, String text, Span span) {

  enum Kind {
    END,
    WORD,
    NUMBER,
    DURATION,
    STRING,
    SYMBOL
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Keywords are read without regard to case. */
  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  /** How messages call it. */
  String described() {
    return switch (kind) {
      case END -> "end of input";
      case WORD -> "identifier \"" + text + "\"";
      case NUMBER -> "number \"" + text + "\"";
      case DURATION -> "duration \"" + text + "\"";
      case STRING -> "string " + Strings.quote(text);
      case SYMBOL -> "\"" + text + "\"";
    };
  }
}
