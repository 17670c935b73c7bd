package io.tocsin.series;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Regular expressions that only list words, such as {@code api|web|db\.main}. */
final class LiteralAlternatives {
  private static final String SPECIAL = ".+*?()[]{}^$";

  private LiteralAlternatives() {}

  /** The words an anchored expression matches, when it is nothing but words between bars. */
  static Optional<Set<String>> of(String expression) {
    String text = unwrapped(expression);
    var words = new LinkedHashSet<String>();
    var word = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '|') {
        words.add(word.toString());
        word.setLength(0);
      } else if (c == '\\') {
        i++;
        if (i == text.length() || !isPunctuation(text.charAt(i))) {
          return Optional.empty();
        }
        word.append(text.charAt(i));
      } else if (SPECIAL.indexOf(c) >= 0) {
        return Optional.empty();
      } else {
        word.append(c);
      }
    }
    words.add(word.toString());
    return Optional.of(words);
  }

  private static String unwrapped(String expression) {
    if (!expression.endsWith(")") || expression.endsWith("\\)")) {
      return expression;
    }
    if (expression.startsWith("(?:")) {
      return expression.substring(3, expression.length() - 1);
    }
    return expression.startsWith("(")
        ? expression.substring(1, expression.length() - 1)
        : expression;
  }

  private static boolean isPunctuation(char c) {
    return c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
  }
}
