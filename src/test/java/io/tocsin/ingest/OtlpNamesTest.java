package io.tocsin.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtlpNamesTest {

  @ParameterizedTest
  @CsvSource({
    "http.server.duration, s, OTHER, http_server_duration_seconds",
    "http.server.request.body.size, By, OTHER, http_server_request_body_size_bytes",
    "system.cpu.utilization, 1, GAUGE, system_cpu_utilization_ratio",
    "requests, 1, COUNTER, requests_total",
    "requests.total, 1, COUNTER, requests_total",
    "total.requests, '', COUNTER, requests_total",
    "memory_usage_bytes, By, GAUGE, memory_usage_bytes",
    "network.io, By/s, OTHER, network_io_bytes_per_second",
    "hits, '{hit}/s', COUNTER, hits_per_second_total",
    "queue.size, '{message}', GAUGE, queue_size",
    "fuel, m/s, GAUGE, fuel_meters_per_second",
    "2xx.count, '', COUNTER, _2xx_count_total",
    "'a..b  c', '', OTHER, a_b_c",
    "cpu, %, GAUGE, cpu_percent",
    "weird, foo_bar/baz, GAUGE, weird_foo_bar_per_baz",
    "job:rate, '', GAUGE, job:rate",
    "'$%', s, GAUGE, ''"
  })
  void metricsAreNamedAsPrometheusNamesThem(
      String name, String unit, OtlpNames.Kind kind, String expected) {
    assertThat(OtlpNames.metric(name, unit, kind)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "http.method, http_method",
    "service-name, service_name",
    "1st, key_1st",
    "_private, _private",
    "a..b, a_b",
    "'$$', ''"
  })
  void attributesBecomeLabelNames(String attribute, String expected) {
    assertThat(OtlpNames.label(attribute)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0.005, 0.005",
    "1, 1",
    "10000000, 10000000",
    "1e-7, 0.0000001",
    "1e21, 1000000000000000000000"
  })
  void boundsAreWrittenWithoutExponent(double value, String expected) {
    assertThat(GoFloat.plain(value)).isEqualTo(expected);
  }
}
