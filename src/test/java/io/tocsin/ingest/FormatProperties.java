package io.tocsin.ingest;

import static io.tocsin.ingest.Wire.field;
import static io.tocsin.ingest.Wire.label;
import static io.tocsin.ingest.Wire.message;
import static io.tocsin.ingest.Wire.sample;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.xerial.snappy.Snappy;

/** Whatever comes in, it is decoded or refused. */
class FormatProperties {
  private final Format.Intake intake = Intakes.fresh();

  private void decodedOrRefused(Format format, byte[] body) {
    try {
      assertThat(format.decode(body, intake).samples()).isNotNull();
    } catch (MalformedInput e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Property(tries = 500)
  void anyBytes(@ForAll byte[] body, @ForAll Format format) {
    decodedOrRefused(format, body);
  }

  /** A family as it should be but for one byte. */
  @Property(tries = 1000)
  void almostProtobufExposition(
      @ForAll @IntRange(max = 200) int at,
      @ForAll byte wrong,
      @ForAll @IntRange(max = 200) int cut) {
    byte[] family =
        message(
            out -> {
              out.writeString(1, "x");
              out.writeEnum(3, 4);
              byte[] histogram =
                  message(
                      h -> {
                        h.writeUInt64(1, 3);
                        field(h, 3, message(bucket -> bucket.writeDouble(2, 1)));
                      });
              field(
                  out,
                  4,
                  message(
                      metric -> {
                        field(metric, 1, label("a", "b"));
                        field(metric, 7, histogram);
                      }));
            });
    byte[] body =
        message(
            out -> {
              out.writeUInt32NoTag(family.length);
              out.writeRawBytes(family);
            });
    body[at % body.length] = wrong;
    decodedOrRefused(Format.PROTO, Arrays.copyOf(body, body.length - cut % body.length));
  }

  @Property(tries = 500)
  void anyBytesWithinSnappy(@ForAll byte[] body) throws IOException {
    decodedOrRefused(Format.REMOTE_WRITE, Snappy.compress(body));
    decodedOrRefused(Format.REMOTE_WRITE_2, Snappy.compress(body));
  }

  @Provide
  Arbitrary<String> almostText() {
    return Arbitraries.of(
            List.of(
                "up", "{", "}", "a", "=", "\"", "x\\n", "\\", ",", " ", "\n", "1", "NaN", "1e5",
                "#", "# TYPE ", "# HELP ", "gauge", "\t", "é", "5000"))
        .list()
        .ofMaxSize(30)
        .map(words -> String.join("", words));
  }

  @Property(tries = 1000)
  void almostTextFormat(@ForAll("almostText") String text) {
    decodedOrRefused(Format.TEXT, Intakes.utf8(text));
  }

  @Provide
  Arbitrary<String> almostJson() {
    return Arbitraries.of(
            List.of(
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "\"samples\"",
                "\"metric\"",
                "\"labels\"",
                "\"value\"",
                "\"timestamp\"",
                "\"x\"",
                "1",
                "1.5",
                "null",
                "\"NaN\"",
                "{\"metric\":\"x\",\"value\":1}"))
        .list()
        .ofMaxSize(20)
        .map(words -> String.join("", words));
  }

  @Property(tries = 1000)
  void almostJson(@ForAll("almostJson") String text) {
    decodedOrRefused(Format.JSON, Intakes.utf8(text));
  }

  @Property(tries = 1000)
  void decimalsAreReadAsJavaReadsThem(@ForAll double value) {
    if (Double.isFinite(value)) {
      byte[] text = Intakes.utf8("m " + value);
      assertThat(Format.TEXT.decode(text, intake).samples().value(0)).isEqualTo(value);
    }
  }

  private static byte[] validOtlp() {
    byte[] attribute = label("k", "v");
    byte[] point =
        message(
            out -> {
              out.writeFixed64(3, Intakes.NOW * 1_000_000);
              out.writeDouble(4, 1.5);
              field(out, 7, attribute);
            });
    byte[] metric =
        message(
            out -> {
              out.writeString(1, "x");
              out.writeString(3, "s");
              field(out, 5, message(gauge -> field(gauge, 1, point)));
              field(out, 7, message(sum -> field(sum, 1, point)));
              field(out, 9, message(histogram -> field(histogram, 1, point)));
              field(out, 11, message(summary -> field(summary, 1, point)));
            });
    return message(
        out ->
            field(
                out,
                1,
                message(
                    one -> {
                      field(one, 1, message(resource -> field(resource, 1, attribute)));
                      field(one, 2, message(scope -> field(scope, 2, metric)));
                    })));
  }

  private static byte[] validWrite() {
    return message(
        out -> {
          field(
              out,
              1,
              message(
                  one -> {
                    field(one, 1, label("__name__", "x"));
                    field(one, 2, sample(1, 1));
                  }));
          out.writeString(4, "");
          out.writeString(4, "__name__");
          field(
              out,
              5,
              message(
                  one -> {
                    field(one, 1, new byte[] {1, 1});
                    field(one, 2, sample(1, 1));
                  }));
        });
  }

  private static byte[] mutated(byte[] valid, List<Integer> places, byte[] values) {
    byte[] body = valid.clone();
    for (int i = 0; i < Math.min(places.size(), values.length); i++) {
      body[Math.floorMod(places.get(i), body.length)] = values[i];
    }
    return body;
  }

  @Property(tries = 2000)
  void almostProtobuf(
      @ForAll @Size(min = 1, max = 4) List<Integer> places, @ForAll @Size(4) byte[] values)
      throws IOException {
    decodedOrRefused(Format.OTLP, mutated(validOtlp(), places, values));
    byte[] write = Snappy.compress(mutated(validWrite(), places, values));
    decodedOrRefused(Format.REMOTE_WRITE, write);
    decodedOrRefused(Format.REMOTE_WRITE_2, write);
  }

  @Provide
  Arbitrary<String> almostOtlpJson() {
    return Arbitraries.of(
            List.of(
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "\"resourceMetrics\"",
                "\"scopeMetrics\"",
                "\"metrics\"",
                "\"gauge\"",
                "\"dataPoints\"",
                "\"asInt\"",
                "\"attributes\"",
                "\"key\"",
                "\"value\"",
                "1",
                "-1",
                "1e999",
                "\"18446744073709551616\"",
                "null",
                "true",
                "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"x\",\"gauge\":{\"dataPoints\":["))
        .list()
        .ofMaxSize(20)
        .map(words -> String.join("", words));
  }

  @Property(tries = 1000)
  void almostOtlpAsJson(@ForAll("almostOtlpJson") String text) {
    decodedOrRefused(Format.OTLP_JSON, Intakes.utf8(text));
  }

  @Provide
  Arbitrary<String> almostInflux() {
    return Arbitraries.of(
            List.of(
                "cpu",
                ",",
                "=",
                " ",
                "1",
                "1i",
                "\"",
                "\\",
                "\n",
                "\r",
                "#",
                "t",
                "é",
                "1700000000"))
        .list()
        .ofMaxSize(30)
        .map(words -> String.join("", words));
  }

  @Property(tries = 1000)
  void almostLineProtocol(@ForAll("almostInflux") String text) {
    decodedOrRefused(Format.INFLUX, Intakes.utf8(text));
  }

  @Property(tries = 1000)
  void almostOpenMetrics(@ForAll("almostText") String text) {
    decodedOrRefused(Format.OPEN_METRICS, Intakes.utf8(text + "\n# EOF\n"));
  }
}
