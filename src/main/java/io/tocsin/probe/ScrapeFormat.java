package io.tocsin.probe;

import io.tocsin.ingest.Format;

/** What targets of a job expose. */
enum ScrapeFormat {
  /** Prometheus' text or OpenMetrics, by the media type of the answer. */
  PROMETHEUS,
  /** The JSON of Dropwizard's metrics. */
  DROPWIZARD,
  /** The JSON of Dropwizard's health checks, which is answered with 500 when one is unhealthy. */
  DROPWIZARD_HEALTH;

  String accept() {
    return switch (this) {
      case PROMETHEUS ->
          "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
              + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.5,"
              + "text/plain;version=0.0.4;q=0.4,*/*;q=0.1";
      case DROPWIZARD, DROPWIZARD_HEALTH -> "application/json";
    };
  }

  Format decoder(String mediaType) {
    return switch (this) {
      case PROMETHEUS -> Format.exposition(mediaType);
      case DROPWIZARD -> Format.DROPWIZARD;
      case DROPWIZARD_HEALTH -> Format.DROPWIZARD_HEALTH;
    };
  }

  /** Whether an answer with this status holds samples. */
  boolean exposes(int status) {
    return status == 200 || (this == DROPWIZARD_HEALTH && status == 500);
  }
}
