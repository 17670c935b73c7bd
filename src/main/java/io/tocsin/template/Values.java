package io.tocsin.template;

import java.util.List;
import java.util.Map;

/** Truth, fields and order of a template's values. */
final class Values {

  private Values() {}

  /** False, zero, nil and what is empty are not true. */
  static boolean isTrue(Object value) {
    return switch (value) {
      case Boolean b -> b;
      case Long n -> n != 0;
      case Double d -> d != 0;
      case String s -> !s.isEmpty();
      case List<?> l -> !l.isEmpty();
      case Map<?, ?> m -> !m.isEmpty();
      case Nothing nothing -> false;
      default -> true;
    };
  }

  /** A field, or a map's entry; a missing entry is empty. */
  static Object field(Object value, String name) {
    return switch (value) {
      case Map<?, ?> map -> map.containsKey(name) ? map.get(name) : "";
      case QueryPort.Sample sample ->
          switch (name) {
            case "Labels" -> sample.labels();
            case "Value" -> sample.value();
            default -> throw noField(name, "a sample");
          };
      case AlertScope scope ->
          switch (name) {
            case "Labels" -> scope.labels();
            case "ExternalLabels" -> scope.externalLabels();
            case "ExternalURL" -> scope.externalUrl();
            case "Value" -> scope.value();
            default -> throw noField(name, "the alert");
          };
      default -> throw noField(name, GoFormat.type(value));
    };
  }

  private static IllegalArgumentException noField(String name, String of) {
    return new IllegalArgumentException("can't evaluate field " + name + " in " + of);
  }

  /** Numbers compare as numbers, whole or not; anything else only with its own kind. */
  static int compare(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return Double.compare(x.doubleValue(), y.doubleValue());
    }
    if (a instanceof String x && b instanceof String y) {
      return x.compareTo(y);
    }
    throw new IllegalArgumentException("incompatible types for comparison");
  }

  static boolean same(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return x.doubleValue() == y.doubleValue();
    }
    if (!a.getClass().equals(b.getClass())) {
      throw new IllegalArgumentException("incompatible types for comparison");
    }
    return a.equals(b);
  }

  /** A number as it is, or read from text. */
  static double number(Object value) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case String text -> parse(text);
      default ->
          throw new IllegalArgumentException("can't convert " + GoFormat.type(value) + " to float");
    };
  }

  private static double parse(String text) {
    return switch (text) {
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        try {
          yield Double.parseDouble(text);
        } catch (NumberFormatException e) {
          throw new IllegalArgumentException("expected a number, found \"" + text + "\"", e);
        }
      }
    };
  }

  static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("expected string, found " + GoFormat.type(value));
  }

  static QueryPort.Sample sample(Object value) {
    if (value instanceof QueryPort.Sample sample) {
      return sample;
    }
    throw new IllegalArgumentException("expected a sample, found " + GoFormat.type(value));
  }

  static List<?> list(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("expected a list, found " + GoFormat.type(value));
  }
}
