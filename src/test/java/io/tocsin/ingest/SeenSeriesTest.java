package io.tocsin.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.Labels;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SeenSeriesTest {
  private final SeenSeries seen = new SeenSeries(100_000);
  private final AtomicInteger decoded = new AtomicInteger();

  private Labels labels(Format format, String text) {
    byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    return seen.labels(
        format,
        bytes,
        1,
        bytes.length - 1,
        (from, to) -> {
          decoded.incrementAndGet();
          return Labels.of("text", new String(bytes, from, to - from, StandardCharsets.UTF_8));
        });
  }

  @Example
  void aSeriesIsDecodedOnce() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 20_000; i++) {
        assertThat(labels(Format.TEXT, "series " + i).get("text")).isEqualTo("series " + i);
      }
    }
    assertThat(decoded).hasValue(20_000);
    assertThat(labels(Format.TEXT, "series 7")).isSameAs(labels(Format.TEXT, "series 7"));
  }

  @Example
  void twoFormatsDoNotShareAnEntry() {
    labels(Format.TEXT, "x");
    labels(Format.REMOTE_WRITE, "x");

    assertThat(decoded).hasValue(2);
  }

  @Example
  void whatNobodyAsksForIsForgotten() {
    labels(Format.TEXT, "old");
    seen.lookedUp(1_000_000);
    for (int round = 0; round < 2; round++) {
      labels(Format.TEXT, "in use");
      seen.lookedUp(1_000_000);
    }
    decoded.set(0);

    labels(Format.TEXT, "in use");
    assertThat(decoded).hasValue(0);
    labels(Format.TEXT, "old");
    assertThat(decoded).hasValue(1);
  }

  @Example
  void beyondItsRoomItForgetsAndGoesOn() {
    var small = new SeenSeries(1);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
      String expected = Integer.toString(i);
      assertThat(
              small
                  .labels(
                      Format.TEXT, bytes, 0, bytes.length, (from, to) -> Labels.of("n", expected))
                  .get("n"))
          .isEqualTo(expected);
    }
  }

  @Property(tries = 200)
  void differentBytesHaveDifferentHashes(
      @ForAll @Size(max = 40) byte[] bytes,
      @ForAll @IntRange(max = 39) int where,
      @ForAll byte other) {
    var hash = new SecretHash();
    var keys = new HashSet<SecretHash.Key>();
    int distinct = 1;
    keys.add(hash.of(bytes, 0, bytes.length, 0));
    if (bytes.length > 0) {
      int at = where % bytes.length;
      byte[] changed = bytes.clone();
      changed[at] = other;
      distinct += changed[at] == bytes[at] ? 0 : 1;
      keys.add(hash.of(changed, 0, changed.length, 0));
      keys.add(hash.of(bytes, 0, bytes.length - 1, 0));
      distinct++;
    }
    byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 1);
    keys.add(hash.of(longer, 0, longer.length, 0));
    keys.add(hash.of(bytes, 0, bytes.length, 1));

    assertThat(keys).hasSize(distinct + 2);
    assertThat(hash.of(longer, 0, bytes.length, 0)).isEqualTo(hash.of(bytes, 0, bytes.length, 0));
    assertThat(new SecretHash().of(bytes, 0, bytes.length, 0))
        .isNotEqualTo(hash.of(bytes, 0, bytes.length, 0));
  }
}
