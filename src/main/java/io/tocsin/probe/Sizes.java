package io.tocsin.probe;

import io.tocsin.settings.Section;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as Prometheus writes them: {@code 10MB} and {@code 10MiB} are the same, powers of 1024. */
final class Sizes {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})\\s*([KMG]?)(I?B)?");

  private Sizes() {}

  /** Bytes; 0 or nothing is {@code otherwise}. */
  static int bytes(Section section, String key, int otherwise) {
    String text = section.string(key, "0").toUpperCase(Locale.ROOT);
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw section.problem(key, "a size such as 10MB");
    }
    int shift =
        switch (matcher.group(2)) {
          case "K" -> 10;
          case "M" -> 20;
          case "G" -> 30;
          default -> 0;
        };
    long bytes = Long.parseLong(matcher.group(1)) << shift;
    if (bytes > otherwise) {
      throw section.problem(key, "at most " + (otherwise >> 20) + "MB");
    }
    return bytes == 0 ? otherwise : (int) bytes;
  }
}
