package io.tocsin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.label.Labels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntakeTest {

  private static final ModelSpec SPEC =
      new ModelSpec(
          "ranker",
          Duration.ofHours(1),
          Duration.ofDays(7),
          new ReferenceSource.Baseline(),
          List.of("region"),
          ModelSpec.Join.DEFAULT,
          Optional.of("buy"));
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
                Optional.of(Long.toHexString(IdHash.of("p-17"))),
                Instant.parse("2026-11-21T09:59:00Z").toEpochMilli(),
                "v3",
                Map.of(
                    "age", new FeatureValue.Numeric(41),
                    "plan", new FeatureValue.Category("pro"),
                    "returning", new FeatureValue.Flag(true)),
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
    assertThat(
            read(
                "[{\"features\": {\"a\": 1, \"b\": 1, \"c\": 1}}, {\"features\": {\"a\": NaN,"
                    + " \"b\": -Infinity, \"c\": 1e999}}]"))
        .last()
        .extracting(Prediction::features)
        .isEqualTo(
            Map.of(
                "a", FeatureValue.MISSING, "b", FeatureValue.MISSING, "c", FeatureValue.MISSING));
  }

  /** The body's second row is the one that is wrong; the first is taken. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"features": {"age": [1]}}  | row 2, line 2, features.age: found an array
          7                           | row 2, line 2: found 7, expected an object
          {"predicted": 1}            | found the key "predicted", expected one of id, time
          {"confidence": 1.5}         | confidence: found 1.5, expected a ratio from 0 to 1
          {"confidence": "high"}      | confidence: found "high", expected a number or null
          {"prediction": 1, "latency_ms": -1} | latency_ms: found -1, expected milliseconds
          {"prediction": 1, "time": "yesterday"} | time: found "yesterday", expected ISO 8601
          {"prediction": 1, "time": "2026-11-21T11:00:00Z"} | not more than 5 minutes ahead
          {"id": "a"}                 | expected features, a prediction, a confidence
          {"prediction": 1, "prediction": 2} | prediction: found it twice
          {"features": {"a": 1, "a": 2}} | features.a: found it twice
          {"features": {"age": "old"}} | features.age: found "old", expected a number, as before
          {"prediction": "buy"}       | prediction: found "buy", expected a number, as before
          {"prediction": {"a": [1, {}]}, "id": "x"} | prediction: found an object
          {"probabilities": {"a": 2}} | probabilities.a: found 2, expected a ratio
          {"prediction": 1            | row 2, line 2: found Unexpected
          nonsense                    | row 2, line 2: found Unrecognized token
          """)
  void aWrongRowIsNamedAndTheOthersAreTaken(String row, String message) throws IntakeProblem {
    String good = "{\"prediction\": 1, \"features\": {\"age\": 3}}";
    var read = lines(good + "\n" + row + "\n" + good);

    assertThat(read.size()).isEqualTo(2);
    assertThat(read.rejected()).isEqualTo(1);
    assertThat(read.problems().getFirst().words()).contains(message.strip());
    assertThat(read.rows().row(1).features()).containsEntry("age", new FeatureValue.Numeric(3));
  }

  @Test
  void anArrayThatIsNoJsonIsRefusedWhole() {
    for (String body : List.of("[{\"prediction\": 1}", "[{\"prediction\": 1}] x", "[{", "[1 2]")) {
      assertThatThrownBy(() -> lines(body)).as(body).isInstanceOf(IntakeProblem.class);
    }
  }

  @Test
  void aLineThatBeginsLikeAnotherEncodingIsALineThatIsNoJson() throws IntakeProblem {
    var read = lines("{\"prediction\": 1}\n\0\0x\0\n{\"prediction\": 2}\n");

    assertThat(read.size()).isEqualTo(2);
    assertThat(read.rejected()).isEqualTo(1);
  }

  @Property(tries = 500)
  void whateverIsSentIsReadOrRefusedAndNeverBreaks(@ForAll @Size(max = 60) byte[] noise)
      throws IntakeProblem {
    byte[] good = bytes("{\"prediction\": 1, \"features\": {\"age\": 3}}\n");
    var body = new byte[good.length + noise.length];
    System.arraycopy(good, 0, body, 0, good.length);
    System.arraycopy(noise, 0, body, good.length, noise.length);

    assertThat(Intake.predictions(body, Schema.bounded(), SPEC, NOW, 1000).size())
        .isGreaterThanOrEqualTo(1);
  }

  @Test
  void probabilitiesGiveConfidenceAndScore() throws IntakeProblem {
    PredictionRows rows =
        lines("{\"prediction\": \"buy\", \"probabilities\": {\"buy\": 0.7, \"hold\": 0.3}}").rows();

    assertThat(rows.row(0).confidence()).hasValue(.7);
    assertThat(rows.scores).containsExactly(.7);
  }

  @Test
  void featuresBeyondTheLimitAreIgnoredAndCounted() throws IntakeProblem {
    var body = new StringBuilder();
    for (int i = 0; i < Intake.MOST_FEATURES + 10; i++) {
      body.append("{\"features\":{\"f").append(i).append("\":1}}\n");
    }

    assertThat(lines(body.toString()).ignored()).isBetween(9L, 10L);
  }

  @Test
  void refusesMoreRowsAndLongerTextsThanItsLimits() throws IntakeProblem {
    assertThatThrownBy(() -> read("{\"prediction\":1}".repeat(Intake.MOST_ROWS + 1)))
        .hasMessage("more than 50000 rows in one request");
    assertThat(
            lines("{\"prediction\": \"" + "x".repeat(257) + "\"}").problems().getFirst().expected())
        .isEqualTo("at most 256 characters");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T10:00:00Z",
    "2026-02-28T23:59:59.9Z",
    "2026-11-30T00:00:00.123456789Z",
    "2026-11-21T10:00:00+01:00",
    "0999-01-01T00:00:00Z"
  })
  void timesAreWhatTheJdkSaysTheyAre(String text) {
    assertThat(InstantText.millis(text))
        .hasValue(OffsetDateTime.parse(text).toInstant().toEpochMilli());
  }

  @ParameterizedTest
  @CsvSource({"2026-11-21T10:00:00", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "x"})
  void whatIsNoTimeIsTold(String text) {
    assertThat(InstantText.millis(text)).isEmpty();
  }

  @Test
  void readsCsvWithTheTypesOfItsColumns() throws IntakeProblem {
    var read =
        Intake.csv(
            bytes("age,plan,vip,prediction\n41,pro,true,buy\n,basic,false,hold\n1,2\n"), SPEC, NOW);

    assertThat(read.size()).isEqualTo(2);
    assertThat(read.problems().getFirst().words())
        .isEqualTo("row 3, line 4: found 2 fields, expected 4 as in the header");
    assertThat(read.rows().row(0).features())
        .isEqualTo(
            Map.of(
                "age", new FeatureValue.Numeric(41),
                "plan", new FeatureValue.Category("pro"),
                "vip", new FeatureValue.Flag(true)));
    assertThat(read.rows().row(1).features()).containsEntry("age", FeatureValue.MISSING);
    assertThat(read.rows().row(1).prediction()).isEqualTo(new FeatureValue.Category("hold"));
  }

  @Test
  void readsTruths() throws IntakeProblem {
    var read =
        Intake.truths(
            bytes(
                "[{\"id\": \"a\", \"actual\": true}, {\"id\": 7, \"actual\": false}, {\"id\":"
                    + " \"b\"}]"),
            Schema.bounded());

    assertThat(read.rows().actual(0)).isEqualTo(new FeatureValue.Flag(true));
    assertThat(read.rows().id(1)).isEqualTo(IdHash.of("7"));
    assertThat(read.problems().getFirst().expected()).isEqualTo("an id and an actual value in it");
  }

  private static List<Prediction> read(String body) throws IntakeProblem {
    PredictionRows rows = lines(body).rows();
    return IntStream.range(0, rows.size()).mapToObj(rows::row).toList();
  }

  private static ReadRows<PredictionRows> lines(String body) throws IntakeProblem {
    return Intake.predictions(bytes(body), Schema.bounded(), SPEC, NOW, Intake.MOST_ROWS);
  }

  private static byte[] bytes(String body) {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
