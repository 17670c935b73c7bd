package io.tocsin.ingest;

import io.tocsin.label.Labels;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What the exposition formats have in common, a piece at a time: names, labels, numbers. The bytes
 * of name and labels are looked up as a whole, so a series met again is not parsed again. Errors
 * name line and column.
 */
final class ExpositionCursor {

  /**
   * Which label holds a number in metrics of a type. Prometheus 3 writes it in one way, however it
   * was exposed, so that {@code le="1"} and {@code le="1.0"} are one series.
   */
  private enum Bounds {
    NONE(""),
    BUCKET("le"),
    QUANTILE("quantile");

    private final String label;

    Bounds(String label) {
      this.label = label;
    }
  }

  private final byte[] bytes;
  private final Format format;
  private final SeenSeries seen;
  private final LabelSet labels;
  private Bounds bounds = Bounds.NONE;
  private int line = 1;
  private int lineStart;
  private int at;

  ExpositionCursor(byte[] bytes, Format format, Format.Intake intake) {
    this.bytes = bytes;
    this.format = format;
    this.seen = intake.seen();
    this.labels = new LabelSet(intake);
  }

  /** From here on samples are of metrics of this type, until another is told. */
  void type(String type) {
    bounds =
        switch (type) {
          case "histogram" -> Bounds.BUCKET;
          case "summary" -> Bounds.QUANTILE;
          default -> Bounds.NONE;
        };
  }

  boolean more() {
    return at < bytes.length;
  }

  /** To the next line, whatever is left of this one. */
  void nextLine() {
    at = lineEnd() + 1;
    lineStart = at;
    line++;
  }

  boolean atLineEnd() {
    return at >= bytes.length || bytes[at] == '\n';
  }

  boolean is(char expected) {
    return at < bytes.length && bytes[at] == expected;
  }

  void blanks() {
    while (is(' ') || is('\t')) {
      at++;
    }
  }

  void pass(char expected, String said) {
    if (!is(expected)) {
      throw expected(said);
    }
    at++;
  }

  /** Blanks and then the end of the line. */
  void end() {
    blanks();
    if (!atLineEnd()) {
      throw expected("the end of the line");
    }
  }

  /** Up to the next blank. */
  String word() {
    int from = at;
    at = wordEnd();
    return Utf8.text(bytes, from, at, this::where);
  }

  /** The next word must be one of these. */
  String word(Set<String> known, String said) {
    int from = at;
    String word = word();
    if (!known.contains(word)) {
      at = from;
      throw expected(said);
    }
    return word;
  }

  /** The rest of the line with its escapes resolved. */
  String rest(boolean quotes) {
    int from = at;
    at = lineEnd();
    return unescaped(from, at, quotes);
  }

  /** A metric name, as it is or in quotes. */
  String metricName() {
    if (is('"')) {
      return quoted("a quoted name");
    }
    if (!nameStart(true)) {
      throw expected("a metric name");
    }
    int from = at;
    passName(true);
    return Utf8.text(bytes, from, at, this::where);
  }

  /** Name and labels of a sample: {@code name{a="b"}} or {@code {"any name", a="b"}}. */
  Labels series() {
    int from = at;
    if (!is('{')) {
      if (!nameStart(true)) {
        throw expected("a metric name");
      }
      passName(true);
    }
    int end = at;
    blanks();
    if (is('{')) {
      end = closingBrace();
    } else if (at == end) {
      throw expected("a blank or '{' behind the metric name");
    }
    Labels found = seen.labels(format, bounds.ordinal(), bytes, from, end, this::decode);
    at = end;
    return found;
  }

  private Labels decode(int from, int end) {
    labels.clear();
    at = from;
    boolean named = !is('{');
    if (named) {
      passName(true);
      labels.add(Labels.NAME, Utf8.text(bytes, from, at, this::where));
      blanks();
    }
    if (at < end) {
      readLabels(named);
    }
    return labels.build(this::where);
  }

