package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.access.AccessPolicy;
import io.tocsin.access.Scope;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftRoutesTest {

  private final OpsFixture ops = new OpsFixture(AccessPolicy.TOKENS);
  private final QueryPool pool = new QueryPool(1, 8);

  @BeforeAll
  void start() throws Exception {
    ops.start(new DriftRoutes(pool));
  }

  @AfterAll
  void close() throws Exception {
    pool.close();
    ops.close();
  }

  @Test
  void comparesNumbersAndSaysWhatIsMissing() throws Exception {
    JsonNode answer =
        ok(
            "compare",
            """
            {"method":"kolmogorov_smirnov","threshold":0.2,
             "reference":[0,0,0,1,1,2,2,2,3,5,null,NaN],
             "current":[0,1,1,1,2,3,3,4,5,5,5,5,"Infinity"]}
            """);

    assertThat(answer.path("statistic").asDouble()).isCloseTo(.38333333333, within(1e-9));
    assertThat(answer.path("p_value").asDouble()).isCloseTo(.3182699653, within(1e-9));
    assertThat(answer.path("reference").path("missing").asInt()).isEqualTo(2);
    assertThat(answer.path("current").path("n").asInt()).isEqualTo(12);
    assertThat(answer.path("current").path("missing").asInt()).isEqualTo(1);
    assertThat(answer.path("noise_floor").asDouble()).isGreaterThan(.38);
    assertThat(answer.path("verdict").asText()).isEqualTo("noise");
  }

  @Test
  void comparesCategoriesAsValuesOrAsCounts() throws Exception {
    String values =
        "{\"method\":\"psi\",\"reference\":[\"a\",\"a\",\"b\",true],\"current\":[\"a\",\"b\",true,true]}";
    String counts =
        "{\"method\":\"psi\",\"reference\":{\"a\":2,\"b\":1,\"true\":1},"
            + "\"current\":{\"a\":1,\"b\":1,\"true\":2}}";

    JsonNode answer = ok("compare", values);

    assertThat(answer.path("kind").asText()).isEqualTo("categorical");
    assertThat(answer.path("statistic").asDouble())
        .isCloseTo(.5 * Math.log(2), within(1e-12))
        .isEqualTo(ok("compare", counts).path("statistic").asDouble());
  }

  @Test
  void takesWholeNumbersAsCategoriesWhenAsked() throws Exception {
    JsonNode answer =
        ok(
            "compare",
            """
            {"method":"chi2","type":"categorical","parameters":{"pool_below":0},
             "reference":[1,1,2,2,3],"current":[1,2,2,2,2]}
            """);

    assertThat(answer.path("kind").asText()).isEqualTo("categorical");
    assertThat(answer.path("bins").asInt()).isEqualTo(3);
  }

  @Test
  void tooFewRowsNoRowsAndWrongKindsAreVerdicts() throws Exception {
    assertThat(
            verdict("{\"method\":\"psi\",\"min_samples\":200,\"reference\":[1],\"current\":[2]}"))
        .isEqualTo("insufficient_data");
    assertThat(verdict("{\"method\":\"psi\",\"reference\":[null],\"current\":[2]}"))
        .isEqualTo("no_data");
    assertThat(verdict("{\"method\":\"ks\",\"reference\":[\"a\"],\"current\":[\"b\"]}"))
        .isEqualTo("unsuitable");
  }

  @Test
  void findsWhereAStreamChanged() throws Exception {
    var random = new Random(1);
    String values =
        IntStream.range(0, 2000)
            .mapToObj(i -> i == 7 ? "null" : random.nextDouble() < (i < 1000 ? .1 : .9) ? "1" : "0")
            .collect(Collectors.joining(","));

    JsonNode answer = ok("detect", "{\"detector\":\"hddm_a\",\"values\":[" + values + "]}");

    assertThat(answer.path("missing").asInt()).isEqualTo(1);
    assertThat(answer.path("drifts").get(0).asInt()).isBetween(1000, 1040);
    assertThat(answer.path("warnings").get(0).asInt())
        .isLessThan(answer.path("drifts").get(0).asInt());
    assertThat(answer.path("parameters").path("drift_confidence").asText()).isEqualTo("0.001");
  }

  @Test
  void judgesAnswersByWhatTheyAre() throws Exception {
    JsonNode classes =
        ok(
            "performance",
            """
            {"actual":["x","y","x","x"],"predicted":["x","y","y","x"],"scores":[0.2,0.9,0.6,0.1],
             "baseline":{"right":95,"rows":100}}
            """);
    assertThat(classes.path("classification").path("accuracy").path("value").asDouble())
        .isEqualTo(.75);
    assertThat(classes.path("ranking").path("roc_auc").path("value").asDouble()).isEqualTo(1);
    assertThat(classes.path("drop").path("drop").asDouble()).isCloseTo(.2, within(1e-9));

    JsonNode numbers = ok("performance", "{\"actual\":[1.5,2],\"predicted\":[1,2]}");
    assertThat(numbers.path("regression").path("mae").path("value").asDouble()).isEqualTo(.25);

    JsonNode blind = ok("performance", "{\"predicted\":[1,0],\"scores\":[0.9,0.2]}");
    assertThat(blind.path("task").asText()).isEqualTo("estimated");
    assertThat(blind.path("estimated").path("accuracy").asDouble()).isCloseTo(.85, within(1e-9));
  }

  @Test
  void aMillionNumbersAreComparedOffTheEventLoop() throws Exception {
    String million =
        IntStream.range(0, 500_000).mapToObj(i -> i % 977 + ".5").collect(Collectors.joining(","));

    JsonNode answer =
        ok(
            "compare",
            "{\"method\":\"psi\",\"reference\":[" + million + "],\"current\":[" + million + "]}");

    assertThat(answer.path("current").path("n").asInt()).isEqualTo(500_000);
    assertThat(answer.path("statistic").asDouble()).isZero();
  }

  @Test
  void whatCannotBeTakenIsNamed() throws Exception {
    refused("compare", "{\"method\":\"psy\",\"reference\":[1],\"current\":[1]}", "method: found");
    refused("compare", "{\"method\":\"psi\",\"reference\":[1]}", "current is missing");
    refused("compare", "{\"methods\":\"psi\"}", "unknown field methods; expected one of current");
    refused("compare", "{\"method\":\"psi\",\"reference\":[1,\"a\"]}", "reference[1]: found");
    refused(
        "compare",
        "{\"method\":\"psi\",\"reference\":[1],\"current\":[\"a\"]}",
        "current: found categories, expected numbers");
    refused(
        "compare",
        "{\"method\":\"psi\",\"parameters\":{\"bins\":\"many\"},\"reference\":[1],\"current\":[1]}",
        "parameters.bins: found");
    refused("compare", "{\"method\":\"psi\",\"reference\":[[1]]}", "an array");
    refused("compare", "[1]", "expected a JSON object");
    refused("compare", "{\"method\":", "line 1, column");
    refused("detect", "{\"detector\":\"x\",\"values\":[]}", "detector: found");
    refused("detect", "{\"detector\":\"ddm\",\"values\":[\"x\"]}", "values: found texts");
    refused("performance", "{\"actual\":[1,0],\"predicted\":[1]}", "2 actual classes");
    refused("performance", "{\"actual\":[1,null],\"predicted\":[1,1]}", "actual: 1 values");
  }

  private String verdict(String body) throws Exception {
    return ok("compare", body).path("verdict").asText();
  }

  private JsonNode ok(String path, String body) throws Exception {
    var answer = post(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  private void refused(String path, String body, String words) throws Exception {
    var answer = post(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(new ObjectMapper().readTree(answer.body()).path("detail").asText()).contains(words);
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return ops.send(
        ops.request("/api/v1/drift/" + path)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + ops.token(Scope.READ))
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }
}
