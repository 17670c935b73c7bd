package io.tocsin.client;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** One prediction, or what was true for one, under way to the service. Not thread-safe. */
public final class Row {

  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final Map<String, Object> features = new LinkedHashMap<>();
  private final Map<String, Object> labels = new LinkedHashMap<>();
  private final Map<String, Object> probabilities = new LinkedHashMap<>();

  private Row() {}

  /** A row with the id that joins a prediction with its truth. */
  public static Row of(String id) {
    return new Row().field("id", id);
  }

  /** When the model answered; when it is received if not set. */
  public Row time(Instant time) {
    return field("time", time.toString());
  }

  public Row version(String version) {
    return field("version", version);
  }

  /** A number; one that is not finite is missing. */
  public Row feature(String name, double value) {
    features.put(name, value);
    return this;
  }

  /** A category. */
  public Row feature(String name, String value) {
    features.put(name, value);
    return this;
  }

  public Row feature(String name, boolean value) {
    features.put(name, value);
    return this;
  }

  /** The class the model chose. */
  public Row prediction(String answer) {
    return field("prediction", answer);
  }

  /** The number the model worked out. */
  public Row prediction(double answer) {
    return field("prediction", answer);
  }

  public Row prediction(boolean answer) {
    return field("prediction", answer);
  }

  /** How sure the model is of its answer, ratio 0-1. */
  public Row confidence(double ratio) {
    return field("confidence", ratio);
  }

  /** The score of the positive class. */
  public Row score(double score) {
    return field("score", score);
  }

  /** The probability of one class, ratio 0-1. */
  public Row probability(String name, double ratio) {
    probabilities.put(name, ratio);
    return this;
  }

  /** How long the model took, milliseconds. */
  public Row latencyMillis(double millis) {
    return field("latency_ms", millis);
  }

  /** Counted apart where the label is declared as a slice of the model. */
  public Row label(String name, String value) {
    labels.put(name, value);
    return this;
  }

  /** What was true, for {@link ModelClient#truths}. */
  public Row actual(String truth) {
    return field("actual", truth);
  }

  public Row actual(double truth) {
    return field("actual", truth);
  }

  public Row actual(boolean truth) {
    return field("actual", truth);
  }

  private Row field(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  /** The row as one line of JSON. */
  String json() {
    var all = new LinkedHashMap<>(fields);
    put(all, "features", features);
    put(all, "probabilities", probabilities);
    put(all, "labels", labels);
    var out = new StringBuilder();
    write(out, all);
    return out.toString();
  }

  private static void put(Map<String, Object> all, String name, Map<String, Object> part) {
    if (!part.isEmpty()) {
      all.put(name, part);
    }
  }

  private static void write(StringBuilder out, Object value) {
    switch (value) {
      case Map<?, ?> object -> {
        char before = '{';
        for (Map.Entry<?, ?> entry : object.entrySet()) {
          out.append(before);
          text(out, String.valueOf(entry.getKey()));
          out.append(':');
          write(out, entry.getValue());
          before = ',';
        }
        out.append(before == '{' ? "{}" : "}");
      }
      case Double number -> out.append(Double.isFinite(number) ? number.toString() : "null");
      case Boolean flag -> out.append(flag);
      default -> text(out, value.toString());
    }
  }

  private static void text(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char one = text.charAt(i);
      if (one == '"' || one == '\\') {
        out.append('\\').append(one);
      } else if (one < ' ' || Character.isSurrogate(one)) {
        out.append(String.format("\\u%04x", (int) one));
      } else {
        out.append(one);
      }
    }
    out.append('"');
  }
}
