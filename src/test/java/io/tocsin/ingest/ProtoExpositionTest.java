package io.tocsin.ingest;

import static io.tocsin.ingest.Intakes.NOW;
import static io.tocsin.ingest.Intakes.assertRefused;
import static io.tocsin.ingest.Intakes.shown;
import static io.tocsin.ingest.Wire.field;
import static io.tocsin.ingest.Wire.label;
import static io.tocsin.ingest.Wire.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtoExpositionTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();

  private static Decoded decode(byte[] body) {
    return Format.PROTO.decode(body, Intakes.fresh());
  }

  private byte[] exposed() throws IOException {
    var bytes = new ByteArrayOutputStream();
    new PrometheusProtobufWriter().write(bytes, registry.scrape());
    return bytes.toByteArray();
  }

  private static byte[] delimited(byte[] family) {
    return message(
        out -> {
          out.writeUInt32NoTag(family.length);
          out.writeRawBytes(family);
        });
  }

  /** A family of one metric; the value stands in its field. */
  private static byte[] family(int type, int field, Wire.Body value) {
    return delimited(
        message(
            out -> {
              out.writeString(1, "x");
              out.writeEnum(3, type);
              field(
                  out,
                  4,
                  message(
                      metric -> {
                        field(metric, 1, label("a", "b"));
                        field(metric, field, message(value));
                        metric.writeInt64(6, NOW - 5);
                      }));
            }));
  }

  @Test
  void whatTheJavaClientExposesIsRead() throws IOException {
    Counter counter =
        Counter.builder()
            .withoutExemplars()
            .name("hits_total")
            .help("Hits.")
            .labelNames("p")
            .register(registry);
    counter.labelValues("a \"b\"\n").inc(7);
    Gauge.builder().withoutExemplars().name("level").register(registry).set(-1.5);
    Info.builder().name("build_info").labelNames("v").register(registry).setLabelValues("1");
    Summary.builder()
        .withoutExemplars()
        .name("size")
        .quantile(1)
        .quantile(0.5)
        .register(registry)
        .observe(4);
    Histogram histogram =
        Histogram.builder()
            .withoutExemplars()
            .name("took")
            .classicOnly()
            .classicUpperBounds(1, 2.5)
            .register(registry);
    histogram.observe(2);
    histogram.observe(3);

    Decoded decoded = decode(exposed());

    assertThat(shown(decoded.samples()))
        .containsExactlyInAnyOrder(
            "hits_total{p=\"a \\\"b\\\"\\n\"} 7.0 @" + NOW,
            "level -1.5 @" + NOW,
            "build_info{v=\"1\"} 1.0 @" + NOW,
            "size{quantile=\"0.5\"} 4.0 @" + NOW,
            "size{quantile=\"1.0\"} 4.0 @" + NOW,
            "size_sum 4.0 @" + NOW,
            "size_count 1.0 @" + NOW,
            "took_bucket{le=\"1.0\"} 0.0 @" + NOW,
            "took_bucket{le=\"2.5\"} 1.0 @" + NOW,
            "took_bucket{le=\"+Inf\"} 2.0 @" + NOW,
            "took_sum 5.0 @" + NOW,
            "took_count 2.0 @" + NOW);
    assertThat(decoded.metadata())
        .containsEntry("hits_total", new Description("counter", "Hits.", ""))
        .containsEntry("took", new Description("histogram", "", ""));
    assertThat(decoded.refused().isEmpty()).isTrue();
  }

  @Test
  void theNativeBucketsOfAHistogramThatHasClassicOnesTooAreNotMissed() throws IOException {
    Histogram.builder()
        .withoutExemplars()
        .name("took")
        .classicUpperBounds(1)
        .register(registry)
        .observe(2);

    Decoded decoded = decode(exposed());

    assertThat(shown(decoded.samples())).contains("took_bucket{le=\"1.0\"} 0.0 @" + NOW);
    assertThat(decoded.refused().isEmpty()).isTrue();
  }

  @Test
  void aHistogramOfNativeBucketsAloneKeepsItsCountAndSumAndItsBucketsAreRefused()
      throws IOException {
    Histogram.builder().withoutExemplars().name("took").nativeOnly().register(registry).observe(2);

    Decoded decoded = decode(exposed());

    assertThat(shown(decoded.samples()))
        .containsExactly(
            "took_bucket{le=\"+Inf\"} 1.0 @" + NOW,
            "took_sum 2.0 @" + NOW,
            "took_count 1.0 @" + NOW);
    assertThat(decoded.refused().counts()).isEqualTo(Map.of(Refused.Reason.NATIVE_HISTOGRAM, 1));
    assertThat(decoded.refused().first())
        .isEqualTo(
            "family[0] took: native histogram found, expected classic buckets (_bucket, _sum,"
                + " _count)");
  }

  @Test
  void countsMayBeFractionsAndTimestampsTheirOwn() {
    byte[] body =
        family(
            5,
            7,
            histogram -> {
              histogram.writeUInt64(1, 9);
              histogram.writeDouble(4, 2.5);
              histogram.writeDouble(2, 11);
              field(
                  histogram,
                  3,
                  message(
                      bucket -> {
                        bucket.writeUInt64(1, 7);
                        bucket.writeDouble(2, 1e6);
                        bucket.writeDouble(4, 1.5);
                      }));
            });

    assertThat(shown(decode(body).samples()))
        .containsExactly(
            "x_bucket{a=\"b\", le=\"1e+06\"} 1.5 @" + (NOW - 5),
            "x_bucket{a=\"b\", le=\"+Inf\"} 2.5 @" + (NOW - 5),
            "x_sum{a=\"b\"} 11.0 @" + (NOW - 5),
            "x_count{a=\"b\"} 2.5 @" + (NOW - 5));
    assertThat(decode(body).metadata().get("x").type()).isEqualTo("gaugehistogram");
  }

  @Test
  void severalFamiliesAndTypesWeDoNotKnowTheFieldsOfFollowEachOther() {
    byte[] one = family(0, 3, counter -> counter.writeDouble(1, 1));
    byte[] two =
        family(
            3,
            5,
            untyped -> {
              untyped.writeDouble(1, 2);
              untyped.writeString(99, "new");
            });

    var body = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, body, one.length, two.length);

    assertThat(shown(decode(body).samples()))
        .isEqualTo(List.of("x{a=\"b\"} 1.0 @" + (NOW - 5), "x{a=\"b\"} 2.0 @" + (NOW - 5)));
  }

  @Test
  void whatIsNotAnExpositionIsRefusedWithItsPlace() {
    byte[] good = family(1, 2, gauge -> gauge.writeDouble(1, 1));
    var intake = Intakes.fresh();

    assertThat(decode(new byte[0]).samples().isEmpty()).isTrue();
    assertRefused(Format.PROTO, Arrays.copyOf(good, good.length - 1), intake, "expected at most");
    assertRefused(
        Format.PROTO,
        family(1, 3, counter -> counter.writeDouble(1, 1)),
        intake,
        "family[0] x: metric without a value found, expected a gauge");
    assertRefused(
        Format.PROTO,
        family(17, 2, gauge -> gauge.writeDouble(1, 1)),
        intake,
        "type 17 found, expected 0 to 5");
    assertRefused(
        Format.PROTO,
        delimited(
            message(out -> field(out, 4, message(metric -> field(metric, 3, message(v -> {})))))),
        intake,
        "no metric name found");
    assertRefused(Format.PROTO, Intakes.utf8("# TYPE up gauge\nup 1\n"), intake, "protobuf");
  }
}
