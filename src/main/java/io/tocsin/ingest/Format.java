package io.tocsin.ingest;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The formats samples arrive in: each decodes a whole request or refuses it. */
public enum Format {

  /**
   * Prometheus remote write 1.0: a snappy block that holds a protobuf {@code WriteRequest}.
   *
   * @see <a href="https://prometheus.io/docs/specs/prw/remote_write_spec/">Remote-Write 1.0</a>
   */
  REMOTE_WRITE {
    @Override
    Decoded read(byte[] body, Intake intake) {
      return RemoteWrite.decode(body, intake);
    }
  },

  /**
   * Prometheus remote write 2.0: a snappy block that holds a protobuf {@code
   * io.prometheus.write.v2.Request}, texts by number in a table of symbols.
   *
   * @see <a href="https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/">Remote-Write 2.0</a>
   */
  REMOTE_WRITE_2 {
    @Override
    Decoded read(byte[] body, Intake intake) {
      return RemoteWrite2.decode(body, intake);
    }
  },

  /**
   * OpenTelemetry's {@code ExportMetricsServiceRequest} as protobuf.
   *
   * @see <a href="https://opentelemetry.io/docs/specs/otlp/">OTLP</a>
   */
  OTLP {
    @Override
    Decoded read(byte[] body, Intake intake) {
      return OtlpMetrics.decode(body, intake);
    }
  },

  /** The same as JSON. */
  OTLP_JSON {
    @Override
    Decoded read(byte[] body, Intake intake) {
      return OtlpMetrics.decode(OtlpJson.toProtobuf(body, intake.limits()), intake);
    }
  },

  /**
   * Prometheus text exposition format 0.0.4, as scraped or pushed.
   *
   * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
   *     formats</a>
   */
  TEXT {
    @Override
    Decoded read(byte[] body, Intake intake) {
      return new TextFormat(body, intake).decode();
    }
  },

  /**
   * OpenMetrics text 1.0, as scraped or pushed.
   *
   * @see <a
   *     href="https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md">
   *     OpenMetrics</a>
   */
  OPEN_METRICS {
    @Override
    Decoded read(byte[] body, Intake intake) {
      return new OpenMetrics(body, intake).decode();
    }
  },

  /**
   * Prometheus' protobuf exposition, delimited, as scraped or pushed.
   *
   * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
   *     formats</a>
   */
  PROTO {
    @Override
    Decoded read(byte[] body, Intake intake) {
      return ProtoExposition.decode(body, intake);
    }
  },

  /**
   * The JSON of Dropwizard's metrics.
   *
   * @see <a href="https://metrics.dropwizard.io/4.2.0/manual/json.html">Metrics, JSON support</a>
   */
  DROPWIZARD {
    @Override
    Decoded read(byte[] body, Intake intake) {
      return DropwizardMetrics.decode(body, intake);
    }
  },

  /** The JSON of Dropwizard's health checks. */
  DROPWIZARD_HEALTH {
    @Override
    Decoded read(byte[] body, Intake intake) {
      return DropwizardMetrics.health(body, intake);
    }
  },

  /**
   * Influx' line protocol; timestamps in {@link Intake#timestampUnit}.
   *
   * @see <a href="https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/">Line
   *     protocol</a>
   */
  INFLUX {
    @Override
    Decoded read(byte[] body, Intake intake) {
      return new InfluxLines(body, intake).decode();
    }
  },

  /**
   * Our JSON: {@code {"samples": [{"metric": "x", "labels": {"a": "b"}, "value": 1.5, "timestamp":
   * 1700000000000}]}} or the array alone. The timestamp is in milliseconds and may be left out;
   * {@code "NaN"}, {@code "Inf"}, {@code "+Inf"} and {@code "-Inf"} are values too.
   */
  JSON {
    @Override
    Decoded read(byte[] body, Intake intake) {
      return JsonFormat.decode(body, intake);
    }
  };

  /**
   * What surrounds a request.
   *
   * @param seen labels of earlier requests; shared by all
   * @param receivedMillis the timestamp of samples that bring none, in milliseconds
   * @param otlp what OTLP remembers and how it names
   * @param timestampUnit of timestamps whose format leaves it open
   */
  public record Intake(
      IngestLimits limits,
      SeenSeries seen,
      long receivedMillis,
      OtlpSettings otlp,
      TimeUnit timestampUnit) {

    /** With nanoseconds where the format leaves the unit open. */
    public Intake(IngestLimits limits, SeenSeries seen, long receivedMillis, OtlpSettings otlp) {
      this(limits, seen, receivedMillis, otlp, TimeUnit.NANOSECONDS);
    }

    /** For formats that remember nothing. */
    public Intake(IngestLimits limits, SeenSeries seen, long receivedMillis) {
      this(limits, seen, receivedMillis, OtlpSettings.usual());
    }

    /** Whether a timestamp lies between the epoch and as far ahead as is allowed. */
    boolean inTime(long timestamp) {
      return timestamp >= 0 && timestamp - receivedMillis <= limits.ahead().toMillis();
    }

    String wrongTime(long timestamp, Supplier<String> where) {
      return where.get()
          + ": timestamp "
          + timestamp
          + " found, expected milliseconds since the epoch, at most "
          + limits.ahead().toMinutes()
          + " minutes ahead of now";
    }

    void checkTime(long timestamp, Supplier<String> where) {
      if (!inTime(timestamp)) {
        throw new MalformedInput(wrongTime(timestamp, where));
      }
    }
  }

  /**
   * The exposition format that a media type names, with whatever parameters; Prometheus' text for
   * any other, as those who push often call it something else.
   */
  public static Format exposition(String mediaType) {
    return expositionNamed(mediaType).orElse(TEXT);
  }

  /** The exposition format that a media type names; empty when it names none. */
  public static Optional<Format> expositionNamed(String mediaType) {
    return switch (mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)) {
      case "text/plain" -> Optional.of(TEXT);
      case "application/openmetrics-text" -> Optional.of(OPEN_METRICS);
      case "application/vnd.google.protobuf" -> Optional.of(PROTO);
      default -> Optional.empty();
    };
  }

  abstract Decoded read(byte[] body, Intake intake);

  /**
   * The samples of a whole request body.
   *
   * @throws MalformedInput when the body breaks the format or a limit; nothing of it counts then
   */
  public Decoded decode(byte[] body, Intake intake) {
    intake.limits.checkBody(body.length);
    return read(body, intake);
  }
}
