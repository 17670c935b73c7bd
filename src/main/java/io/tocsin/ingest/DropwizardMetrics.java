package io.tocsin.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.ingest.Refused.Reason;
import io.tocsin.label.Labels;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON of Dropwizard's metrics: {@code {version, gauges, counters, histograms, meters,
 * timers}}. Names become Prometheus' by underscores. A gauge or counter is itself (a counter may
 * fall there), numbers only; a histogram and a timer are a summary's quantiles and {@code _count},
 * besides {@code _min}, {@code _max} and {@code _mean}; a meter is {@code _total} and its rates.
 *
 * @see <a href="https://metrics.dropwizard.io/4.2.0/manual/json.html">Metrics, JSON support</a>
 */
final class DropwizardMetrics {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> QUANTILES =
      Map.of(
          "p50", "0.5", "p75", "0.75", "p95", "0.95", "p98", "0.98", "p99", "0.99", "p999",
          "0.999");
  private static final String[] EXTREMES = {"min", "max", "mean", "stddev"};
  private static final Map<String, String> RATES =
      Map.of("mean_rate", "mean", "m1_rate", "1m", "m5_rate", "5m", "m15_rate", "15m");

  private final Format.Intake intake;
  private final Collected collected;
  private final LabelSet labels;
  private String name = "";

  private DropwizardMetrics(Format.Intake intake) {
    this.intake = intake;
    this.collected = new Collected(intake);
    this.labels = new LabelSet(intake);
  }

  static Decoded decode(byte[] body, Format.Intake intake) {
    return new DropwizardMetrics(intake).metrics(object(body));
  }

  /**
   * The JSON of Dropwizard's health checks: {@code {name: {healthy, message, duration}}} as {@code
   * dropwizard_health_check_healthy} and {@code dropwizard_health_check_duration_seconds}.
   */
  static Decoded health(byte[] body, Format.Intake intake) {
    return new DropwizardMetrics(intake).checks(object(body));
  }

  private static JsonNode object(byte[] body) {
    try {
      JsonNode tree = JSON.readTree(body);
      if (tree != null && tree.isObject()) {
        return tree;
      }
      throw new MalformedInput("body: no object found, expected the JSON of Dropwizard's metrics");
    } catch (JsonProcessingException e) {
      throw MalformedInput.json(e);
    } catch (IOException e) {
      throw new MalformedInput("body: " + e.getMessage());
    }
  }

  private Decoded checks(JsonNode document) {
    for (var check : document.properties()) {
      name = check.getKey();
      JsonNode healthy = check.getValue().path("healthy");
      if (!healthy.isBoolean()) {
        throw new MalformedInput(name + ".healthy: nothing found, expected true or false");
      }
      add("dropwizard_health_check_healthy", "check", name, healthy.booleanValue() ? 1 : 0);
      JsonNode duration = check.getValue().path("duration");
      if (duration.isNumber()) {
        add(
            "dropwizard_health_check_duration_seconds",
            "check",
            name,
            duration.doubleValue() / 1_000);
      }
    }
    return collected.done();
  }

  private Decoded metrics(JsonNode document) {
    if (!document.has("gauges") && !document.has("counters") && !document.has("timers")) {
      throw new MalformedInput(
          "body: neither gauges nor counters nor timers found, expected the JSON of Dropwizard's"
              + " metrics");
    }
    for (var gauge : document.path("gauges").properties()) {
      begin(gauge.getKey());
      number(metric(), "", "", gauge.getValue().path("value"));
    }
    for (var counter : document.path("counters").properties()) {
      begin(counter.getKey());
      number(metric(), "", "", counter.getValue().path("count"));
    }
    for (var histogram : document.path("histograms").properties()) {
      begin(histogram.getKey());
      distribution(histogram.getValue(), "");
    }
    for (var meter : document.path("meters").properties()) {
      begin(meter.getKey());
      number(metric() + "_total", "", "", meter.getValue().path("count"));
      rates(meter.getValue());
    }
    for (var timer : document.path("timers").properties()) {
      begin(timer.getKey());
      distribution(timer.getValue(), "_" + units(timer.getValue()));
      rates(timer.getValue());
    }
    return collected.done();
  }

  private static String units(JsonNode timer) {
    return timer.path("duration_units").asText("seconds");
  }

  private void begin(String key) {
    name = key;
  }

  private String metric() {
    return OtlpNames.metric(name, "", OtlpNames.Kind.OTHER);
  }

  private void distribution(JsonNode said, String unit) {
    String metric = OtlpNames.metric(name + unit, "", OtlpNames.Kind.OTHER);
    QUANTILES.forEach((field, at) -> number(metric, "quantile", at, said.path(field)));
    for (String extreme : EXTREMES) {
      number(metric + "_" + extreme, "", "", said.path(extreme));
    }
    number(metric + "_count", "", "", said.path("count"));
  }

  private void rates(JsonNode said) {
    String metric = metric() + "_rate";
    RATES.forEach((field, window) -> number(metric, "window", window, said.path(field)));
  }

  private void number(String metric, String label, String labelValue, JsonNode value) {
    if (value.isNumber()) {
      add(metric, label, labelValue, value.doubleValue());
    } else if (value.isBoolean()) {
      add(metric, label, labelValue, value.booleanValue() ? 1 : 0);
    }
  }

  private void add(String metric, String label, String labelValue, double value) {
    series(metric, label, labelValue)
        .ifPresent(series -> collected.add(series, intake.receivedMillis(), value, () -> name));
  }

  private Optional<Labels> series(String metric, String label, String labelValue) {
    labels.clear();
    labels.add(Labels.NAME, metric);
    if (!label.isEmpty()) {
      labels.add(label, labelValue);
    }
    try {
      return Optional.of(labels.build(() -> name));
    } catch (MalformedInput e) {
      collected.refuse(Reason.LABELS, 1, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
