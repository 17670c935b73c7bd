package io.tocsin.drift;

import static io.tocsin.drift.Sequences.spread;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.drift.measure.BinRule;
import io.tocsin.drift.option.Options;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every measure against SciPy's and NumPy's answers, which {@code golden.py} beside them wrote. */
class MeasuresGoldenTest {

  /** The plain definitions; the floor is on, so that it is computed for every case, too. */
  private static final Guard PLAIN = new Guard(1, 1, 0, 0.001);

  private static final JsonNode GOLDEN = golden();

  private static JsonNode golden() {
    try (InputStream file =
        Objects.requireNonNull(
            MeasuresGoldenTest.class.getResourceAsStream("/drift/golden.json"))) {
      return new ObjectMapper().readTree(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void agreesWithScipyToTheLastDigitsThatMatter() {
    var wrong = new ArrayList<String>();
    var tested = new TreeMap<String, Integer>();
    for (JsonNode golden : GOLDEN.path("cases")) {
      tested.merge(golden.path("method").asText(), 1, Integer::sum);
      String problem = problem(golden);
      if (!problem.isEmpty()) {
        wrong.add(golden + " " + problem);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(tested).hasSize(DriftTest.values().length);
    assertThat(tested.values()).allMatch(count -> count >= 6);
  }

  private static String problem(JsonNode golden) {
    DriftTest test = DriftTest.named(golden.path("method").asText()).orElseThrow();
    var given = new HashMap<String, String>();
    golden
        .path("parameters")
        .properties()
        .forEach(entry -> given.put(entry.getKey(), entry.getValue().asText()));
    Options options = Options.of(test.parameters(), given);
    String name = golden.path("data").asText();
    DriftResult result = test.compare(reference(name), window(name), PLAIN, options);
    if (!(result instanceof DriftScore score)) {
      return "found " + result;
    }
    double statistic = number(golden.path("statistic"));
    boolean close = near(score.statistic(), statistic, 1e-9);
    boolean closeP =
        golden.path("p").isMissingNode()
            || near(score.pValue().orElseThrow(), number(golden.path("p")), 1e-6);
    return close && closeP ? "" : "found " + score;
  }

  private static boolean near(double found, double expected, double tolerance) {
    return found == expected
        || (Double.isNaN(found) && Double.isNaN(expected))
        || Math.abs(found - expected) <= tolerance * Math.max(1, Math.abs(expected));
  }

  private static double number(JsonNode node) {
    return switch (node.asText()) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> node.asDouble();
    };
  }

  private static Reference reference(String name) {
    JsonNode table = GOLDEN.path("tables").path(name);
    if (!table.isMissingNode()) {
      return new CategoricalReference(counts(table.path("reference")));
    }
    return NumericReference.of(
        name.equals("large")
            ? spread(7919, 20011, 12000, 1, 0)
            : values(GOLDEN.path("data").path(name).path("reference")));
  }

  private static Window window(String name) {
    JsonNode table = GOLDEN.path("tables").path(name);
    if (!table.isMissingNode()) {
      return new Window.Categories(counts(table.path("current")));
    }
    return Window.of(
        name.equals("large")
            ? spread(104729, 20021, 11000, 1, .012)
            : values(GOLDEN.path("data").path(name).path("current")));
  }

  private static Map<String, Long> counts(JsonNode rows) {
    var counts = new TreeMap<String, Long>();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).asLong() > 0) {
        counts.put("c" + i, rows.get(i).asLong());
      }
    }
    return counts;
  }

  private static double[] values(JsonNode array) {
    List<Double> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asDouble()));
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Test
  void putsEdgesWhereNumpyDoes() {
    for (JsonNode golden : GOLDEN.path("edges")) {
      BinRule rule = BinRule.valueOf(golden.path("rule").asText().toUpperCase(Locale.ROOT));
      double[] expected = values(golden.path("edges"));
      double[] found = rule.edges(values(golden.path("values")));
      assertThat(found).as(golden.toString()).hasSize(expected.length);
      for (int i = 0; i < expected.length; i++) {
        assertThat(near(found[i], expected[i], 1e-12)).as(golden.toString()).isTrue();
      }
    }
  }
}
