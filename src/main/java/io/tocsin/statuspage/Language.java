package io.tocsin.statuspage;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A language of the public page. */
public enum Language {
  EN("English"),
  DE("Deutsch"),
  FR("Français"),
  ES("Español"),
  HI("हिन्दी");

  private final String autonym;

  Language(String autonym) {
    this.autonym = autonym;
  }

  /** Its name for itself, for the switch. */
  public String autonym() {
    return autonym;
  }

  /** As in {@code lang="de"}, {@code ?lang=de} and the cookie. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@code ltr} or {@code rtl}, for {@code dir}: which way its script runs. */
  public String direction() {
    return switch (this) {
      case EN, DE, FR, ES, HI -> "ltr";
    };
  }

  /** For dates and numbers. */
  public Locale locale() {
    return Locale.of(label());
  }

  /** Whether a number of things is said in the singular: in French and Hindi zero is, too. */
  boolean singular(long count) {
    return switch (this) {
      case EN, DE, ES -> count == 1;
      case FR, HI -> count == 0 || count == 1;
    };
  }

  /** Reads a label back, whatever its case; a region after it is ignored: {@code de-AT}. */
  public static Optional<Language> parse(String label) {
    String primary = label.strip().split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(known -> known.label().equals(primary)).findFirst();
  }
}
