package io.tocsin.ingest;

import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The Prometheus text format 0.0.4, a line at a time. Histograms and summaries are plain series
 * ({@code _bucket}, {@code _sum}, {@code _count}). The bytes of name and labels are looked up as a
 * whole, so a series scraped again is not parsed again.
 */
final class TextFormat {
  private static final Set<String> TYPES =
      Set.of("counter", "gauge", "histogram", "summary", "untyped");

  private final byte[] bytes;
  private final Format.Intake intake;
  private final LabelSet labels;
  private final SampleBatch.Builder samples = SampleBatch.builder();
  private final Map<String, Description> metadata = new LinkedHashMap<>();
  private int line = 1;
  private int lineStart;
  private int at;

  TextFormat(byte[] bytes, Format.Intake intake) {
    this.bytes = bytes;
    this.intake = intake;
    this.labels = new LabelSet(intake);
  }

  Decoded decode() {
    while (at < bytes.length) {
      lineStart = at;
      blanks();
      if (is('#')) {
        comment();
      } else if (!atLineEnd()) {
        sample();
      }
      at++;
      line++;
    }
    return Decoded.whole(samples.build(), metadata);
  }

  private boolean atLineEnd() {
    return at >= bytes.length || bytes[at] == '\n';
  }

  private boolean is(char expected) {
    return at < bytes.length && bytes[at] == expected;
  }

  private void blanks() {
    while (is(' ') || is('\t')) {
      at++;
    }
  }

  private int wordEnd() {
    int end = at;
    while (end < bytes.length && bytes[end] != ' ' && bytes[end] != '\t' && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  private String where() {
    return "line " + line;
  }

  private MalformedInput expected(String what) {
    String found = "the end of the line";
    if (!atLineEnd()) {
      int end = Math.min(wordEnd(), at + 40);
      found = "'" + new String(bytes, at, end - at, StandardCharsets.UTF_8) + "'";
    }
    return new MalformedInput(
        where() + ", column " + (at - lineStart + 1) + ": " + found + " found, expected " + what);
  }

  private void comment() {
    at++;
    blanks();
    String keyword = word();
    if (keyword.equals("HELP") || keyword.equals("TYPE")) {
      blanks();
      if (!nameStart(true)) {
        throw expected("a metric name");
      }
      int from = at;
      passName(true);
      describe(keyword, Utf8.text(bytes, from, at, this::where));
    }
    at = lineEnd();
  }

  private String word() {
    int from = at;
    at = wordEnd();
    return Utf8.text(bytes, from, at, this::where);
  }

  private void describe(String keyword, String name) {
    blanks();
    Description known = metadata.getOrDefault(name, Description.NONE);
    if (keyword.equals("HELP")) {
      int from = at;
      at = lineEnd();
      metadata.put(name, known.withHelp(unescaped(from, at, false)));
      return;
    }
    int from = at;
    String type = word();
    if (!TYPES.contains(type)) {
      at = from;
      throw expected("counter, gauge, histogram, summary or untyped");
    }
    metadata.put(name, known.withType(type.equals("untyped") ? "unknown" : type));
    blanks();
    if (!atLineEnd()) {
      throw expected("the end of the line");
    }
  }

  private void sample() {
    if (!nameStart(true)) {
      throw expected("a metric name");
    }
    int from = at;
    passName(true);
    int end = at;
    blanks();
    if (is('{')) {
      end = closingBrace();
    } else if (at == end) {
      throw expected("a blank or '{' behind the metric name");
    }
    Labels series = intake.seen().labels(Format.TEXT, bytes, from, end, this::series);
    at = end;
    blanks();
    double value = number();
    blanks();
    long timestamp = atLineEnd() ? intake.receivedMillis() : timestamp();
    blanks();
    if (!atLineEnd()) {
      throw expected("the end of the line");
    }
    intake.checkTime(timestamp, this::where);
    samples.add(series, timestamp, value);
    intake.limits().checkSamples(samples.size());
  }

  private Labels series(int from, int end) {
    labels.clear();
    at = from;
    passName(true);
    labels.add(Labels.NAME, Utf8.text(bytes, from, at, this::where));
    blanks();
    if (at < end) {
      pass('{', "'{'");
      readLabels();
    }
    return labels.build(this::where);
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

  private void readLabels() {
    blanks();
    while (!is('}')) {
      if (!nameStart(false)) {
        throw expected("a label name or '}'");
      }
      int from = at;
      passName(false);
      String name = Utf8.text(bytes, from, at, this::where);
      if (name.equals(Labels.NAME)) {
        at = from;
        throw expected("a label name other than " + Labels.NAME);
      }
      blanks();
      pass('=', "'='");
      blanks();
      pass('"', "a quoted label value");
      int valueAt = at;
      passQuoted();
      labels.add(name, unescaped(valueAt, at - 1, true));
      blanks();
      if (!is('}')) {
        pass(',', "',' or '}'");
        blanks();
      }
    }
    at++;
  }

  private void pass(char expected, String said) {
    if (!is(expected)) {
      throw expected(said);
    }
    at++;
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

  private double number() {
    int from = at;
    int end = wordEnd();
    try {
      double value = FloatText.parse(bytes, from, end);
      at = end;
      return value;
    } catch (NumberFormatException e) {
      throw expected("a number, NaN, +Inf or -Inf");
    }
  }

  private long timestamp() {
    int from = at;
    int end = wordEnd();
    try {
      long timestamp =
          Long.parseLong(new String(bytes, from, end - from, StandardCharsets.ISO_8859_1));
      at = end;
      return timestamp;
    } catch (NumberFormatException e) {
      throw expected("a timestamp in milliseconds");
    }
  }
}
