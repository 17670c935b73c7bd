package io.tocsin.ingest;

import io.tocsin.ingest.Refused.Reason;
import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Samples of a request of which the good are kept and the bad are counted, as they are found. */
final class Collected {
  private final Format.Intake intake;
  private final SampleBatch.Builder samples = SampleBatch.builder();
  private final Map<String, Description> metadata = new HashMap<>();
  private final Map<Reason, Integer> refused = new EnumMap<>(Reason.class);
  private String first = "";
  private int series;

  Collected(Format.Intake intake) {
    this.intake = intake;
  }

  /** Keeps a sample, or refuses it for its timestamp. */
  void add(Labels labels, long timestamp, double value, Supplier<String> where) {
    if (intake.inTime(timestamp)) {
      samples.add(labels, timestamp, value);
      intake.limits().checkSamples(samples.size());
    } else {
      refuse(Reason.TIMESTAMP, 1, intake.wrongTime(timestamp, where));
    }
  }

  /** The labels in {@code bytes[from, to)}; empty when they break a rule, which is then counted. */
  Optional<Labels> labels(
      Format format, byte[] bytes, int from, int to, SeenSeries.Decoding decoding) {
    series++;
    try {
      return Optional.of(intake.seen().labels(format, bytes, from, to, decoding));
    } catch (MalformedInput e) {
      if (!e.isAboutLabels()) {
        throw e;
      }
      refuse(Reason.LABELS, 1, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  void refuse(Reason reason, int count, String why) {
    refused.merge(reason, count, Integer::sum);
    first = first.isEmpty() ? why : first;
  }

  boolean described(String metric) {
    return metadata.containsKey(metric);
  }

  void describe(String metric, Description said) {
    metadata.put(metric, said);
  }

  Decoded done() {
    intake.seen().lookedUp(series);
    Refused left = first.isEmpty() ? Refused.NOTHING : new Refused(refused, first);
    return new Decoded(samples.build(), Map.copyOf(metadata), left);
  }
}
