package io.tocsin.promql;

import java.util.Locale;
import java.util.Set;

/** A word of PromQL; the text of a string is its unquoted value. */
record Token(Kind kind, String text, Span span) {

  enum Kind {
    END,
    WORD,
    NUMBER,
    DURATION,
    STRING,
    SYMBOL,
    /** What cannot be read; the text says why. */
    ERROR
  }

  private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "atan2");

  private static final Set<String> KEYWORDS =
      Set.of(
          "and",
          "or",
          "unless",
          "atan2",
          "offset",
          "by",
          "without",
          "on",
          "ignoring",
          "group_left",
          "group_right",
          "bool",
          "fill",
          "fill_left",
          "fill_right");

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Keywords are read without regard to case. */
  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  /** Whether it is a word that means something of its own in some place. */
  boolean isKeyword() {
    return kind == Kind.WORD && KEYWORDS.contains(text.toLowerCase(Locale.ROOT));
  }

  /** How messages call it, in Prometheus' notation. */
  String described() {
    return switch (kind) {
      case END -> "end of input";
      case ERROR -> text;
      case NUMBER -> "number \"" + text + "\"";
      case DURATION -> "duration \"" + text + "\"";
      case STRING -> "string " + Strings.quote(Strings.quote(text));
      case SYMBOL -> "(){}[],:=".contains(text) ? "\"" + text + "\"" : "<op:" + text + ">";
      case WORD -> {
        if (Parser.aggregateOp(text).isPresent()) {
          yield "<aggr:" + text + ">";
        }
        if (OPERATORS.contains(text.toLowerCase(Locale.ROOT))) {
          yield "<op:" + text + ">";
        }
        String sort = text.indexOf(':') < 0 ? "identifier" : "metric identifier";
        yield isKeyword() ? "<" + text + ">" : sort + " \"" + text + "\"";
      }
    };
  }
}
