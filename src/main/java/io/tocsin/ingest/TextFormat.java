package io.tocsin.ingest;

import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The Prometheus text format 0.0.4 and 1.0.0 (names of any text in quotes), a line at a time.
 * Histograms and summaries are plain series ({@code _bucket}, {@code _sum}, {@code _count}).
 */
final class TextFormat {
  private static final Set<String> TYPES =
      Set.of("counter", "gauge", "histogram", "summary", "untyped");

  private final Format.Intake intake;
  private final ExpositionCursor in;
  private final SampleBatch.Builder samples = SampleBatch.builder();
  private final Map<String, Description> metadata = new LinkedHashMap<>();

  TextFormat(byte[] bytes, Format.Intake intake) {
    this.intake = intake;
    this.in = new ExpositionCursor(bytes, Format.TEXT, intake);
  }

  Decoded decode() {
    while (in.more()) {
      in.blanks();
      if (in.is('#')) {
        comment();
      } else if (!in.atLineEnd()) {
        sample();
      }
      in.nextLine();
    }
    return Decoded.whole(samples.build(), metadata);
  }

  private void comment() {
    in.pass('#', "'#'");
    in.blanks();
    String keyword = in.word();
    if (!keyword.equals("HELP") && !keyword.equals("TYPE")) {
      return;
    }
    in.blanks();
    String name = in.metricName();
    in.blanks();
    Description known = metadata.getOrDefault(name, Description.NONE);
    if (keyword.equals("HELP")) {
      metadata.put(name, known.withHelp(in.rest(false)));
      return;
    }
    String type = in.word(TYPES, "counter, gauge, histogram, summary or untyped");
    in.type(type);
    metadata.put(name, known.withType(type.equals("untyped") ? "unknown" : type));
    in.end();
  }

  private void sample() {
    Labels series = in.series();
    in.blanks();
    double value = in.number();
    in.blanks();
    long timestamp =
        in.atLineEnd() ? intake.receivedMillis() : in.integer("a timestamp in milliseconds");
    in.end();
    intake.checkTime(timestamp, in::where);
    samples.add(series, timestamp, value);
    intake.limits().checkSamples(samples.size());
  }
}
