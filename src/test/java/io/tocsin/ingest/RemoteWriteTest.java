package io.tocsin.ingest;

import static io.tocsin.ingest.Intakes.assertRefused;
import static io.tocsin.ingest.Intakes.shown;
import static io.tocsin.ingest.Intakes.utf8;
import static io.tocsin.ingest.Wire.field;
import static io.tocsin.ingest.Wire.label;
import static io.tocsin.ingest.Wire.message;
import static io.tocsin.ingest.Wire.sample;
import static io.tocsin.ingest.Wire.snappy;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.series.StaleMarker;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RemoteWriteTest {
  private final Format.Intake intake = Intakes.fresh();

  private static byte[] series(Wire.Body body) {
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
    assertThat(decoded.refused().counts()).isEqualTo(Map.of(Refused.Reason.NATIVE_HISTOGRAM, 1));
    assertThat(decoded.refused().first()).contains("timeseries[0]: native histogram found");
    assertThat(decoded.metadata())
        .containsEntry("up", new Description("gauge", "Whether it is up.", "ratio"));
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

  private void left(byte[] body, Refused.Reason reason, String why) {
    byte[] good =
        message(
            one -> {
              field(one, 1, label("__name__", "good"));
              field(one, 2, sample(7, 7));
            });
    byte[] both =
        snappy(
            message(
                out -> {
                  field(out, 1, body);
                  field(out, 1, good);
                }));

    Decoded decoded = Format.REMOTE_WRITE.decode(both, intake);

    assertThat(shown(decoded.samples())).containsExactly("good 7.0 @7");
    assertThat(decoded.refused().counts()).isEqualTo(Map.of(reason, 1));
    assertThat(decoded.refused().first()).contains(why);
  }

  private static byte[] labelled(String... namesAndValues) {
    return message(
        one -> {
          for (int i = 0; i < namesAndValues.length; i += 2) {
            field(one, 1, label(namesAndValues[i], namesAndValues[i + 1]));
          }
          field(one, 2, sample(1, 1));
        });
  }

  @Test
  void aWrongSeriesIsLeftOutAndNamedAndTheOthersAreKept() {
    left(labelled(), Refused.Reason.LABELS, "timeseries[0]: no metric name found");
    left(labelled("__name__", ""), Refused.Reason.LABELS, "timeseries[0]: no metric name found");
    left(labelled("__name__", "up", "", "x"), Refused.Reason.LABELS, "empty label name found");
    left(
        labelled("__name__", "up", "a", "1", "a", "2"),
        Refused.Reason.LABELS,
        "timeseries[0]: label \"a\" found twice");
    left(
        labelled("__name__", "up", "a", "x".repeat(65_536)),
        Refused.Reason.LABELS,
        "value of label \"a\" has 65536 characters, expected at most 2048");
    left(
        message(
            one -> {
              field(one, 1, label("__name__", "up"));
              field(one, 1, message(l -> l.writeByteArray(1, new byte[] {(byte) 0xc0})));
              field(one, 2, sample(1, 1));
            }),
        Refused.Reason.LABELS,
        "timeseries[0]: text that is not UTF-8 found");
    for (long outOfTime : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, Intakes.NOW * 2}) {
      left(
          message(
              one -> {
                field(one, 1, label("__name__", "up"));
                field(one, 2, sample(1, outOfTime));
              }),
          Refused.Reason.TIMESTAMP,
          "timeseries[0]: timestamp " + outOfTime + " found");
    }
  }

  @Test
  void unsortedLabelsAreTheSameSeriesAsSortedOnes() {
    byte[] sorted = snappy(message(o -> field(o, 1, labelled("__name__", "up", "a", "1"))));
    byte[] unsorted = snappy(message(o -> field(o, 1, labelled("a", "1", "__name__", "up"))));
    assertThat(Format.REMOTE_WRITE.decode(unsorted, intake).samples().labels(0))
        .isEqualTo(Format.REMOTE_WRITE.decode(sorted, intake).samples().labels(0));
  }

  @Test
  void everySampleOfAWrongSeriesIsCounted() {
    byte[] body =
        series(
            one -> {
              field(one, 2, sample(1, 1));
              field(one, 2, sample(1, 2));
              field(one, 2, sample(1, 3));
            });
    assertThat(Format.REMOTE_WRITE.decode(body, intake).refused().total()).isEqualTo(3);
  }

  @Test
  void aLabelBehindSamplesIsRefusedWithEverything() {
    refused(
        series(
            one -> {
              field(one, 1, label("__name__", "up"));
              field(one, 2, sample(1, 1));
              field(one, 1, label("a", "2"));
            }),
        "timeseries[0]: label behind samples found");
  }

  @Test
  void aNotANumberKeepsItsBits() {
    long payload = 0x7ff8dead_beef0001L;
    byte[] body =
        series(
            one -> {
              field(one, 1, label("__name__", "up"));
              field(one, 2, sample(Double.longBitsToDouble(payload), 1));
            });
    double value = Format.REMOTE_WRITE.decode(body, intake).samples().value(0);
    assertThat(Double.doubleToRawLongBits(value)).isEqualTo(payload);
    assertThat(StaleMarker.is(value)).isFalse();
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
