package io.tocsin.ingest;

import io.tocsin.series.SampleBatch;
import java.util.Map;

/**
 * What a request held.
 *
 * @param samples in the order of the request
 * @param metadata what it says about metrics, by metric name
 * @param refused what was left out of it, where the format's rules ask for that
 */
public record Decoded(SampleBatch samples, Map<String, Description> metadata, Refused refused) {

  /** A request that was taken whole. */
  static Decoded whole(SampleBatch samples, Map<String, Description> metadata) {
    return new Decoded(samples, Map.copyOf(metadata), Refused.NOTHING);
  }
}
