package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.access.AccessPolicy;
import io.tocsin.client.ModelClient;
import io.tocsin.client.Row;
import io.tocsin.model.ModelJournal;
import io.tocsin.model.ModelStore;
import io.tocsin.model.Models;
import io.tocsin.model.health.HealthBoard;
import io.tocsin.series.Journal.JournalFull;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What senders of predictions meet, over real HTTP. */
class ModelIntakeRoutesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger full = new AtomicInteger();
  private final Models models = new Models(ModelStore.inMemory(), new FullAtTimes());
  private OpsFixture ops;
  private URI address;

  /** Refuses as many entries as it is told to. */
  private final class FullAtTimes implements ModelJournal {
    private final ModelJournal inner = ModelJournal.inMemory();

    @Override
    public CompletionStage<Integer> append(String model, byte[] entry, Applying applying) {
      return full.getAndUpdate(left -> Math.max(0, left - 1)) > 0
          ? CompletableFuture.failedStage(new JournalFull("full"))
          : inner.append(model, entry, applying);
    }

    @Override
    public void replay(Replaying replaying) {}

    @Override
    public long begin() {
      return inner.begin();
    }

    @Override
    public void covered(long part) {}
  }

  @BeforeEach
  void open() throws Exception {
    ops = new OpsFixture(AccessPolicy.OPEN);
    InstantSource clock = InstantSource.fixed(OpsFixture.NOW);
    ops.start(
        new ModelRoutes(models, ops.blocking, clock),
        new ModelHealthRoutes(
            models, new HealthBoard(models, WholeApi.ALERTS), ops.blocking, clock));
    address = URI.create("http://127.0.0.1:" + ops.port());
  }

  @AfterEach
  void close() throws Exception {
    ops.close();
  }

  private HttpResponse<String> post(String what, String type, byte[] body, String... headers)
      throws Exception {
    var request =
        HttpRequest.newBuilder(address.resolve("/api/v1/models/ranker/" + what))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(bytes(text));
    }
    return bytes.toByteArray();
  }

  @Test
  void wrongRowsAreNamedWithTheirFieldAndTheRestIsTaken() throws Exception {
    var answer =
        post(
            "predictions",
            "application/x-ndjson",
            gzip(
                """
                {"id":"a","prediction":"buy","features":{"age":1}}
                {"id":"b","prediction":"buy","features":{"age":"old"}}
                {"id":"c","prediction":"buy",
                {"id":"d","prediction":"sell","features":{"age":null}}
                """),
            "Content-Encoding",
            "gzip");

    assertThat(answer.statusCode()).isEqualTo(207);
    JsonNode taken = JSON.readTree(answer.body());
    assertThat(taken.path("accepted").asInt()).isEqualTo(2);
    assertThat(taken.path("rejected").asInt()).isEqualTo(2);
    JsonNode first = taken.path("problems").path(0);
    assertThat(first.path("row").asInt()).isEqualTo(2);
    assertThat(first.path("field").asText()).isEqualTo("features.age");
    assertThat(first.path("found").asText()).isEqualTo("\"old\"");
    assertThat(taken.path("problems").path(1).path("line").asInt()).isEqualTo(3);
  }

  @Test
  void whatIsNoGzipOrAllWrongIsRefused() throws Exception {
    var none = post("predictions", "application/json", bytes("[]"), "Content-Encoding", "gzip");
    assertThat(none.statusCode()).isEqualTo(400);
    var wrong = post("predictions", "application/json", bytes("[{\"confidence\":7}, 1]"));
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("none of 2 rows was taken; row 1, line 1, confidence");
    var broken = post("predictions", "application/json", bytes("[{\"prediction\":1}"));
    assertThat(broken.statusCode()).isEqualTo(400);
  }

  @Test
  void aFullJournalAsksToComeAgain() throws Exception {
    full.set(1);
    var answer = post("predictions", "application/json", bytes("[{\"prediction\":1}]"));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(models.find("ranker").orElseThrow().predictions()).isEmpty();
  }

  @Test
  void theClientSendsEverythingAndComesAgainWhenAsked() throws Exception {
    var client = new ModelClient(address, Optional.empty());
    var rows = new ArrayList<Row>();
    var truths = new ArrayList<Row>();
    for (int i = 0; i < 100; i++) {
      rows.add(
          Row.of("p" + i)
              .time(OpsFixture.NOW.minusSeconds(i))
              .version("v \"3\"\n\uD83D\uDE80")
              .feature("age", i)
              .feature("plan", i % 2 == 0 ? "pro" : "free")
              .feature("vip", i % 3 == 0)
              .feature("broken", Double.NaN)
              .prediction(i % 4 == 0 ? "sell" : "buy")
              .probability("buy", .75)
              .probability("sell", .25)
              .latencyMillis(12.5)
              .label("region", "eu"));
      truths.add(Row.of("p" + i).actual("buy"));
    }
    full.set(1);
    var baseline = client.baseline("ranker", rows).join();
    assertThat(client.predictions("ranker", rows).join().isKept()).isTrue();
    var judged = client.truths("ranker", truths).join();

    assertThat(baseline.status()).as(baseline.body()).isEqualTo(200);
    assertThat(JSON.readTree(judged.body()).path("matched").asInt()).isEqualTo(100);
    var model = JSON.readTree(get("/api/v1/models/ranker").body());
    assertThat(model.path("versions").path(0).path("version").asText())
        .isEqualTo("v \"3\"\n\uD83D\uDE80");
    assertThat(model.path("accuracy").asDouble()).isEqualTo(.75);
    assertThat(model.path("features").size()).isEqualTo(3);
    assertThat(model.path("baseline").path("rows").asInt()).isEqualTo(100);
    JsonNode health = model.path("health");
    assertThat(health.path("latency").path("p95_ms").asDouble()).isCloseTo(12.5, within(.4));
    assertThat(health.path("targets").path("accuracy").asDouble()).isEqualTo(.95);
    assertThat(health.path("reasons").toString())
        .contains("accuracy is not known: 100 truths in 7 d, 200 needed");
    assertThat(health.path("labelled_ratio").asDouble()).isEqualTo(1);
  }

  @Test
  void modelsAreListedByTheirStateAndAnUnknownOneIsNotFound() throws Exception {
    models.watch("silent");
    assertThat(get("/api/v1/models").body()).contains("\"silent\"", "no prediction within 1 h");
    assertThat(get("/api/v1/models?state=unknown").body()).contains("\"silent\"");
    assertThat(get("/api/v1/models?state=red,green").body()).doesNotContain("silent");
    assertThat(get("/api/v1/models?state=blue").statusCode()).isEqualTo(400);
    HttpResponse<String> nobody = get("/api/v1/models/nobody");
    assertThat(nobody.statusCode()).isEqualTo(404);
    assertThat(nobody.body()).contains("there is no model nobody");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(10)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
