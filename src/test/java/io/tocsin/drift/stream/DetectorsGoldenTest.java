package io.tocsin.drift.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.drift.option.BadOption;
import io.tocsin.drift.option.Options;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Every detector against indices that MOA 2024.07.0 gave on the same streams, run out of process,
 * and that River's tests and documentation print. The streams come from NumPy's and Python's seeded
 * generators.
 */
class DetectorsGoldenTest {

  private static final JsonNode GOLDEN = golden();

  private static JsonNode golden() {
    try (InputStream file =
        Objects.requireNonNull(
            DetectorsGoldenTest.class.getResourceAsStream("/drift/detectors.json"))) {
      return new ObjectMapper().readTree(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void findsChangesAtTheIndicesOfItsNamedVariant() {
    var wrong = new ArrayList<String>();
    var tested = EnumSet.noneOf(ChangeDetector.class);
    for (JsonNode golden : GOLDEN.path("cases")) {
      ChangeDetector kind = ChangeDetector.named(golden.path("detector").asText()).orElseThrow();
      tested.add(kind);
      var given = new HashMap<String, String>();
      golden
          .path("parameters")
          .properties()
          .forEach(entry -> given.put(entry.getKey(), entry.getValue().asText()));
      Found found =
          run(
              kind.start(Options.of(kind.parameters(), given)),
              stream(golden.path("stream").asText()));
      List<Integer> expected =
          StreamSupport.stream(golden.path("drifts").spliterator(), false)
              .map(JsonNode::asInt)
              .toList();
      boolean warnings =
          golden.path("warnings").isMissingNode()
              || golden.path("warnings").asInt() == found.warnings();
      if (!found.drifts().equals(expected) || !warnings) {
        wrong.add(golden + " found " + found);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(tested)
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(
                EnumSet.of(ChangeDetector.KSWIN, ChangeDetector.GLR, ChangeDetector.ADWIN_GLR)));
  }

  /** KSWIN draws at random, so only its delay can be compared: River finds this change at 1042. */
  @Test
  void kswinFindsALargeChangeSoonWhateverItsSeed() {
    for (int seed = 0; seed < 5; seed++) {
      Detector detector =
          ChangeDetector.KSWIN.start(
              Options.of(
                  ChangeDetector.KSWIN.parameters(),
                  Map.of(
                      "alpha", "0.0001",
                      "window", "200",
                      "latest", "100",
                      "seed", String.valueOf(seed))));
      assertThat(run(detector, stream("numbers_up")).drifts().getFirst()).isBetween(1010, 1060);
    }
  }

  @Test
  void byDefaultOnlyAWorseStreamIsADrift() {
    double[] better = bits(0.7, 0.1);
    double[] worse = bits(0.1, 0.7);
    for (ChangeDetector kind : ChangeDetector.values()) {
      if (kind == ChangeDetector.EDDM || kind == ChangeDetector.GMA) {
        continue;
      }
      assertThat(run(kind.start(), better).drifts())
          .as("%s on a stream that gets better", kind.id())
          .noneMatch(index -> index >= 1000 && index < 1100);
      assertThat(run(kind.start(), worse).drifts())
          .as("%s on a stream that gets worse", kind.id())
          .anyMatch(index -> index >= 1000 && index < 1150);
      Options both = Options.of(kind.parameters(), Map.of("direction", "both"));
      assertThat(run(kind.start(both), better).drifts())
          .as("%s two-sided", kind.id())
          .anyMatch(index -> index >= 1000 && index < 1150);
      Options hits = Options.of(kind.parameters(), Map.of("direction", "decrease"));
      assertThat(run(kind.start(hits), better).drifts())
          .as("%s on hits", kind.id())
          .anyMatch(index -> index >= 1000 && index < 1150);
    }
  }

  @Test
  void aConstantStreamNeverDrifts() {
    for (ChangeDetector kind : ChangeDetector.values()) {
      for (double constant : new double[] {0, 1}) {
        double[] stream = DoubleStream.generate(() -> constant).limit(5000).toArray();
        assertThat(run(kind.start(), stream)).as(kind.id()).isEqualTo(new Found(List.of(), 0));
      }
    }
  }

  @Test
  void contradictingAndUnknownParametersAreRefusedByName() {
    assertThatThrownBy(
            () -> Options.of(ChangeDetector.ADWIN.parameters(), Map.of("delta", "nothing")))
        .isInstanceOf(BadOption.class)
        .hasMessageContaining("parameters.delta: found \"nothing\", expected a number from");
    assertThatThrownBy(() -> Options.of(ChangeDetector.ADWIN.parameters(), Map.of("dleta", "1")))
        .hasMessageContaining("parameters.dleta");
    var options =
        Options.of(ChangeDetector.KSWIN.parameters(), Map.of("window", "50", "latest", "30"));
    assertThatThrownBy(() -> ChangeDetector.KSWIN.start(options))
        .hasMessageContaining("at most half of the window");
  }

  private record Found(List<Integer> drifts, int warnings) {}

  private static Found run(Detector detector, double[] stream) {
    var drifts = new ArrayList<Integer>();
    int warnings = 0;
    for (int i = 0; i < stream.length; i++) {
      switch (detector.add(stream[i])) {
        case DRIFT -> drifts.add(i);
        case WARNING -> warnings++;
        case STABLE -> {}
      }
    }
    return new Found(drifts, warnings);
  }

  private static double[] bits(double before, double after) {
    var random = new Random(5);
    double[] bits = new double[2000];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = random.nextDouble() < (i < 1000 ? before : after) ? 1 : 0;
    }
    return bits;
  }

  private static double[] stream(String name) {
    JsonNode stream = GOLDEN.path("streams").path(name);
    if (stream.isTextual()) {
      return stream.asText().chars().mapToDouble(digit -> digit - '0').toArray();
    }
    return StreamSupport.stream(stream.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}
