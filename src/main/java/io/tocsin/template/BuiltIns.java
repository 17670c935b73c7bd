package io.tocsin.template;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Go's built-in functions that are more than an operator.
 *
 * @see <a href="https://pkg.go.dev/text/template#hdr-Functions">text/template, Functions</a>
 */
final class BuiltIns {

  private BuiltIns() {}

  static Object length(Object value) {
    return switch (value) {
      case String text -> (long) bytes(text).length;
      case List<?> list -> (long) list.size();
      case Map<?, ?> map -> (long) map.size();
      default -> throw new IllegalArgumentException("len of type " + GoFormat.type(value));
    };
  }

  /** An element of an element of ...; of a text it is a byte's number. */
  static Object index(Object start, List<?> keys) {
    Object value = start;
    for (Object key : keys) {
      value =
          switch (value) {
            case Map<?, ?> map -> Values.field(map, Values.text(key));
            case List<?> list -> list.get(position(key, list.size() - 1));
            case String text -> {
              byte[] bytes = bytes(text);
              yield (long) (bytes[position(key, bytes.length - 1)] & 0xff);
            }
            default ->
                throw new IllegalArgumentException(
                    "can't index item of type " + GoFormat.type(value));
          };
    }
    return value;
  }

  /** A part of a list or a text, by bytes. */
  static Object slice(Object value, List<?> bounds) {
    int size = (int) (long) (Long) length(value);
    int from = bounds.isEmpty() ? 0 : position(bounds.getFirst(), size);
    int to = bounds.size() < 2 ? size : position(bounds.get(1), size);
    if (from > to) {
      throw new IllegalArgumentException("invalid slice index: " + from + " > " + to);
    }
    return switch (value) {
      case String text -> new String(bytes(text), from, to - from, StandardCharsets.UTF_8);
      case List<?> list -> list.subList(from, to);
      default ->
          throw new IllegalArgumentException("can't slice item of type " + GoFormat.type(value));
    };
  }

  private static int position(Object key, int most) {
    if (!(key instanceof Long at)) {
      throw new IllegalArgumentException(
          "cannot index slice/array with type " + GoFormat.type(key));
    }
    if (at < 0 || at > most) {
      throw new IllegalArgumentException("index out of range: " + at);
    }
    return (int) (long) at;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Values one after the other, a space between two of which neither is a text. */
  static String print(List<?> values) {
    var text = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      boolean apart =
          i > 0 && !(values.get(i) instanceof String) && !(values.get(i - 1) instanceof String);
      text.append(apart ? " " : "").append(GoFormat.print(values.get(i)));
    }
    return text.toString();
  }

  static String println(List<?> values) {
    return String.join(" ", values.stream().map(GoFormat::print).toList()) + "\n";
  }

  static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;")
        .replace("'", "&#39;")
        .replace("\0", "\ufffd");
  }

  /** Safe inside a quoted JavaScript text. */
  static String js(String text) {
    var escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '\\' -> escaped.append("\\\\");
                case '\'' -> escaped.append("\\'");
                case '"' -> escaped.append("\\\"");
                case '<', '>', '&', '=' -> escaped.append(unicode(point));
                default -> {
                  boolean plain = point >= ' ' && !Character.isISOControl(point);
                  escaped.append(plain ? Character.toString(point) : unicode(point));
                }
              }
            });
    return escaped.toString();
  }

  private static String unicode(int point) {
    return String.format(Locale.ROOT, "\\u%04X", point);
  }

  static Object notAFunction(Object value) {
    throw new IllegalArgumentException("non-function of type " + GoFormat.type(value));
  }
}
