package io.tocsin.drift.option;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The parameters of one call, checked against what the method takes. */
public final class Options {

  private final Map<String, String> given;
  private final Map<String, String> otherwise;

  private Options(Map<String, String> given, Map<String, String> otherwise) {
    this.given = given;
    this.otherwise = otherwise;
  }

  /** Every parameter at its default. */
  public static Options defaults(List<Parameter> parameters) {
    return of(parameters, Map.of());
  }

  /**
   * Checks what was given.
   *
   * @throws BadOption for an unknown name or a value the parameter does not take
   */
  public static Options of(List<Parameter> parameters, Map<String, String> given) {
    Map<String, Parameter> known =
        parameters.stream().collect(Collectors.toMap(Parameter::name, p -> p));
    var checked = new HashMap<String, String>();
    new TreeMap<>(given)
        .forEach(
            (name, value) -> {
              Parameter parameter = known.get(name);
              if (parameter == null) {
                throw new BadOption(
                    name,
                    value,
                    known.isEmpty()
                        ? "no parameters"
                        : "a parameter among " + String.join(", ", new TreeMap<>(known).keySet()));
              }
              checked.put(name, parameter.accept(value));
            });
    var defaults = new HashMap<String, String>();
    parameters.forEach(parameter -> defaults.put(parameter.name(), parameter.otherwise()));
    return new Options(Map.copyOf(checked), Map.copyOf(defaults));
  }

  /** The same with other defaults, as a variant has them; what was given stays. */
  public Options preset(Map<String, String> defaults) {
    var merged = new HashMap<>(otherwise);
    merged.putAll(defaults);
    return new Options(given, Map.copyOf(merged));
  }

  /** Whether a value was given. */
  public boolean has(String name) {
    return given.containsKey(name);
  }

  /** Value or default; empty text when there is neither. */
  public String text(String name) {
    String value = given.get(name);
    String fallback = otherwise.get(name);
    if (value == null && fallback == null) {
      throw new IllegalStateException("the method declares no parameter " + name);
    }
    return value != null ? value : String.valueOf(fallback);
  }

  /** A text that has no default. */
  public Optional<String> given(String name) {
    return Optional.ofNullable(given.get(name));
  }

  public double real(String name) {
    return Double.parseDouble(text(name));
  }

  public int whole(String name) {
    return (int) Double.parseDouble(text(name));
  }

  public boolean flag(String name) {
    return Boolean.parseBoolean(text(name));
  }

  /** A choice as the constant it names. */
  public <E extends Enum<E>> E choice(String name, Class<E> type) {
    String word = text(name).toUpperCase(Locale.ROOT);
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name + " has no constant " + word));
  }

  /** Every parameter with its value. */
  public Map<String, String> all() {
    var all = new TreeMap<>(otherwise);
    all.putAll(given);
    return all;
  }
}
