package io.tocsin.statuspage;

import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * One language's texts by key, from {@code words_XX.properties}; {@code {0}}, {@code {1}} stand for
 * what is filled in. Nothing is escaped here.
 */
final class Phrases {

  /** Where the texts are on the class path. */
  static final String BUNDLE = "io.tocsin.statuspage.words";

  private final Language language;
  private final ResourceBundle texts;

  private Phrases(Language language, ResourceBundle texts) {
    this.language = language;
    this.texts = texts;
  }

  static Phrases of(Language language) {
    var alone = ResourceBundle.Control.getNoFallbackControl(List.of("java.properties"));
    Locale locale = language.locale();
    return new Phrases(
        language, ResourceBundle.getBundle(BUNDLE, locale, Phrases.class.getClassLoader(), alone));
  }

  /**
   * The text of a key with its holes filled.
   *
   * @throws MissingResourceException for a key that the language lacks
   */
  String say(String key, Object... values) {
    String text = texts.getString(key);
    if (values.length == 0) {
      return text;
    }
    var filled = new StringBuilder(text.length() + 32);
    int from = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
      filled.append(text, from, open).append(values[text.charAt(open + 1) - '0']);
      from = open + 3;
    }
    return filled.append(text, from, text.length()).toString();
  }

  /** The text for a number of things: {@code KEY.one} or {@code KEY.many}, the number is {0}. */
  String count(String key, long count) {
    return say(key + (language.singular(count) ? ".one" : ".many"), count);
  }
}
