package io.tocsin.probe;

import io.tocsin.ingest.Format;

/** What targets of a job expose. */
enum ScrapeFormat {
  /** Prometheus' formats, by the media type of the answer. */
  PROMETHEUS,
  /** The JSON of Dropwizard's metrics. */
  DROPWIZARD,
  /** The JSON of Dropwizard's health checks, which is answered with 500 when one is unhealthy. */
  DROPWIZARD_HEALTH;

  String accept(ScrapeProtocols protocols) {
    return switch (this) {
      case PROMETHEUS -> protocols.accept();
      case DROPWIZARD, DROPWIZARD_HEALTH -> "application/json";
    };
  }

  /** How an answer of this media type is read. */
  Format decoder(ScrapeProtocols protocols, String mediaType) {
    return switch (this) {
      case PROMETHEUS -> protocols.format(mediaType);
      case DROPWIZARD -> Format.DROPWIZARD;
      case DROPWIZARD_HEALTH -> Format.DROPWIZARD_HEALTH;
    };
  }

  /** Whether an answer with this status holds samples. */
  boolean exposes(int status) {
    return status == 200 || (this == DROPWIZARD_HEALTH && status == 500);
  }
}
