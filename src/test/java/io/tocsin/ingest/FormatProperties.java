package io.tocsin.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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
}
