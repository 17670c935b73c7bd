package io.tocsin.drift.option;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A parameter that a method takes.
 *
 * @param name as written in requests
 * @param kind which values it takes
 * @param otherwise the value when none is given; empty when the method works it out
 * @param meaning one sentence
 */
public record Parameter(String name, Kind kind, String otherwise, String meaning) {

  /** Which values a parameter takes. */
  public sealed interface Kind {

    /** One of these words. */
    record Choice(List<String> words) implements Kind {
      public Choice {
        words = List.copyOf(words);
      }
    }

    /** A finite number within bounds, both included. */
    record Real(double least, double most) implements Kind {}

    /** A whole number within bounds, both included. */
    record Whole(int least, int most) implements Kind {}

    /** True or false. */
    record Flag() implements Kind {}

    /** Any text, such as the name of a category. */
    record Text() implements Kind {}
  }

  public static Parameter choice(
      String name, List<String> words, String otherwise, String meaning) {
    return new Parameter(name, new Kind.Choice(words), otherwise, meaning);
  }

  /** A parameter whose words are an enum's constants in lower case. */
  public static <E extends Enum<E>> Parameter choice(String name, E otherwise, String meaning) {
    List<String> words =
        Arrays.stream(otherwise.getDeclaringClass().getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList();
    return choice(name, words, otherwise.name().toLowerCase(Locale.ROOT), meaning);
  }

  public static Parameter real(
      String name, double least, double most, double otherwise, String meaning) {
    return new Parameter(name, new Kind.Real(least, most), String.valueOf(otherwise), meaning);
  }

  public static Parameter whole(String name, int least, int most, int otherwise, String meaning) {
    return new Parameter(name, new Kind.Whole(least, most), String.valueOf(otherwise), meaning);
  }

  public static Parameter flag(String name, boolean otherwise, String meaning) {
    return new Parameter(name, new Kind.Flag(), String.valueOf(otherwise), meaning);
  }

  /** A text that the method works out when none is given. */
  public static Parameter text(String name, String meaning) {
    return new Parameter(name, new Kind.Text(), "", meaning);
  }

  /** The values it takes, in words. */
  public String expected() {
    return switch (kind) {
      case Kind.Choice(var words) -> "one of " + String.join(", ", words);
      case Kind.Real(double least, double most) -> "a number from " + least + " to " + most;
      case Kind.Whole(int least, int most) -> "a whole number from " + least + " to " + most;
      case Kind.Flag() -> "true or false";
      case Kind.Text() -> "a text";
    };
  }

  /** The value in its normal spelling. */
  String accept(String found) {
    boolean fits =
        switch (kind) {
          case Kind.Choice(var words) -> words.contains(found);
          case Kind.Real(double least, double most) -> within(found, least, most, false);
          case Kind.Whole(int least, int most) -> within(found, least, most, true);
          case Kind.Flag() -> found.equals("true") || found.equals("false");
          case Kind.Text() -> true;
        };
    if (!fits) {
      throw new BadOption(name, found, expected());
    }
    return found;
  }

  private static boolean within(String found, double least, double most, boolean whole) {
    try {
      double number = Double.parseDouble(found);
      return number >= least && number <= most && (!whole || number == Math.rint(number));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
