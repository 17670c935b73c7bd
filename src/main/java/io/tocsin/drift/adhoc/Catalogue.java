package io.tocsin.drift.adhoc;

import io.tocsin.drift.DriftTest;
import io.tocsin.drift.option.Parameter;
import io.tocsin.drift.stream.ChangeDetector;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be asked: methods, detectors, their parameters and defaults. */
public record Catalogue(List<Method> methods, List<Detector> detectors, int mostValues) {

  /**
   * A method of comparing.
   *
   * @param on numbers, or both numbers and categories
   * @param warning the effect worth a warning
   * @param critical the effect that is a drift
   */
  public record Method(
      String id,
      List<String> aliases,
      String on,
      double warning,
      double critical,
      List<Offer> parameters) {}

  /**
   * A change detector.
   *
   * @param input bits (1 an error), unit (0 to 1) or numbers
   */
  public record Detector(String id, String input, List<Offer> parameters) {}

  /**
   * A parameter.
   *
   * @param type choice, real, whole, flag or text
   * @param defaultValue the value when none is given; empty when the method works it out
   */
  public record Offer(
      String name,
      String type,
      Optional<List<String>> words,
      Optional<Double> least,
      Optional<Double> most,
      String defaultValue,
      String meaning) {

    static Offer of(Parameter parameter) {
      return switch (parameter.kind()) {
        case Parameter.Kind.Choice(List<String> words) ->
            offer(parameter, "choice", Optional.of(words), Optional.empty(), Optional.empty());
        case Parameter.Kind.Real(double least, double most) ->
            offer(parameter, "real", Optional.empty(), Optional.of(least), Optional.of(most));
        case Parameter.Kind.Whole(int least, int most) ->
            offer(
                parameter,
                "whole",
                Optional.empty(),
                Optional.of((double) least),
                Optional.of((double) most));
        case Parameter.Kind.Flag() ->
            offer(parameter, "flag", Optional.empty(), Optional.empty(), Optional.empty());
        case Parameter.Kind.Text() ->
            offer(parameter, "text", Optional.empty(), Optional.empty(), Optional.empty());
      };
    }

    private static Offer offer(
        Parameter parameter,
        String type,
        Optional<List<String>> words,
        Optional<Double> least,
        Optional<Double> most) {
      return new Offer(
          parameter.name(), type, words, least, most, parameter.otherwise(), parameter.meaning());
    }
  }

  /** Everything there is. */
  public static Catalogue all() {
    return new Catalogue(
        Arrays.stream(DriftTest.values())
            .map(
                test ->
                    new Method(
                        test.id(),
                        test.aliases(),
                        test.on().name().toLowerCase(Locale.ROOT),
                        test.warning(),
                        test.critical(),
                        offers(test.parameters())))
            .toList(),
        Arrays.stream(ChangeDetector.values())
            .map(
                detector ->
                    new Detector(
                        detector.id(),
                        detector.input().name().toLowerCase(Locale.ROOT),
                        offers(detector.parameters())))
            .toList(),
        Requests.MOST_VALUES);
  }

  private static List<Offer> offers(List<Parameter> parameters) {
    return parameters.stream().map(Offer::of).toList();
  }
}
