package io.tocsin.ingest;

import io.tocsin.ingest.Refused.Reason;
import io.tocsin.label.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Influx' line protocol: {@code measurement,tag=value field=1.5,other=2i timestamp}. Each number or
 * boolean is a sample named {@code measurement_field}, or {@code measurement} when the field is
 * {@code value}; texts are passed over. Names become Prometheus' by underscores.
 *
 * @see <a href="https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/">Line
 *     protocol</a>
 */
final class InfluxLines {
  private static final int MOST_NAMES = 10_000;

  private final String text;
  private final Format.Intake intake;
  private final Collected collected;
  private final LabelSet set;
  private final Map<String, String> names = new HashMap<>();
  private int line = 1;
  private int lineStart;
  private int at;

  private record Field(String key, double value) {}

  InfluxLines(byte[] body, Format.Intake intake) {
    this.text = Utf8.text(body, 0, body.length, () -> "body");
    this.intake = intake;
    this.collected = new Collected(intake);
    this.set = new LabelSet(intake);
  }

  Decoded decode() {
    while (at < text.length()) {
      lineStart = at;
      blanks();
      if (!atEnd() && !is('#')) {
        point();
      }
      if (is('#')) {
        at = text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at);
      }
      if (is('\r')) {
        at++;
      }
      if (!is('\n') && at < text.length()) {
        throw expected("the end of the line");
      }
      at++;
      line++;
    }
    return collected.done();
  }

  private void point() {
    String measurement = word(", ");
    if (measurement.isEmpty()) {
      throw expected("a measurement");
    }
    var tags = new TreeMap<String, String>();
    while (is(',')) {
      at++;
      String key = word("=, ");
      pass('=', "'=' behind a tag's key");
      String value = word(", ");
      if (key.isEmpty() || value.isEmpty()) {
        throw expected("a tag with key and value");
      }
      tags.put(label(key), value);
    }
    pass(' ', "a blank and then fields");
    blanks();
    List<Field> fields = fields();
    blanks();
    long timestamp = atEnd() ? intake.receivedMillis() : timestamp();
    blanks();
    for (Field field : fields) {
      add(measurement, field, tags, timestamp);
    }
  }

  private void add(String measurement, Field field, Map<String, String> tags, long timestamp) {
    String full = field.key.equals("value") ? measurement : measurement + "_" + field.key;
    set.clear();
    set.add(Labels.NAME, metric(full));
    tags.forEach(set::add);
    try {
      collected.add(set.build(this::where), timestamp, field.value, this::where);
    } catch (MalformedInput e) {
      if (!e.isAboutLabels()) {
        throw e;
      }
      collected.refuse(Reason.LABELS, 1, String.valueOf(e.getMessage()));
    }
  }

  private String metric(String full) {
    if (names.size() > MOST_NAMES) {
      names.clear();
    }
    return names.computeIfAbsent(full, name -> OtlpNames.metric(name, "", OtlpNames.Kind.OTHER));
  }

  /** A key of which nothing would be left stays as it is. */
  private static String label(String key) {
    String name = OtlpNames.label(key);
    return name.isEmpty() ? key : name;
  }

  private List<Field> fields() {
    var fields = new ArrayList<Field>();
    while (true) {
      String key = word("=, ");
      pass('=', "'=' behind a field's key");
      if (key.isEmpty()) {
        throw expected("a field with a key");
      }
      if (is('"')) {
        passText();
      } else {
        fields.add(new Field(key, value()));
      }
      if (!is(',')) {
        return fields;
      }
      at++;
    }
  }

  private void passText() {
    at++;
    while (at < text.length() && !is('"')) {
      if (is('\n')) {
        line++;
      }
      at += is('\\') ? 2 : 1;
    }
    if (at >= text.length()) {
      at = text.length();
      throw expected("'\"'");
    }
    at++;
  }

  private double value() {
    int from = at;
    while (!atEnd() && !is(',') && !is(' ')) {
      at++;
    }
    String word = text.substring(from, at);
    switch (word) {
      case "t", "T", "true", "True", "TRUE" -> {
        return 1;
      }
      case "f", "F", "false", "False", "FALSE" -> {
        return 0;
      }
      default -> {}
    }
    boolean whole = word.endsWith("i") || word.endsWith("u");
    byte[] digits =
        (whole ? word.substring(0, word.length() - 1) : word).getBytes(StandardCharsets.UTF_8);
    try {
      return FloatText.parse(digits, 0, digits.length);
    } catch (NumberFormatException e) {
      at = from;
      throw expected("a number, a boolean or a text in quotes");
    }
  }

  private long timestamp() {
    int from = at;
    while (!atEnd() && !is(' ')) {
      at++;
    }
    try {
      return intake.timestampUnit().toMillis(Long.parseLong(text.substring(from, at)));
    } catch (NumberFormatException e) {
      at = from;
      throw expected("a timestamp");
    }
  }

  /** Up to one of these characters, with backslashes before them taken away. */
  private String word(String ends) {
    var word = new StringBuilder();
    while (!atEnd() && ends.indexOf(text.charAt(at)) < 0) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length() && ",= \\".indexOf(text.charAt(at + 1)) >= 0) {
        at++;
        c = text.charAt(at);
      }
      word.append(c);
      at++;
    }
    return word.toString();
  }

  private void pass(char expected, String said) {
    if (!is(expected)) {
      throw expected(said);
    }
    at++;
  }

  private void blanks() {
    while (is(' ')) {
      at++;
    }
  }

  private boolean is(char expected) {
    return at < text.length() && text.charAt(at) == expected;
  }

  private boolean atEnd() {
    return at >= text.length() || text.charAt(at) == '\n' || text.charAt(at) == '\r';
  }

  private String where() {
    return "line " + line;
  }

  private MalformedInput expected(String what) {
    int end = at;
    while (end < text.length() && text.charAt(end) != '\n' && end < at + 40) {
      end++;
    }
    String found = end == at ? "the end of the line" : "'" + text.substring(at, end) + "'";
    return new MalformedInput(
        where() + ", column " + (at - lineStart + 1) + ": " + found + " found, expected " + what);
  }
}
