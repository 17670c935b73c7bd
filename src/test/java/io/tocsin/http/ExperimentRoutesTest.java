package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.access.AccessPolicy;
import io.tocsin.access.Scope;
import io.tocsin.experiment.ExperimentStore;
import java.math.BigInteger;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExperimentRoutesTest {

  private static final String PATH = "/api/v1/experiments";
  private static final String PLAN =
      """
      {"name":"checkout","variants":[{"name":"a"},{"name":"b"}],
       "metrics":[{"name":"bought","kind":"proportion","minimum_effect":0.02}]}
      """;

  private final OpsFixture ops = new OpsFixture(AccessPolicy.TOKENS);
  private String token = "";

  @BeforeEach
  void start() throws Exception {
    ops.start(new ExperimentRoutes(ExperimentStore.inMemory(), ops.blocking, () -> OpsFixture.NOW));
    token = ops.token(Scope.ADMIN);
  }

  @AfterEach
  void close() throws Exception {
    ops.close();
  }

  @Test
  void aBetterVariantIsNamedFromExposuresAndOutcomesAlone() throws Exception {
    assertThat(send("POST", PATH, PLAN).statusCode()).isEqualTo(201);
    var random = new Random(4);
    var exposures = new ArrayList<String>();
    var outcomes = new ArrayList<String>();
    for (int i = 0; i < 6000; i++) {
      String unit = "u" + i;
      exposures.add("{\"unit\":\"" + unit + "\"}");
      boolean treated = variant(unit).equals("b");
      if (random.nextDouble() < (treated ? .3 : .2)) {
        outcomes.add("{\"unit\":\"" + unit + "\",\"metric\":\"bought\",\"value\":1}");
      }
    }
    JsonNode exposed =
        json(send("POST", PATH + "/checkout/exposures", rows("exposures", exposures)));
    JsonNode again = json(send("POST", PATH + "/checkout/exposures", rows("exposures", exposures)));
    send("POST", PATH + "/checkout/outcomes", rows("outcomes", outcomes));

    JsonNode result = json(send("GET", PATH + "/checkout", "")).path("result");

    assertThat(exposed.path("new").asInt()).isEqualTo(6000);
    assertThat(again.path("new").asInt()).isZero();
    assertThat(result.path("verdict").asText()).isEqualTo("winner");
    assertThat(result.path("winner").asText()).isEqualTo("b");
    assertThat(result.path("sample_ratio_p").asDouble()).isGreaterThan(.001);
    JsonNode effect = result.path("effects").get(0);
    assertThat(effect.path("difference").asDouble()).isBetween(.06, .14);
    assertThat(effect.path("always").path("low").asDouble()).isGreaterThan(0);
    assertThat(effect.path("needed").asInt()).isBetween(5000, 9000);
  }

  private String variant(String unit) throws Exception {
    // The hash of the contract, as a client would compute it.
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(("checkout:" + unit).getBytes(StandardCharsets.UTF_8));
    long bits = new BigInteger(1, Arrays.copyOf(hash, 7)).shiftRight(3).longValue();
    return bits / Math.pow(2, 53) < .5 ? "a" : "b";
  }

  @Test
  void theServiceAssignsAsAClientWould() throws Exception {
    send("POST", PATH, PLAN);
    for (int i = 0; i < 20; i++) {
      JsonNode assigned = json(send("GET", PATH + "/checkout/assign?unit=u" + i, ""));
      assertThat(assigned.path("variant").asText()).isEqualTo(variant("u" + i));
    }
  }

  @Test
  void whatCannotBeTakenIsNamedAndNothingIsApplied() throws Exception {
    refused(400, "POST", PATH, PLAN.replace("0.02", "0"), "minimum_effect: found 0.0");
    refused(400, "POST", PATH, PLAN.replace("proportion", "median"), "kind: found");
    refused(400, "POST", PATH, PLAN.replace("[{\"name\":\"a\"},", "["), "variants: found 1");
    send("POST", PATH, PLAN);
    refused(409, "POST", PATH, PLAN, "already");
    refused(404, "GET", PATH + "/search", "", "there is no experiment search");
    refused(400, "GET", PATH + "/checkout/assign", "", "parameter unit is missing");
    refused(
        400,
        "POST",
        PATH + "/checkout/exposures",
        "{\"exposures\":[{\"unit\":\"u1\"},{\"unit\":\"u2\",\"variant\":\"c\"}]}",
        "exposures[1].variant: found \\\"c\\\", expected one of a, b");
    refused(
        400,
        "POST",
        PATH + "/checkout/outcomes",
        "{\"outcomes\":[{\"unit\":\"u1\",\"metric\":\"bought\",\"value\":2}]}",
        "expected 0 or 1");
    assertThat(
            json(send("GET", PATH + "/checkout", ""))
                .path("result")
                .path("exposed")
                .path("a")
                .asInt())
        .isZero();
    send("POST", PATH + "/checkout/stop", "");
    refused(
        409,
        "POST",
        PATH + "/checkout/exposures",
        "{\"exposures\":[{\"unit\":\"u1\"}]}",
        "was stopped");
  }

  private static String rows(String field, List<String> rows) {
    return "{\"" + field + "\":[" + String.join(",", rows) + "]}";
  }

  private void refused(int status, String method, String path, String body, String words)
      throws Exception {
    var answer = send(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(words);
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return ops.send(
        ops.request(path)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }
}
