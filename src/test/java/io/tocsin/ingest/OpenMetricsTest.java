package io.tocsin.ingest;

import static io.tocsin.ingest.Intakes.NOW;
import static io.tocsin.ingest.Intakes.assertRefused;
import static io.tocsin.ingest.Intakes.shown;
import static io.tocsin.ingest.Intakes.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.core.metrics.StateSet;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenMetricsTest {
  private final Format.Intake intake = Intakes.fresh();

  @Test
  void readsAWholeExposition() {
    Decoded decoded =
        Format.OPEN_METRICS.decode(
            utf8(
                """
                # TYPE acme_http_router_request_seconds summary
                # UNIT acme_http_router_request_seconds seconds
                # HELP acme_http_router_request_seconds Latency, "all" paths.
                acme_http_router_request_seconds_sum{path="/api/v1",method="GET"} 9036.32
                acme_http_router_request_seconds_count{path="/api/v1",method="GET"} 807283.0
                acme_http_router_request_seconds_created{path="/api/v1"} 1605281325.0
                # TYPE foo counter
                foo_total 17.0 1520879607.789 # {trace_id="KOO5S4vxi0o"} 0.67 1520879607.1
                # TYPE "my.name" gauge
                {"my.name","a.b"="c",plain="d"} NaN
                # EOF
                """),
            intake);
    assertThat(shown(decoded.samples()))
        .containsExactly(
            "acme_http_router_request_seconds_sum{method=\"GET\", path=\"/api/v1\"} 9036.32 @"
                + NOW,
            "acme_http_router_request_seconds_count{method=\"GET\", path=\"/api/v1\"} 807283.0 @"
                + NOW,
            "acme_http_router_request_seconds_created{path=\"/api/v1\"} 1.605281325E9 @" + NOW,
            "foo_total 17.0 @1520879607789",
            "my.name{a.b=\"c\", plain=\"d\"} NaN @" + NOW);
    assertThat(decoded.metadata())
        .isEqualTo(
            Map.of(
                "acme_http_router_request_seconds",
                new Description("summary", "Latency, \"all\" paths.", "seconds"),
                "foo",
                new Description("counter", "", ""),
                "my.name",
                new Description("gauge", "", "")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a 1\\n|line 2, column 1: the end of the line found, expected '# EOF' at the end",
        "# EOF\\na 1\\n|line 2, column 1: 'a' found, expected nothing behind '# EOF'",
        "\\n# EOF\\n|line 1, column 1: the end of the line found, expected a metric name",
        "# TYPE a untyped\\n# EOF|line 1, column 10: 'untyped' found, expected a type such as",
        "# TYPO a\\n# EOF|line 1, column 3: 'TYPO' found, expected TYPE, UNIT, HELP or EOF",
        "# UNIT a_seconds bytes\\n# EOF|unit bytes found, expected a metric whose name ends in it",
        "a 1 NaN\\n# EOF|timestamp NaN found, expected seconds",
        "a 1 9e99\\n# EOF|timestamp 9223372036854775807 found",
        "a 1 # {x=\"1\" 5\\n# EOF|expected '}'",
        "a 1 # {} x\\n# EOF|'x' found, expected a number",
        "a{} 1 2 3\\n# EOF|'3' found, expected the end of the line"
      })
  void whatBreaksTheFormatIsRefusedWithItsPlace(String text, String reason) {
    assertRefused(Format.OPEN_METRICS, utf8(text.replace("\\n", "\n")), intake, reason);
  }

  @Test
  void namesOfAnyTextStandInQuotesInThePlainFormatToo() {
    Decoded decoded =
        Format.TEXT.decode(
            utf8(
                """
                # HELP "my.name" Some help.
                {"my.name", label="x"} 1
                {label="x", "my.name"} 2
                {"no labels"} 3
                plain{"a \\"quoted\\" name"="y",} 4
                """),
            intake);
    assertThat(shown(decoded.samples()))
        .containsExactly(
            "my.name{label=\"x\"} 1.0 @" + NOW,
            "my.name{label=\"x\"} 2.0 @" + NOW,
            "no labels 3.0 @" + NOW,
            "plain{a \"quoted\" name=\"y\"} 4.0 @" + NOW);
    assertThat(decoded.metadata()).containsKey("my.name");
    assertRefused(Format.TEXT, utf8("{a=\"b\"} 1\n"), intake, "line 1: no metric name found");
    assertRefused(Format.TEXT, utf8("{\"a\",\"b\"} 1\n"), intake, "expected '='");
    assertRefused(Format.TEXT, utf8("a{\"b\"} 1\n"), intake, "expected '='");
  }

  private static PrometheusRegistry registry() {
    var registry = new PrometheusRegistry();
    Counter.builder()
        .withoutExemplars()
        .name("orders")
        .help("Orders.")
        .labelNames("kind")
        .register(registry)
        .labelValues("card \"x\"\n\\")
        .inc(3);
    Histogram.builder()
        .withoutExemplars()
        .name("d")
        .unit(Unit.SECONDS)
        .classicOnly()
        .register(registry)
        .observe(0.3);
    Summary.builder().withoutExemplars().name("s").quantile(0.9).register(registry).observe(5);
    Info.builder()
        .name("build_info")
        .labelNames("version")
        .register(registry)
        .setLabelValues("1.2");
    StateSet.builder().name("mode").states("on", "off").register(registry).setTrue("on");
    return registry;
  }

  @Test
  void thePrometheusClientsExpositionsAreUnderstood() throws IOException {
    var open = new ByteArrayOutputStream();
    OpenMetricsTextFormatWriter.create().write(open, registry().scrape());
    var plain = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(plain, registry().scrape());
    for (Decoded decoded :
        new Decoded[] {
          Format.OPEN_METRICS.decode(open.toByteArray(), intake),
          Format.TEXT.decode(plain.toByteArray(), intake)
        }) {
      assertThat(shown(decoded.samples()))
          .contains(
              "orders_total{kind=\"card \\\"x\\\"\\n\\\\\"} 3.0 @" + NOW,
              "d_seconds_bucket{le=\"0.5\"} 1.0 @" + NOW,
              "d_seconds_bucket{le=\"0.25\"} 0.0 @" + NOW,
              "s{quantile=\"0.9\"} 5.0 @" + NOW,
              "build_info{version=\"1.2\"} 1.0 @" + NOW,
              "mode{mode=\"on\"} 1.0 @" + NOW);
    }
  }
}
