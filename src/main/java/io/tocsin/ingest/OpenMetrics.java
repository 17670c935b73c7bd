package io.tocsin.ingest;

import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * OpenMetrics text 1.0: {@code # TYPE}, {@code # UNIT} and {@code # HELP}, timestamps in seconds,
 * {@code # EOF} at the end. Exemplars are checked and passed over; {@code _created} is a series as
 * any other.
 *
 * @see <a
 *     href="https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md">
 *     OpenMetrics</a>
 */
final class OpenMetrics {
  private static final Set<String> TYPES =
      Set.of(
          "counter",
          "gauge",
          "histogram",
          "gaugehistogram",
          "summary",
          "info",
          "stateset",
          "unknown");
  private static final Set<String> KEYWORDS = Set.of("TYPE", "UNIT", "HELP", "EOF");

  private final Format.Intake intake;
  private final ExpositionCursor in;
  private final SampleBatch.Builder samples = SampleBatch.builder();
  private final Map<String, Description> metadata = new LinkedHashMap<>();
  private boolean ended;

  OpenMetrics(byte[] bytes, Format.Intake intake) {
    this.intake = intake;
    this.in = new ExpositionCursor(bytes, Format.OPEN_METRICS, intake);
  }

  Decoded decode() {
    while (in.more()) {
      if (ended) {
        throw in.expected("nothing behind '# EOF'");
      }
      if (in.is('#')) {
        comment();
      } else {
        sample();
      }
      in.nextLine();
    }
    if (!ended) {
      throw in.expected("'# EOF' at the end");
    }
    return Decoded.whole(samples.build(), metadata);
  }

  private void comment() {
    in.pass('#', "'#'");
    in.pass(' ', "a blank");
    String keyword = in.word(KEYWORDS, "TYPE, UNIT, HELP or EOF");
    if (keyword.equals("EOF")) {
      in.end();
      ended = true;
      return;
    }
    in.pass(' ', "a blank");
    String name = in.metricName();
    if (!in.atLineEnd()) {
      in.pass(' ', "a blank");
    }
    Description known = metadata.getOrDefault(name, Description.NONE);
    metadata.put(name, described(keyword, name, known));
  }

  private Description described(String keyword, String name, Description known) {
    if (keyword.equals("HELP")) {
      return known.withHelp(in.rest(true));
    }
    if (keyword.equals("TYPE")) {
      String type = in.word(TYPES, "a type such as counter or gauge");
      in.end();
      in.type(type);
      return known.withType(type);
    }
    String unit = in.atLineEnd() ? "" : in.word();
    if (!unit.isEmpty() && !name.endsWith("_" + unit)) {
      throw new MalformedInput(
          in.where() + ": unit " + unit + " found, expected a metric whose name ends in it");
    }
    in.end();
    return known.withUnit(unit);
  }

  private void sample() {
    Labels series = in.series();
    in.pass(' ', "a blank");
    double value = in.number();
    long timestamp = intake.receivedMillis();
    in.blanks();
    if (!in.atLineEnd() && !in.is('#')) {
      timestamp = seconds();
      in.blanks();
    }
    if (in.is('#')) {
      exemplar();
    }
    in.end();
    intake.checkTime(timestamp, in::where);
    samples.add(series, timestamp, value);
    intake.limits().checkSamples(samples.size());
  }

  private void exemplar() {
    in.pass('#', "'#'");
    in.blanks();
    in.skipLabels();
    in.blanks();
    in.number();
    in.blanks();
    if (!in.atLineEnd()) {
      seconds();
    }
  }

  private long seconds() {
    double seconds = in.number();
    if (!Double.isFinite(seconds)) {
      throw new MalformedInput(in.where() + ": timestamp " + seconds + " found, expected seconds");
    }
    return (long) Math.floor(seconds * 1_000 + 0.5);
  }
}
