package io.tocsin.ingest;

import static io.tocsin.ingest.Intakes.assertRefused;
import static io.tocsin.ingest.Intakes.shown;
import static io.tocsin.ingest.Wire.field;
import static io.tocsin.ingest.Wire.message;
import static io.tocsin.ingest.Wire.sample;
import static io.tocsin.ingest.Wire.snappy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RemoteWrite2Test {
  private final Format.Intake intake = Intakes.fresh();

  private static byte[] request(List<String> symbols, byte[]... series) {
    return snappy(
        message(
            out -> {
              for (String symbol : symbols) {
                out.writeString(4, symbol);
              }
              for (byte[] one : series) {
                field(out, 5, one);
              }
            }));
  }

  private static byte[] series(int[] refs, byte[]... samples) {
    return message(
        out -> {
          field(
              out,
              1,
              message(
                  packed -> {
                    for (int ref : refs) {
                      packed.writeUInt32NoTag(ref);
                    }
                  }));
          for (byte[] sample : samples) {
            field(out, 2, sample);
          }
        });
  }

  private Decoded decode(byte[] body) {
    return Format.REMOTE_WRITE_2.decode(body, intake);
  }

  private void refused(byte[] body, String reason) {
    assertRefused(Format.REMOTE_WRITE_2, body, intake, reason);
  }

  @Test
  void readsBytesWrittenByHand() {
    // Symbols "", "__name__", "up", "job", "a"; one series of [1,2,3,4]; 1.5 at 1000 ms.
    byte[] body =
        HexFormat.of()
            .parseHex(
                "2200"
                    + "22085f5f6e616d655f5f"
                    + "22027570"
                    + "22036a6f62"
                    + "220161"
                    + "2a14"
                    + "0a0401020304"
                    + "120c09000000000000f83f10e807");

    assertThat(shown(decode(snappy(body)).samples())).containsExactly("up{job=\"a\"} 1.5 @1000");
  }

  @Test
  void aSeriesIsTheSameObjectWhateverItsNumbers() {
    byte[] first = series(new int[] {1, 2}, sample(1, 1));
    byte[] second = series(new int[] {3, 1}, sample(2, 2));
    assertThat(decode(request(List.of("", "__name__", "up"), first)).samples().labels(0))
        .isSameAs(decode(request(List.of("", "up", "x", "__name__"), second)).samples().labels(0));
  }

  @Test
  void symbolsBehindTheirSeriesAreFound() {
    byte[] body =
        snappy(
            message(
                out -> {
                  field(out, 5, series(new int[] {1, 2}, sample(1, 1)));
                  out.writeString(4, "");
                  out.writeString(4, "__name__");
                  out.writeString(4, "up");
                }));
    assertThat(shown(decode(body).samples())).containsExactly("up 1.0 @1");
  }

  @Test
  void metadataIsKeptByFamily() {
    byte[] one =
        message(
            out -> {
              field(out, 1, new byte[] {1, 2});
              field(out, 2, sample(1, 1));
              field(
                  out,
                  5,
                  message(
                      said -> {
                        said.writeEnum(1, 3);
                        said.writeUInt32(3, 3);
                        said.writeUInt32(4, 4);
                      }));
            });
    Decoded decoded =
        decode(request(List.of("", "__name__", "d_seconds_sum", "How long.", "seconds"), one));
    assertThat(decoded.metadata())
        .isEqualTo(Map.of("d_seconds", new Description("histogram", "How long.", "seconds")));
  }

  @Test
  void nativeHistogramsAndWrongLabelsAreLeftOutOneByOne() {
    byte[] histogram =
        message(
            out -> {
              field(out, 1, new byte[] {1, 2});
              field(out, 3, sample(1, 1));
              field(out, 4, sample(1, 1));
            });
    Decoded decoded =
        decode(
            request(
                List.of("", "__name__", "up", "a"),
                histogram,
                series(new int[] {3, 2}, sample(1, 1), sample(2, 2)),
                series(new int[] {1, 2, 3, 2, 3, 2}, sample(1, 1)),
                series(new int[] {1, 2, 3, 2}, sample(5, 5), sample(6, -6))));

    assertThat(shown(decoded.samples())).containsExactly("up{a=\"up\"} 5.0 @5");
    assertThat(decoded.refused().counts())
        .isEqualTo(
            Map.of(
                Refused.Reason.NATIVE_HISTOGRAM, 1,
                Refused.Reason.LABELS, 3,
                Refused.Reason.TIMESTAMP, 1));
    assertThat(decoded.refused().first())
        .isEqualTo(
            "timeseries[0]: native histogram found, expected classic buckets (_bucket, _sum,"
                + " _count)");
  }

  @Test
  void brokenTablesAreRefusedWhole() {
    refused(
        request(List.of("up"), series(new int[] {0, 0}, sample(1, 1))),
        "symbols[0]: text found, expected the empty text");
    refused(
        request(List.of("", "__name__"), series(new int[] {1, 2}, sample(1, 1))),
        "timeseries[0].labels_refs: symbol 2 found, expected less than 2");
    refused(
        request(List.of("", "__name__"), series(new int[] {1}, sample(1, 1))),
        "timeseries[0].labels_refs: 1 numbers found, expected name, value pairs");
    refused(snappy(new byte[] {0x2a, 0x05, 1}), "length 5 found, expected at most 1");
    refused(new byte[] {1, 2, 3}, "body: not a snappy block");
  }

  @Test
  void labelsThatRepeatALongSymbolAreRefusedBeforeTheyFillTheMemory() {
    int[] refs = new int[2_000];
    java.util.Arrays.fill(refs, 1);
    assertRefused(
        Format.REMOTE_WRITE_2,
        request(List.of("", "x".repeat(1_000)), series(refs, sample(1, 1))),
        Intakes.with(new IngestLimits(1 << 20, 1 << 20, 9, 9, 9, 9, java.time.Duration.ofDays(1))),
        "bytes of the labels of timeseries[0]");
  }
}
