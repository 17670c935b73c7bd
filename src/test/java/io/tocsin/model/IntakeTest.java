package io.tocsin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.label.Labels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntakeTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void readsEveryKeyOfARow() throws IntakeProblem {
    List<Prediction> rows =
        read(
            """
            [{"id": "p-17", "time": "2026-11-21T09:59:00+00:00", "version": "v3",
              "features": {"age": 41, "plan": "pro", "returning": true, "income": null},
              "prediction": "buy", "confidence": 0.93, "latency_ms": 12.5,
              "labels": {"region": "eu"}}]
            """);

    assertThat(rows)
        .containsExactly(
            new Prediction(
                Optional.of("p-17"),
                Instant.parse("2026-11-21T09:59:00Z").toEpochMilli(),
                "v3",
                Map.of(
                    "age", new FeatureValue.Numeric(41),
                    "plan", new FeatureValue.Category("pro"),
                    "returning", new FeatureValue.Flag(true),
                    "income", FeatureValue.MISSING),
                new FeatureValue.Category("buy"),
                OptionalDouble.of(.93),
                OptionalDouble.of(12.5),
                Labels.of("region", "eu")));
  }

  @Test
  void readsLinesAsWellAsAnArray() throws IntakeProblem {
    assertThat(read("{\"prediction\": 1}\n{\"prediction\": 2}\n"))
        .extracting(Prediction::prediction)
        .containsExactly(new FeatureValue.Numeric(1), new FeatureValue.Numeric(2));
    assertThat(read("[]")).isEmpty();
    assertThat(read("")).isEmpty();
  }

  @Test
  void aRowWithoutTimeIsOfNow() throws IntakeProblem {
    assertThat(read("[{\"prediction\": 1}]").getFirst().timeMillis()).isEqualTo(NOW.toEpochMilli());
    assertThat(read("[{\"prediction\": 1, \"time\": 1763719200000}]").getFirst().timeMillis())
        .isEqualTo(1763719200000L);
  }

  @Test
  void notANumberAndInfiniteAreMissing() throws IntakeProblem {
    assertThat(read("[{\"features\": {\"a\": NaN, \"b\": -Infinity, \"c\": 1e999}}]"))
        .first()
        .extracting(Prediction::features)
        .isEqualTo(
            Map.of(
                "a", FeatureValue.MISSING, "b", FeatureValue.MISSING, "c", FeatureValue.MISSING));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [{"features": {"age": [1]}}]  | line 1, column 23, row 1, features.age: found an array
          [{"prediction": 1}, 7]        | line 1, column 21, row 2: found 7, expected an object
          [{"predicted": 1}]            | found the key "predicted", expected one of id, time
          [{"confidence": 1.5}]         | confidence: found 1.5, expected a ratio from 0 to 1
          [{"confidence": "high"}]      | confidence: found "high", expected a number or null
          [{"prediction": 1, "latency_ms": -1}] | latency_ms: found -1, expected milliseconds
          [{"prediction": 1, "time": "yesterday"}] | time: found "yesterday", expected ISO 8601
          [{"prediction": 1, "time": "2026-11-21T11:00:00Z"}] | not more than 5 minutes ahead
          [{"id": "a"}]                 | expected features, a prediction or a confidence in it
          [{"prediction": 1, "prediction": 2}] | Duplicate field 'prediction'
          [{"prediction": 1}            | line 1
          [{"prediction": 1}] x         | line 1
          nonsense                      | line 1
          """)
  void saysWhereAndWhyABodyIsRefused(String body, String message) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOf(IntakeProblem.class)
        .hasMessageContaining(message.strip());
  }

  @Test
  void refusesMoreRowsAndLongerTextsThanItsLimits() {
    assertThatThrownBy(() -> read("{\"prediction\":1}".repeat(Intake.MOST_ROWS + 1)))
        .hasMessage("more than 50000 rows in one request");
    assertThatThrownBy(() -> read("[{\"prediction\": \"" + "x".repeat(257) + "\"}]"))
        .hasMessageContaining("at most 256 characters");
  }

  @Test
  void readsTruths() throws IntakeProblem {
    assertThat(
            Intake.truths(bytes("[{\"id\": \"a\", \"actual\": true}, {\"id\": 7, \"actual\": 1}]")))
        .containsExactly(
            new Truth("a", new FeatureValue.Flag(true)),
            new Truth("7", new FeatureValue.Numeric(1)));
    assertThatThrownBy(() -> Intake.truths(bytes("[{\"id\": \"a\"}]")))
        .hasMessageContaining("expected an id and an actual value");
  }

  private static List<Prediction> read(String body) throws IntakeProblem {
    return Intake.predictions(bytes(body), NOW);
  }

  private static byte[] bytes(String body) {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
