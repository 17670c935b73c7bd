package io.tocsin.template;

import java.time.Duration;
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
      case LabelPairs pairs -> pairs.field(name);
      case Map<?, ?> map -> map.containsKey(name) ? map.get(name) : "";
      case NamedParts list when list.parts().containsKey(name) -> list.part(name);
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
      case Nothing nothing ->
          throw new IllegalArgumentException("nil pointer evaluating interface {}." + name);
      default -> {
        if (Methods.has(value)) {
          yield Methods.call(value, name, List.of());
        }
        throw noField(name, GoFormat.type(value));
      }
    };
  }

  private static IllegalArgumentException noField(String name, String of) {
    return new IllegalArgumentException("can't evaluate field " + name + " in " + of);
  }

  /** The kinds that can be compared, each only with its own. */
  private enum Kind {
    BOOLEAN,
    WHOLE,
    REAL,
    TEXT
  }

  private static Kind kind(Object value) {
    return switch (value) {
      case Boolean b -> Kind.BOOLEAN;
      case Long n -> Kind.WHOLE;
      case Double d -> Kind.REAL;
      case String s -> Kind.TEXT;
      default -> throw new IllegalArgumentException("invalid type for comparison");
    };
  }

  /**
   * Whether one is less than the other. As in Go a whole number is never compared with a real one:
   * {@code gt $value 5} is an error, {@code gt $value 5.0} is not.
   */
  static boolean less(Object a, Object b) {
    requireSameKind(a, b);
    return switch (a) {
      case Long x -> x < (Long) b;
      case Double x -> x < (Double) b;
      case String x -> x.compareTo((String) b) < 0;
      default -> throw new IllegalArgumentException("invalid type for comparison");
    };
  }

  static boolean same(Object a, Object b) {
    if (a instanceof Nothing || b instanceof Nothing) {
      return a instanceof Nothing && b instanceof Nothing;
    }
    requireSameKind(a, b);
    return a instanceof Double x ? x.doubleValue() == (Double) b : a.equals(b);
  }

  private static void requireSameKind(Object a, Object b) {
    if (kind(a) != kind(b)) {
      throw new IllegalArgumentException("incompatible types for comparison");
    }
  }

  /** A number as it is, read from text, or a duration's seconds. */
  static double number(Object value) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case String text -> GoFormat.parse(text);
      case Duration duration -> duration.getSeconds() + duration.getNano() / 1e9;
      default ->
          throw new IllegalArgumentException("can't convert " + GoFormat.type(value) + " to float");
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
