package io.tocsin.silence;

import io.tocsin.label.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Matchers as Alertmanager wrote them before 0.27: a name of ASCII letters, and a value that ends
 * where the next comma outside of quotes is, so that it may hold spaces without quotes.
 */
final class ClassicMatchers {

  private static final Pattern FORM =
      Pattern.compile(
          "\\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(=~|=|!=|!~)\\s*(.*?)\\s*", Pattern.DOTALL);

  private ClassicMatchers() {}

  /** The matchers, when the whole text is of this syntax and names at least one or none in {}. */
  static Optional<List<Matcher>> parse(String text) {
    String inner = text.strip();
    boolean braces = inner.startsWith("{");
    if (braces != inner.endsWith("}")) {
      return Optional.empty();
    }
    if (braces) {
      inner = inner.substring(1, inner.length() - 1);
    }
    var matchers = new ArrayList<Matcher>();
    for (String token : tokens(inner)) {
      Optional<Matcher> matcher = one(token);
      if (matcher.isEmpty()) {
        return Optional.empty();
      }
      matchers.add(matcher.get());
    }
    return Optional.of(List.copyOf(matchers)).filter(all -> braces || !all.isEmpty());
  }

  private static List<String> tokens(String text) {
    var tokens = new ArrayList<String>();
    boolean quoted = false;
    boolean escaped = false;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' && !quoted) {
        tokens.add(text.substring(from, i));
        from = i + 1;
      } else if (c == '"' && !escaped) {
        quoted = !quoted;
      }
      escaped = c == '\\' && !escaped;
    }
    if (!text.substring(from).isBlank()) {
      tokens.add(text.substring(from));
    }
    return tokens;
  }

  private static Optional<Matcher> one(String token) {
    var form = FORM.matcher(token);
    if (!form.matches()) {
      return Optional.empty();
    }
    return value(form.group(3))
        .flatMap(
            value -> {
              try {
                return Optional.of(Matcher.of(form.group(1), op(form.group(2)), value));
              } catch (IllegalArgumentException notARegularExpression) {
                return Optional.empty();
              }
            });
  }

  private static Matcher.Op op(String symbol) {
    for (Matcher.Op op : Matcher.Op.values()) {
      if (op.symbol().equals(symbol)) {
        return op;
      }
    }
    throw new IllegalStateException(String.format(Locale.ROOT, "no operator %s", symbol));
  }

  /** A backslash before anything but n, quote and backslash stands for itself. */
  private static Optional<String> value(String raw) {
    boolean quoted = raw.startsWith("\"");
    String text = quoted ? raw.substring(1) : raw;
    var value = new StringBuilder();
    boolean closed = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        switch (next) {
          case 'n' -> value.append('\n');
          case '"', '\\' -> value.append(next);
          default -> value.append('\\').append(next);
        }
      } else if (c == '"') {
        if (!quoted || i < text.length() - 1) {
          return Optional.empty();
        }
        closed = true;
      } else {
        value.append(c);
      }
    }
    return closed == quoted ? Optional.of(value.toString()) : Optional.empty();
  }
}
