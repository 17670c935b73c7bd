package io.tocsin.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.label.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JournalCodecProperties {

  private record Sample(Labels labels, long timestamp, long valueBits) {}

  private final AtomicLong sequence = new AtomicLong();
  private final MemoryStore store = new MemoryStore(MemoryStore.Limits.DEFAULT);
  private final SeriesIds ids =
      new SeriesIds(store, () -> sequence.addAndGet(1 + sequence.get() % 3));
  private final JournalCodec.Encoder encoder = new JournalCodec.Encoder(ids::idOf);

  private byte[] encoded(SampleBatch... batches) {
    return encoder.encode(Stream.of(batches).map(store::admit).toList());
  }

  @Provide
  Arbitrary<List<SampleBatch>> batches() {
    Arbitrary<Labels> labels =
        Arbitraries.maps(Arbitraries.strings().ofMinLength(1).ofMaxLength(3), Arbitraries.strings())
            .ofMaxSize(3)
            .map(Labels::from)
            .list()
            .ofSize(5)
            .flatMap(Arbitraries::of);
    Arbitrary<Long> bits =
        Arbitraries.oneOf(
            Arbitraries.longs(),
            Arbitraries.integers().map(i -> Double.doubleToRawLongBits(i)),
            Arbitraries.of(StaleMarker.BITS, 0L, Long.MIN_VALUE, 0x7ff8000000000000L));
    Arbitrary<Long> timestamps =
        Arbitraries.oneOf(Arbitraries.longs(), Arbitraries.of(1_700_000_000_000L));
    return Combinators.combine(labels, timestamps, bits)
        .as(Sample::new)
        .list()
        .ofMaxSize(20)
        .map(JournalCodecProperties::batch)
        .list()
        .ofMaxSize(3);
  }

  private static SampleBatch batch(List<Sample> samples) {
    var batch = SampleBatch.builder();
    samples.forEach(
        sample ->
            batch.add(sample.labels, sample.timestamp, Double.longBitsToDouble(sample.valueBits)));
    return batch.build();
  }

  private static List<Sample> list(SampleBatch batch) {
    var samples = new ArrayList<Sample>();
    for (int i = 0; i < batch.size(); i++) {
      samples.add(
          new Sample(
              batch.labels(i), batch.timestamp(i), Double.doubleToRawLongBits(batch.value(i))));
    }
    return samples;
  }

  @Property(tries = 60)
  void whatGoesInComesOut(@ForAll("batches") List<SampleBatch> batches) {
    var decoder = new JournalCodec.Decoder();
    encoder.restart();
    for (SampleBatch batch : batches) {
      var entry = decoder.decode(encoded(batch));
      assertThat(list(entry.samples())).isEqualTo(list(batch));
    }
  }

  @Property(tries = 80)
  void aDamagedPayloadIsRefused(
      @ForAll("batches") List<SampleBatch> batches, @ForAll int where, @ForAll byte damage) {
    encoder.restart();
    for (SampleBatch batch : batches) {
      byte[] payload = encoded(batch);
      payload[Math.floorMod(where, payload.length)] ^= damage == 0 ? 1 : damage;
      assertThatThrownBy(() -> new JournalCodec.Decoder().decode(payload))
          .isInstanceOf(JournalCodec.CorruptJournal.class)
          .hasMessageContaining("journal payload");
    }
  }

  @Property(tries = 80)
  void wellSealedNonsenseIsRefusedToo(@ForAll byte[] nonsense) {
    var bytes = JournalBytes.writing(nonsense.length + 1);
    bytes.writeByte(1);
    for (byte one : nonsense) {
      bytes.writeByte(one);
    }
    try {
      assertThat(new JournalCodec.Decoder().decode(bytes.sealed()).samples().isEmpty()).isTrue();
    } catch (JournalCodec.CorruptJournal e) {
      assertThat(e).hasMessageContaining("journal payload");
    }
  }

  @Example
  void labelsAreWrittenOnceAndAgainAfterARestart() {
    var batch = SampleBatch.of(Labels.of("__name__", "up", "job", "api"), 1000, 1);
    var decoder = new JournalCodec.Decoder();

    assertThat(decoder.decode(encoded(batch)).newSeries()).hasSize(1);
    byte[] second = encoded(batch);
    assertThat(decoder.decode(second).newSeries()).isEmpty();
    assertThat(second).hasSizeLessThan(20);
    assertThatThrownBy(() -> new JournalCodec.Decoder().decode(second))
        .hasMessageContaining("expected one introduced before");

    encoder.restart();
    assertThat(new JournalCodec.Decoder().decode(encoded(batch)).newSeries())
        .extracting(JournalCodec.NewSeries::labels)
        .containsExactly(batch.labels(0));
  }

  @Example
  void anIdIsGivenOnceAndTheFirstOneLearntStays() {
    Labels up = Labels.of("__name__", "up");
    Labels down = Labels.of("__name__", "down");
    ids.learn(77, up);
    ids.learn(78, up);

    assertThat(ids.idOf(up)).isEqualTo(77);
    assertThat(ids.known(down)).isEmpty();
    assertThat(ids.idOf(down)).isEqualTo(ids.idOf(down)).isNotEqualTo(77);
    assertThat(ids.known(down)).isPresent();
  }

  @Example
  void severalBatchesShareAPayload() {
    Labels up = Labels.of("__name__", "up");
    var one = SampleBatch.of(up, 1000, 1);
    var other = SampleBatch.builder().add(Labels.of("a", "b"), 5, 2).add(up, 2000, 3).build();

    var entry = new JournalCodec.Decoder().decode(encoded(one, other));

    assertThat(entry.newSeries()).hasSize(2);
    assertThat(list(entry.samples()))
        .containsExactlyElementsOf(
            Stream.concat(list(one).stream(), list(other).stream()).toList());
  }
}
