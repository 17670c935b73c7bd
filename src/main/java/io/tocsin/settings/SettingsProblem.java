package io.tocsin.settings;

import java.util.Optional;

/**
 * Something in a file that cannot be taken: says where (file, line, column, path), what was found
 * and what was expected. Never carries the value of a secret, only how it was written.
 */
public final class SettingsProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Place place;
  private final String path;
  private final String found;
  private final String expected;

  public SettingsProblem(Place place, String path, String found, String expected) {
    super(
        place
            + ": "
            + (path.isEmpty() ? "" : path + ": ")
            + "found "
            + found
            + ", expected "
            + expected);
    this.place = place;
    this.path = path;
    this.found = found;
    this.expected = expected;
  }

  /** An unknown key with the nearest known one, if any is near. */
  static SettingsProblem unknownKey(
      Place place, String path, String key, Optional<String> nearest) {
    return new SettingsProblem(
        place,
        path,
        "unknown key \"" + key + "\"",
        nearest.map(known -> "\"" + known + "\"?").orElse("none of that name"));
  }

  public Place place() {
    return place;
  }

  /** Path inside the file: {@code checks[0].http.url}. */
  public String path() {
    return path;
  }

  public String found() {
    return found;
  }

  public String expected() {
    return expected;
  }
}
