package io.tocsin.series;

/**
 * What a sender says about a metric; empty where it says nothing.
 *
 * @param type counter, gauge, histogram, gaugehistogram, summary, info, stateset or unknown
 * @param help what it measures, for people
 * @param unit such as seconds or bytes
 */
public record MetricMetadata(String type, String help, String unit) {

  /** Nothing said. */
  public static final MetricMetadata NONE = new MetricMetadata("", "", "");

  public MetricMetadata withType(String newType) {
    return new MetricMetadata(newType, help, unit);
  }

  public MetricMetadata withHelp(String newHelp) {
    return new MetricMetadata(type, newHelp, unit);
  }

  public MetricMetadata withUnit(String newUnit) {
    return new MetricMetadata(type, help, newUnit);
  }
}
