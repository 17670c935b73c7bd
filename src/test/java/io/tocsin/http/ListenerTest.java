package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.access.AccessPolicy;
import io.tocsin.access.Scope;
import io.vertx.core.Context;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest {

  private OpsFixture ops = new OpsFixture(AccessPolicy.OPEN);

  @AfterEach
  void close() throws Exception {
    ops.close();
  }

  @Test
  void anUnknownPathIsAProblem() throws Exception {
    start();
    var answer = ops.get("/nowhere");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
    assertThat(answer.body())
        .isEqualTo(
            "{\"status\":404,\"title\":\"Not Found\",\"detail\":\"there is nothing at /nowhere\"}");
  }

  @Test
  void aClientThatOffersAnUpgradeAlwaysGetsItsAnswer() throws Exception {
    start();
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      for (int i = 0; i < 100; i++) {
        String body = "{\"name\":\"" + "x".repeat(i * 9) + "\"}";
        var request =
            ops.request("/echo")
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      }
    }
  }

  @Test
  void anotherMethodIsRefusedAndTheRightOnesAreNamed() throws Exception {
    start();
    var answer = ops.send(ops.request("/echo").DELETE());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow").orElse("")).contains("POST");
    assertThat(answer.body()).contains("DELETE is not possible at /echo");
  }

  @Test
  void headIsAnsweredLikeGetWithoutABody() throws Exception {
    start();
    var answer = ops.send(ops.request("/blocking").HEAD());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void anotherMediaTypeIsRefusedAndTheRightOneIsNamed() throws Exception {
    start();
    var answer = ops.post("/echo", "text/plain", "{}");
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.headers().firstValue("Accept")).contains("application/json");
    assertThat(answer.body()).contains("found text/plain");
  }

  @Test
  void aBodyBeyondTheLimitIsRefused() throws Exception {
    start();
    var answer = ops.post("/echo", "application/json", "\"" + "x".repeat(2_000) + "\"");
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("larger than /echo takes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":       | line 1, column",
        "{\"name\": \"x\", \"nam\": 1} | unknown field nam; expected one of name",
        "{\"name\": {}}   | line 1, column 10: name",
        "[]               | line 1, column 1: the body",
        "{\"name\": 1}     | name: found \"1\", expected a text",
        "{}               | name: found nothing, expected a text",
        "null             | expected a JSON object, found null"
      })
  void badJsonIsRefusedWithThePlaceAndTheReason(String body, String reason) throws Exception {
    start();
    var answer = ops.post("/echo", "application/json", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body().replace("\\\"", "\"")).contains(reason).doesNotContain("Exception");
  }

  @Test
  void aDatabaseThatIsAwayIsSaidAndWhenToTryAgain() throws Exception {
    start();
    var answer = ops.get("/away");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("5");
    assertThat(answer.body()).contains("the database is away").doesNotContain("57P01");
  }

  @Test
  void anUnforeseenErrorTellsAnIdAndNoMore() throws Exception {
    start();
    var answer = ops.get("/broken");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body())
        .contains("urn:tocsin:error:")
        .doesNotContain("secret of the house")
        .doesNotContain("at io.tocsin");
  }

  @Test
  void waitingWorkLeavesTheEventLoop() throws Exception {
    start();
    assertThat(ops.get("/blocking").body()).isEqualTo("{\"eventLoop\":false}");
  }

  @Test
  void tooMuchWaitingWorkIsAskedToComeBack() throws Exception {
    var none = new Blocking(0);
    ops.start(
        router ->
            Operation.get(router, "/blocking")
                .answersOn(none, context -> Reply.json(Map.of("eventLoop", false))));
    var answer = ops.get("/blocking");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "localhost:9110", "[::1]:9110", "tocsin.example.com", "x.localhost"})
  void loopbackAndConfiguredHostsAreWelcome(String host) throws Exception {
    start();
    assertThat(ops.raw(getFor(host))).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.1"})
  void aForeignHostGetsNothing(String host) throws Exception {
    start();
    assertThat(ops.raw(getFor(host))).startsWith("HTTP/1.1 421");
  }

  @Test
  void aRequestWithoutHostGetsNothing() throws Exception {
    start();
    assertThat(ops.raw("GET /blocking HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.0 421");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, https://evil.example",
    "Origin, null",
    "Origin, http://localhost:1",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site"
  })
  void aChangeAskedForByAnotherSiteIsForbidden(String header, String value) throws Exception {
    start();
    var answer = ops.send(echo().header(header, value));
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void aChangeFromOurOwnPageIsAllowed() throws Exception {
    start();
    var own =
        echo()
            .header("Origin", "http://127.0.0.1:" + ops.port())
            .header("Sec-Fetch-Site", "same-origin");
    assertThat(ops.send(own).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "tocsin.example.com, https://tocsin.example.com, 200",
    "tocsin.example.com:8443, https://tocsin.example.com:8443, 200",
    "tocsin.example.com, https://tocsin.example.com:8443, 403",
    "[::1]:9110, http://[::1]:9110, 200"
  })
  void behindAProxyTheOriginIsComparedWithTheHost(String host, String origin, String status)
      throws Exception {
    start();
    String body = "{\"name\":\"x\"}";
    String answer =
        ops.raw(
            "POST /echo HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nConnection: close\r\n"
                    .formatted(host, origin)
                + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(body.length(), body));
    assertThat(answer).startsWith("HTTP/1.1 " + status);
  }

  @Test
  void everyAnswerCarriesTheSecurityHeaders() throws Exception {
    start();
    for (String path : List.of("/blocking", "/nowhere")) {
      var headers = ops.get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
          .startsWith("default-src 'self';")
          .doesNotContain("unsafe");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @Test
  void oversizedHeadersAreRefused() throws Exception {
    start();
    assertThat(ops.raw(getFor("localhost\r\nX-Long: " + "x".repeat(20_000))))
        .startsWith("HTTP/1.1 431");
    assertThat(
            ops.raw(
                "GET /"
                    + "x".repeat(20_000)
                    + " HTTP/1.1\r\nHost: localhost\r\n"
                    + "Connection: close\r\n\r\n"))
        .contains(" 414 ");
  }

  @Test
  void anOpenListenerOthersCouldReachDoesNotStart() {
    var attempt =
        Listener.guarded(
            ops.vertx(), new ListenAddress("0.0.0.0", 0), List.of(), ops.authentication, List.of());
    assertThatThrownBy(
            () -> attempt.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS))
        .hasMessageContaining("reachable from other machines");
  }

  @Test
  void thePublicListenerAnswersUnderAnyNameAndKnowsNobody() throws Exception {
    Routes page =
        router -> {
          Operation.get(router, "/").answersAtOnce(request -> Reply.text(200, "fine"));
          Operation.get(router, "/inside")
              .needs(Scope.READ)
              .answersAtOnce(request -> Reply.text(200, "secret"));
        };
    var listener =
        Listener.open(ops.vertx(), new ListenAddress("127.0.0.1", 0), List.of(page))
            .toCompletionStage()
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS);
    String host = " HTTP/1.1\r\nHost: status.example.com\r\nConnection: close\r\n\r\n";
    assertThat(OpsFixture.raw(listener.address().port(), "GET /" + host)).endsWith("fine");
    assertThat(OpsFixture.raw(listener.address().port(), "GET /inside" + host))
        .startsWith("HTTP/1.1 401");
    listener.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  @Test
  void addressesAreReadAndWrongOnesNamed() {
    assertThat(ListenAddress.parse("127.0.0.1:9110"))
        .isEqualTo(new ListenAddress("127.0.0.1", 9110));
    assertThat(ListenAddress.parse("[::1]:9110")).hasToString("[::1]:9110");
    assertThat(ListenAddress.parse("[::1]:9110").loopback()).isTrue();
    assertThat(ListenAddress.parse("0.0.0.0:9111").loopback()).isFalse();
    for (String wrong : List.of("9110", "::1:9110", "localhost:x", ":9110", "localhost:70000")) {
      assertThatThrownBy(() -> ListenAddress.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected");
    }
  }

  private record Echo(String name) {}

  private void start() throws Exception {
    ops.start(
        router -> {
          Operation.post(router, "/echo")
              .needs(Scope.RESPOND)
              .reads(1_000, "application/json")
              .answersAtOnce(request -> Reply.json(request.json(Echo.class)));
          Operation.get(router, "/away")
              .answersAtOnce(
                  context -> {
                    throw new IllegalStateException(
                        new SQLException("terminating connection", "57P01"));
                  });
          Operation.get(router, "/broken")
              .answersAtOnce(
                  context -> {
                    throw new IllegalStateException("secret of the house");
                  });
          Operation.get(router, "/blocking")
              .answersOn(
                  ops.blocking,
                  context -> Reply.json(Map.of("eventLoop", Context.isOnEventLoopThread())));
        });
  }

  private HttpRequest.Builder echo() {
    return ops.request("/echo")
        .header("Content-Type", "application/json")
        .timeout(Duration.ofSeconds(5))
        .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"x\"}"));
  }

  private static String getFor(String host) {
    return "GET /blocking HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
  }
}
