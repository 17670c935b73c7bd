package io.tocsin.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One setting as it is in force.
 *
 * @param path inside the configuration: {@code checks[0].http.url}
 * @param written as it stands in the file, with its holes unfilled; the usual value in words when
 *     nobody wrote one
 * @param place where it stands; empty for the usual value
 */
public record Setting(String path, String written, Optional<Place> place) {

  private static final Pattern HOLE = Pattern.compile("\\$\\{(env|file):([^}]*)}");

  /** Where a value comes from. */
  public enum Origin {
    FILE,
    ENVIRONMENT,
    DEFAULT
  }

  /** Where it comes from: a value that is filled in from outside comes from there. */
  public Origin origin() {
    if (place.isEmpty()) {
      return Origin.DEFAULT;
    }
    return hole("env").isPresent() ? Origin.ENVIRONMENT : Origin.FILE;
  }

  /** The variable or the other file that fills it. */
  public Optional<String> source() {
    return hole("env").or(() -> hole("file"));
  }

  private Optional<String> hole(String kind) {
    Matcher matcher = HOLE.matcher(written);
    while (matcher.find()) {
      if (matcher.group(1).equals(kind)) {
        return Optional.of(matcher.group(2));
      }
    }
    return Optional.empty();
  }

  /** For people's eyes: see {@link Masking}. */
  public String shown() {
    return place.isEmpty() ? written : Masking.shown(path, written);
  }
}
