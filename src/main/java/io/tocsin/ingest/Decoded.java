package io.tocsin.ingest;

import io.tocsin.series.SampleBatch;
import java.util.Map;

/**
 * What a request held.
 *
 * @param samples in the order of the request
 * @param metadata what it says about metrics, by metric name
 * @param unsupported native histograms and exemplars, which we do not keep
 */
public record Decoded(SampleBatch samples, Map<String, MetricMetadata> metadata, int unsupported) {

  /**
   * What a sender says about a metric; empty where it says nothing.
   *
   * @param type counter, gauge, histogram, summary or untyped, as the sender writes it
   */
  public record MetricMetadata(String type, String help, String unit) {
    static final MetricMetadata NONE = new MetricMetadata("", "", "");

    MetricMetadata withType(String newType) {
      return new MetricMetadata(newType, help, unit);
    }

    MetricMetadata withHelp(String newHelp) {
      return new MetricMetadata(type, newHelp, unit);
    }

    MetricMetadata withUnit(String newUnit) {
      return new MetricMetadata(type, help, newUnit);
    }
  }
}