  private void readLabels(boolean namedBefore) {
    boolean named = namedBefore;
    pass('{', "'{'");
    blanks();
    while (!is('}')) {
      int from = at;
      boolean quoted = is('"');
      String name = labelName();
      blanks();
      if (quoted && !named && !is('=')) {
        labels.add(Labels.NAME, name);
        named = true;
      } else {
        if (name.equals(Labels.NAME)) {
          at = from;
          throw expected("a label name other than " + Labels.NAME);
        }
        pass('=', "'='");
        blanks();
        String value = quoted("a quoted label value");
        labels.add(name, name.equals(bounds.label) ? GoFloat.canonical(value) : value);
        blanks();
      }
      if (!is('}')) {
        pass(',', "',' or '}'");
        blanks();
      }
    }
    at++;
  }

  private String labelName() {
    if (is('"')) {
      return quoted("a quoted name");
    }
    if (!nameStart(false)) {
      throw expected("a label name or '}'");
    }
    int from = at;
    passName(false);
    return Utf8.text(bytes, from, at, this::where);
  }

  private String quoted(String said) {
    pass('"', said);
    int from = at;
    passQuoted();
    return unescaped(from, at - 1, true);
  }

  /** Passes over labels without keeping them. */
  void skipLabels() {
    if (!is('{')) {
      throw expected("'{'");
    }
    int end = closingBrace();
    if (end == at || bytes[end - 1] != '}') {
      throw expected("'}'");
    }
    at = end;
  }

  /**
   * @throws MalformedInput when there is no number
   */
  double number() {
    int end = wordEnd();
    try {
      double value = FloatText.parse(bytes, at, end);
      at = end;
      return value;
    } catch (NumberFormatException e) {
      throw expected("a number, NaN, +Inf or -Inf");
    }
  }

  long integer(String said) {
    int end = wordEnd();
    try {
      long value = Long.parseLong(new String(bytes, at, end - at, StandardCharsets.ISO_8859_1));
      at = end;
      return value;
    } catch (NumberFormatException e) {
      throw expected(said);
    }
  }

  String where() {
    return "line " + line;
  }

  MalformedInput expected(String what) {
    String found = "the end of the line";
    if (!atLineEnd()) {
      int end = Math.min(wordEnd(), at + 40);
      found = "'" + new String(bytes, at, end - at, StandardCharsets.UTF_8) + "'";
    }
    return new MalformedInput(
        where() + ", column " + (at - lineStart + 1) + ": " + found + " found, expected " + what);
  }

  private int wordEnd() {
    int end = at;
    while (end < bytes.length && bytes[end] != ' ' && bytes[end] != '\t' && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  /** Behind the closing brace, or the line's end when there is none. */
  private int closingBrace() {
    boolean quoted = false;
    for (int i = at; i < bytes.length && bytes[i] != '\n'; i++) {
      if (bytes[i] == '"') {
        quoted = !quoted;
      } else if (quoted && bytes[i] == '\\') {
        i++;
      } else if (!quoted && bytes[i] == '}') {
        return i + 1;
      }
    }
    return lineEnd();
  }

  private int lineEnd() {
    int end = at;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  /** To behind the closing quote. */
  private void passQuoted() {
    while (!is('"')) {
      at += is('\\') ? 2 : 1;
      if (atLineEnd()) {
        at = Math.min(at, bytes.length);
        throw expected("'\"'");
      }
    }
    at++;
  }

  private String unescaped(int from, int to, boolean quotes) {
    String text = Utf8.text(bytes, from, to, this::where);
    if (text.indexOf('\\') < 0) {
      return text;
    }
    var plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        c = ++i < text.length() ? text.charAt(i) : ' ';
        if (c == 'n') {
          c = '\n';
        } else if (c != '\\' && !(quotes && c == '"')) {
          throw new MalformedInput(
              where() + ": escape '\\" + c + "' found, expected '\\\\', '\\\"' or '\\n'");
        }
      }
      plain.append(c);
    }
    return plain.toString();
  }

  private boolean nameStart(boolean metric) {
    if (at >= bytes.length) {
      return false;
    }
    byte c = bytes[at];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (metric && c == ':');
  }

  private void passName(boolean metric) {
    while (nameStart(metric) || (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9')) {
      at++;
    }
  }
}
