package io.tocsin.http;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What becomes of a name that is not of the classic characters when it is exposed: the parameter
 * {@code escaping} of an exposition's media type.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/escaping_schemes/">Escaping schemes</a>
 */
enum NameEscaping {
  /** Written as it is, in quotes. */
  ALLOW_UTF_8("allow-utf-8") {
    @Override
    String of(String name) {
      return name;
    }
  },
  /** Every other character becomes {@code _}. */
  UNDERSCORES("underscores") {
    @Override
    String of(String name) {
      return isClassic(name) ? name : mapped(name, "_", other -> "_");
    }
  },
  /** {@code .} becomes {@code _dot_}, {@code _} two of them, what else there is too. */
  DOTS("dots") {
    @Override
    String of(String name) {
      return mapped(name, "__", other -> other == '.' ? "_dot_" : "__");
    }
  },
  /** {@code U__}, then every other character as its number; {@link EscapedName} reads it. */
  VALUES("values") {
    @Override
    String of(String name) {
      return isClassic(name)
          ? name
          : "U__" + mapped(name, "__", other -> "_" + Integer.toHexString(other) + "_");
    }
  };

  private final String word;

  NameEscaping(String word) {
    this.word = word;
  }

  /** The parameter's value. */
  String word() {
    return word;
  }

  /** The scheme of that name. */
  static Optional<NameEscaping> named(String word) {
    return Arrays.stream(values()).filter(scheme -> scheme.word.equals(word)).findFirst();
  }

  /** The name as it is exposed. */
  abstract String of(String name);

  /** Whether a metric of this name needs no quotes. */
  static boolean isClassic(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!isClassic(name.charAt(i), i)) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean isClassic(int c, int at) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || c == ':'
        || (c >= '0' && c <= '9' && at > 0);
  }

  private static String mapped(String name, String underscore, IntFunction<String> other) {
    var mapped = new StringBuilder(name.length());
    int c;
    for (int i = 0; i < name.length(); i += Character.charCount(c)) {
      c = name.codePointAt(i);
      if (c == '_') {
        mapped.append(underscore);
      } else {
        mapped.append(isClassic(c, i) ? Character.toString(c) : other.apply(c));
      }
    }
    return mapped.toString();
  }
}
