package io.tocsin.ingest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * An OTLP {@code ExportMetricsServiceRequest{ ResourceMetrics = 1{ Resource = 1{ attributes = 1 },
 * ScopeMetrics = 2{ Metric = 2{ name = 1, description = 2, unit = 3, gauge = 5, sum = 7, histogram
 * = 9, exponential_histogram = 10, summary = 11 } } } }} decoded in place. Fields may come in any
 * order, so what names a thing is read before what it holds.
 *
 * <p>Translated as Prometheus does by default: {@code job} is {@code
 * service.namespace/service.name}, {@code instance} is {@code service.instance.id}, the other
 * resource attributes go into {@code target_info}.
 *
 * @see <a
 *     href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto">metrics.proto</a>
 * @see <a
 *     href="https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/">
 *     Prometheus and OpenMetrics compatibility</a>
 */
final class OtlpMetrics {
  private static final int RESOURCE_METRICS = 1 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int RESOURCE = 1 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int ATTRIBUTE = 1 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int SCOPE_METRICS = 2 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int METRIC = 2 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int NAME = 1 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int DESCRIPTION = 2 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int UNIT = 3 << 3 | ProtoReader.LENGTH_DELIMITED;

  private final byte[] bytes;
  private final Format.Intake intake;
  private final ProtoReader in;
  private final Collected collected;
  private final OtlpAttributes attributes;
  private final Supplier<String> where = this::where;
  private int resource;
  private String metric = "";

  private OtlpMetrics(byte[] bytes, Format.Intake intake) {
    this.bytes = bytes;
    this.intake = intake;
    this.in = new ProtoReader(bytes);
    this.collected = new Collected(intake);
    this.attributes = new OtlpAttributes(bytes, in, where);
  }

  static Decoded decode(byte[] body, Format.Intake intake) {
    return new OtlpMetrics(body, intake).request();
  }

  private String where() {
    return "resource_metrics[" + resource + "]" + (metric.isEmpty() ? "" : " " + metric);
  }

  private Decoded request() {
    while (in.more(bytes.length)) {
      int tag = in.tag();
      if (tag == RESOURCE_METRICS) {
        resource(in.end(bytes.length));
        resource++;
      } else {
        in.skip(tag, bytes.length);
      }
    }
    return collected.done();
  }

  private void resource(int end) {
    int start = in.position();
    var said = new TreeMap<String, String>();
    while (in.more(end)) {
      int tag = in.tag();
      if (tag == RESOURCE) {
        resourceAttributes(in.end(end), said);
      } else {
        in.skip(tag, end);
      }
    }
    var labels = new OtlpLabels(intake, collected, where, said);
    var points = new OtlpPoints(in, attributes, intake, collected, labels, where);
    in.jump(start);
    while (in.more(end)) {
      int tag = in.tag();
      if (tag == SCOPE_METRICS) {
        scope(in.end(end), points);
      } else {
        in.skip(tag, end);
      }
    }
    metric = "";
    labels.describeTarget(points.latest());
  }

  private void resourceAttributes(int end, Map<String, String> into) {
    while (in.more(end)) {
      int tag = in.tag();
      if (tag == ATTRIBUTE) {
        attributes.read(in.end(end), into);
      } else {
        in.skip(tag, end);
      }
    }
  }

  private void scope(int end, OtlpPoints points) {
    while (in.more(end)) {
      int tag = in.tag();
      if (tag == METRIC) {
        metric(in.end(end), points);
      } else {
        in.skip(tag, end);
      }
    }
  }

  private void metric(int end, OtlpPoints points) {
    String description = "";
    String unit = "";
    metric = "";
    var held = new LinkedHashMap<OtlpPoints.Kind, Integer>();
    while (in.more(end)) {
      int at = in.position();
      int tag = in.tag();
      switch (tag) {
        case NAME -> metric = attributes.text(end);
        case DESCRIPTION -> description = attributes.text(end);
        case UNIT -> unit = attributes.text(end);
        default -> {
          OtlpPoints.Kind.of(tag).ifPresent(kind -> held.put(kind, at));
          in.skip(tag, end);
        }
      }
    }
    for (var data : held.entrySet()) {
      in.jump(data.getValue());
      in.tag();
      points.read(data.getKey(), in.end(end), new OtlpPoints.Metric(metric, description, unit));
    }
    in.jump(end);
  }
}
