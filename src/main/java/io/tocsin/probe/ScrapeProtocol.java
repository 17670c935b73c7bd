package io.tocsin.probe;

import io.tocsin.ingest.Format;
import java.util.Arrays;
import java.util.Optional;

/**
 * A protocol that a target may be asked for, by Prometheus' name for it.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config">scrape_protocols</a>
 */
enum ScrapeProtocol {
  PROMETHEUS_PROTO(
      "PrometheusProto",
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
      false,
      Format.PROTO),
  PROMETHEUS_TEXT_0_0_4("PrometheusText0.0.4", "text/plain;version=0.0.4", false, Format.TEXT),
  PROMETHEUS_TEXT_1_0_0("PrometheusText1.0.0", "text/plain;version=1.0.0", true, Format.TEXT),
  OPEN_METRICS_TEXT_0_0_1(
      "OpenMetricsText0.0.1",
      "application/openmetrics-text;version=0.0.1",
      false,
      Format.OPEN_METRICS),
  OPEN_METRICS_TEXT_1_0_0(
      "OpenMetricsText1.0.0",
      "application/openmetrics-text;version=1.0.0",
      true,
      Format.OPEN_METRICS);

  private final String word;
  private final String mediaType;
  private final boolean escapes;
  private final Format format;

  ScrapeProtocol(String word, String mediaType, boolean escapes, Format format) {
    this.word = word;
    this.mediaType = mediaType;
    this.escapes = escapes;
    this.format = format;
  }

  /** Its name in a configuration. */
  String word() {
    return word;
  }

  /** How it is asked for, where names are escaped by that scheme. */
  String mediaType(String escaping) {
    return escapes ? mediaType + ";escaping=" + escaping : mediaType;
  }

  /** How it is read. */
  Format format() {
    return format;
  }

  /** The protocol of that name. */
  static Optional<ScrapeProtocol> named(String word) {
    return Arrays.stream(values()).filter(protocol -> protocol.word.equals(word)).findFirst();
  }
}
