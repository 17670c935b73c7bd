package io.tocsin.ingest;

import io.tocsin.series.MetricMetadata;
import java.util.Map;

/**
 * What one request says about a metric; empty where it says nothing.
 *
 * @param type counter, gauge, histogram, gaugehistogram, summary, info, stateset or unknown
 * @param help what it measures, for people
 * @param unit such as seconds or bytes
 */
public record Description(String type, String help, String unit) {

  static final Description NONE = new Description("", "", "");

  Description withType(String newType) {
    return new Description(newType, help, unit);
  }

  Description withHelp(String newHelp) {
    return new Description(type, newHelp, unit);
  }

  Description withUnit(String newUnit) {
    return new Description(type, help, newUnit);
  }

  /** Has what was said remembered, by metric name. */
  public static void note(Map<String, Description> said, MetricMetadata registry) {
    said.forEach(
        (metric, one) -> {
          if (!metric.isEmpty() && !one.equals(NONE)) {
            registry.note(metric, new MetricMetadata.Entry(one.type, one.help, one.unit));
          }
        });
  }
}
