package io.tocsin.ingest;

import static io.tocsin.ingest.Intakes.assertRefused;
import static io.tocsin.ingest.Intakes.shown;
import static io.tocsin.ingest.Intakes.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.tocsin.series.StaleMarker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

class RemoteWriteTest {
  private final Format.Intake intake = Intakes.fresh();

  private interface Body {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Body body) {
    var bytes = new ByteArrayOutputStream();
    try {
      var out = CodedOutputStream.newInstance(bytes);
      body.write(out);
      out.flush();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] label(String name, String value) {
    return message(
        out -> {
          out.writeString(1, name);
          out.writeString(2, value);
        });
  }

  private static byte[] sample(double value, long timestamp) {
    return message(
        out -> {
          out.writeDouble(1, value);
          out.writeInt64(2, timestamp);
        });
  }

  private static void field(CodedOutputStream out, int number, byte[] message) throws IOException {
    out.writeBytes(number, ByteString.copyFrom(message));
  }

  private static byte[] snappy(byte[] bytes) {
    try {
      return Snappy.compress(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] series(Body body) {
    return snappy(message(out -> field(out, 1, message(body))));
  }

  private void refused(byte[] body, String reason) {
    assertRefused(Format.REMOTE_WRITE, body, intake, reason);
  }

  @Test
  void readsBytesWrittenByHand() {
    // One series __name__="up", job="a"; samples 1.5 at 1000 ms and the stale marker at 2000 ms.
    byte[] request =
        HexFormat.of()
            .parseHex(
                "0a36"
                    + "0a0e0a085f5f6e616d655f5f12027570"
                    + "0a080a036a6f62120161"
                    + "120c09000000000000f83f10e807"
                    + "120c09020000000000f07f10d00f");

    var samples = Format.REMOTE_WRITE.decode(snappy(request), intake).samples();

    assertThat(shown(samples).getFirst()).isEqualTo("up{job=\"a\"} 1.5 @1000");
    assertThat(StaleMarker.is(samples.value(1))).isTrue();
    assertThat(samples.timestamp(1)).isEqualTo(2000);
    assertThat(samples.labels(1)).isSameAs(samples.labels(0));
  }

  @Test
  void passesOverWhatItDoesNotKnowAndCountsWhatItCannotKeep() {
    byte[] body =
        snappy(
            message(
                out -> {
                  field(
                      out,
                      1,
                      message(
                          one -> {
                            field(one, 1, label("job", "b"));
                            field(one, 1, label("empty", ""));
                            field(one, 1, label("__name__", "up"));
                            field(one, 3, sample(1, 1));
                            field(one, 4, sample(1, 1));
                            one.writeFixed32(99, 7);
                            field(one, 2, message(s -> s.writeInt64(2, 5)));
                          }));
                  out.writeInt32(17, 5);
                  field(
                      out,
                      3,
                      message(
                          m -> {
                            m.writeEnum(1, 2);
                            m.writeString(2, "up");
                            m.writeString(4, "Whether it is up.");
                            m.writeString(5, "ratio");
                          }));
                }));

    var decoded = Format.REMOTE_WRITE.decode(body, intake);

    assertThat(shown(decoded.samples())).containsExactly("up{job=\"b\"} 0.0 @5");
    assertThat(decoded.unsupported()).isEqualTo(2);
    assertThat(decoded.metadata())
        .containsEntry("up", new Decoded.MetricMetadata("gauge", "Whether it is up.", "ratio"));
  }

  @Test
  void aSeriesSeenBeforeIsTheSameObject() {
    byte[] body =
        series(
            one -> {
              field(one, 1, label("__name__", "up"));
              field(one, 2, sample(1, 1));
            });

    assertThat(Format.REMOTE_WRITE.decode(body, intake).samples().labels(0))
        .isSameAs(Format.REMOTE_WRITE.decode(body, intake).samples().labels(0));
  }

  @Test
  void wrongLabelsAreNamedWithTheirSeries() {
    refused(series(one -> field(one, 2, sample(1, 1))), "timeseries[0]: no metric name found");
    refused(
        series(
            one -> {
              field(one, 1, label("__name__", "up"));
              field(one, 1, label("a", "1"));
              field(one, 1, label("a", "2"));
            }),
        "timeseries[0]: label \"a\" found twice");
    refused(
        series(
            one -> {
              field(one, 1, label("__name__", "up"));
              field(one, 2, sample(1, 1));
              field(one, 1, label("a", "2"));
            }),
        "timeseries[0]: label behind samples found");
    refused(
        series(one -> field(one, 1, message(l -> l.writeByteArray(1, new byte[] {(byte) 0xc0})))),
        "timeseries[0]: text that is not UTF-8 found");
    refused(
        series(
            one -> {
              field(one, 1, label("__name__", "up"));
              field(one, 2, sample(1, -1));
            }),
        "timeseries[0]: timestamp -1 found");
  }

  @Test
  void brokenBytesAreRefused() {
    refused(utf8("hello, world"), "body: not a snappy block");
    refused(new byte[0], "body: not a snappy block");
    refused(
        snappy(new byte[] {0x0a, 0x05, 1}), "protobuf, byte 2: length 5 found, expected at most 1");
    refused(snappy(new byte[] {0x0f}), "wire type 7 found");
    refused(snappy(new byte[] {0}), "field tag 0 found");
    refused(snappy(new byte[] {(byte) 0x80}), "message ends");
  }

  @Test
  void aDeclaredLengthBeyondTheLimitIsRefusedUnread() {
    byte[] bomb = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x04, 0};
    refused(bomb, "body: not a snappy block: [PARSING_ERROR] invalid uncompressed length");
    assertRefused(
        Format.REMOTE_WRITE,
        snappy(new byte[100_000]),
        Intakes.with(new IngestLimits(1 << 20, 99_999, 9, 9, 9, 9, java.time.Duration.ofDays(1))),
        "bytes of the decompressed body: 100000 found, expected at most 99999");
  }
}
