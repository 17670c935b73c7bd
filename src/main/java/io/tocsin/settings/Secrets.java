package io.tocsin.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code ${env:NAME}} and {@code ${file:path}} in a scalar. Values never appear in messages:
 * problems quote the text as written.
 *
 * @param environment the environment's variables
 * @param directory where relative paths of {@code ${file:}} start
 * @param allowed whether holes may be filled at all
 */
public record Secrets(Map<String, String> environment, Path directory, boolean allowed) {

  public Secrets(Map<String, String> environment, Path directory) {
    this(environment, directory, true);
  }

  private static final Pattern HOLE = Pattern.compile("\\$\\{(env|file):([^}]*)}");

  /** Nothing is filled in from outside. */
  public static Secrets none() {
    return new Secrets(Map.of(), Path.of("."));
  }

  /** For texts of strangers: a hole is an error, since filling it would tell them our secrets. */
  public static Secrets refused() {
    return new Secrets(Map.of(), Path.of("."), false);
  }

  /**
   * The text with its holes filled.
   *
   * @param problem makes the exception from what was found wrong
   */
  String fill(String text, Function<String, SettingsProblem> problem) {
    if (!text.contains("${")) {
      return text;
    }
    Matcher matcher = HOLE.matcher(text);
    if (!allowed && matcher.find()) {
      throw problem.apply("the value itself: only files may name variables and other files");
    }
    return matcher.replaceAll(
        hole -> Matcher.quoteReplacement(resolve(hole.group(1), hole.group(2), problem)));
  }

  private String resolve(String kind, String name, Function<String, SettingsProblem> problem) {
    if (kind.equals("env")) {
      String value = environment.get(name);
      if (value == null) {
        throw problem.apply("an environment variable " + name + " that is set");
      }
      return value;
    }
    Path file = directory.resolve(name);
    try {
      return Files.readString(file).strip();
    } catch (IOException | UncheckedIOException e) {
      throw problem.apply("a readable file " + name);
    }
  }

  @Override
  public String toString() {
    return "Secrets[" + directory + "]";
  }
}
