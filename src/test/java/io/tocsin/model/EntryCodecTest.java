package io.tocsin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.label.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EntryCodecTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @Property(tries = 200)
  void rowsComeBackAsTheyWere(@ForAll long seed, @ForAll @IntRange(max = 80) int count) {
    List<Prediction> rows = rows(new Random(seed), count);

    PredictionRows back = back(new ModelEntry.Predictions(PredictionRows.of(rows), 3, 4));

    assertThat(all(back)).isEqualTo(all(PredictionRows.of(rows)));
    assertThat(back.ids).isEqualTo(PredictionRows.of(rows).ids);
  }

  private static PredictionRows back(ModelEntry.Predictions entry) {
    EntryCodec.Accepted accepted = EntryCodec.decode(EntryCodec.encode(entry, NOW));
    assertThat(accepted.at()).isEqualTo(NOW);
    var read = (ModelEntry.Predictions) accepted.entry();
    assertThat(List.of(read.rejected(), read.ignored()))
        .containsExactly(entry.rejected(), entry.ignored());
    return read.rows();
  }

  private static List<Prediction> all(PredictionRows rows) {
    return IntStream.range(0, rows.size()).mapToObj(rows::row).toList();
  }

  private static List<Prediction> rows(Random random, int count) {
    var rows = new ArrayList<Prediction>();
    boolean decimals = random.nextBoolean();
    for (int i = 0; i < count; i++) {
      Map<String, FeatureValue> features = new HashMap<>();
      if (random.nextInt(4) > 0) {
        features.put("number", new FeatureValue.Numeric(number(random, decimals)));
      }
      features.put("word", new FeatureValue.Category("w" + random.nextInt(300)));
      features.put("flag", new FeatureValue.Flag(random.nextBoolean()));
      rows.add(
          new Prediction(
              random.nextBoolean() ? Optional.of("id" + i) : Optional.empty(),
              NOW.toEpochMilli() - random.nextInt(1_000_000),
              "v" + random.nextInt(3),
              features,
              new FeatureValue.Numeric(random.nextInt(5)),
              random.nextBoolean()
                  ? OptionalDouble.of(random.nextDouble())
                  : OptionalDouble.empty(),
              OptionalDouble.of(random.nextInt(1000) / 10.0),
              random.nextBoolean() ? Labels.of("region", "eu") : Labels.EMPTY));
    }
    return rows;
  }

  private static double number(Random random, boolean decimals) {
    if (decimals) {
      return random.nextInt(2_000_000) / 100.0 - 10_000;
    }
    return switch (random.nextInt(6)) {
      case 0 -> -0.0;
      case 1 -> Double.MAX_VALUE;
      case 2 -> Double.MIN_VALUE;
      case 3 -> (float) random.nextGaussian();
      case 4 -> random.nextInt();
      default -> random.nextGaussian();
    };
  }

  @Property(tries = 300)
  void columnsOfNumbersStayExactToTheBit(@ForAll @Size(max = 40) double[] values) {
    var out = new ByteSink(16);
    ColumnCodec.write(out, values);

    double[] back = ColumnCodec.read(new ByteSource(out.toBytes()), values.length);

    for (int i = 0; i < values.length; i++) {
      assertThat(Double.doubleToLongBits(back[i])).isEqualTo(Double.doubleToLongBits(values[i]));
    }
  }

  @Test
  void moneyAndWholeNumbersTakeFourBytes() {
    for (double[] values : new double[][] {{1.25, -3.5, 1e6, Double.NaN}, {7, 8, 9, 10}}) {
      var out = new ByteSink(16);
      ColumnCodec.write(out, values);
      assertThat(out.toBytes()).hasSize(1 + 4 * values.length);
    }
  }

  @Test
  void theOtherEntriesComeBackToo() {
    var window = new ModelEntry.BaselineWindow(Segment.version("v3"), 5, 9);
    assertThat(EntryCodec.decode(EntryCodec.encode(window, NOW)).entry()).isEqualTo(window);
    var importances =
        new ModelEntry.Importances(new Importance(NOW, "v3", Map.of("a", .5, "b", -1e-9)));
    assertThat(EntryCodec.decode(EntryCodec.encode(importances, NOW)).entry())
        .isEqualTo(importances);
    var truths =
        TruthRows.of(
            List.of(
                new Truth("a", new FeatureValue.Flag(true)),
                new Truth("b", new FeatureValue.Numeric(-1.5)),
                new Truth("c", new FeatureValue.Category("später"))));
    var back =
        (ModelEntry.Truths)
            EntryCodec.decode(EntryCodec.encode(new ModelEntry.Truths(truths, 2), NOW)).entry();
    assertThat(IntStream.range(0, 3).mapToObj(back.rows()::actual).toList())
        .isEqualTo(IntStream.range(0, 3).mapToObj(truths::actual).toList());
    assertThat(back.rows().id(2)).isEqualTo(IdHash.of("c"));
  }

  @Property(tries = 300)
  void bytesThatAreNoEntryAreRefusedAndNothingElse(
      @ForAll long seed, @ForAll @IntRange(max = 400) int cut) {
    byte[] good =
        EntryCodec.encode(
            new ModelEntry.Predictions(PredictionRows.of(rows(new Random(seed), 9)), 0, 0), NOW);
    byte[] bad = Arrays.copyOf(good, Math.min(cut, good.length - 1));

    assertThatThrownBy(() -> EntryCodec.decode(bad)).isInstanceOf(ByteSource.CorruptEntry.class);
  }
}
