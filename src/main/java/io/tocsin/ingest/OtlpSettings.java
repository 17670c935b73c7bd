package io.tocsin.ingest;

import java.util.Set;

/**
 * What OTLP needs beside the request.
 *
 * @param promoted resource attributes that become labels of every series, beside {@code job} and
 *     {@code instance}
 * @param deltas running totals of series that arrive as differences
 */
public record OtlpSettings(Set<String> promoted, DeltaSums deltas) {

  private static final int SERIES = 200_000;

  public OtlpSettings {
    promoted = Set.copyOf(promoted);
  }

  /** Promotes nothing more; remembers 200,000 totals. */
  public static OtlpSettings usual() {
    return promoting(Set.of());
  }

  /** Promotes these resource attributes; remembers 200,000 totals. */
  public static OtlpSettings promoting(Set<String> attributes) {
    return new OtlpSettings(attributes, new DeltaSums(SERIES));
  }
}
