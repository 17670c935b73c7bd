package io.tocsin.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.OutboundGuard;
import io.tocsin.check.Cause;
import io.tocsin.check.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HttpProbeTest {

  private static ProbeHarness harness;
  private static int port;
  private static final AtomicInteger CONNECTIONS = new AtomicInteger();
  private static final AtomicReference<HttpServerRequest> LAST = new AtomicReference<>();

  @BeforeAll
  static void serve() throws Exception {
    harness = new ProbeHarness();
    port =
        ProbeHarness.get(
                harness
                    .vertx
                    .createHttpServer()
                    .connectionHandler(connection -> CONNECTIONS.incrementAndGet())
                    .requestHandler(HttpProbeTest::answer)
                    .listen(0, "127.0.0.1"))
            .actualPort();
  }

  @AfterAll
  static void close() throws Exception {
    harness.close();
  }

  private static void answer(HttpServerRequest request) {
    LAST.set(request);
    switch (request.path()) {
      case "/ok" ->
          request
              .response()
              .putHeader("Strict-Transport-Security", "max-age=63072000")
              .end("{\"status\": \"ok\", \"queue\": {\"depth\": 3.0}, \"names\": [\"a\", null]}");
      case "/text" -> request.response().end("all is well");
      case "/teapot" -> request.response().setStatusCode(418).end();
      case "/moved" -> request.response().setStatusCode(302).putHeader("Location", "ok").end();
      case "/loop" -> request.response().setStatusCode(302).putHeader("Location", "/loop").end();
      case "/away" ->
          request
              .response()
              .setStatusCode(307)
              .putHeader("Location", "http://localhost:" + port + "/ok")
              .end();
      case "/inside" ->
          request.response().setStatusCode(302).putHeader("Location", "http://10.0.0.1/").end();
      case "/big" -> request.response().end(Buffer.buffer(new byte[3 << 20]));
      case "/echo" -> request.body().onSuccess(body -> request.response().end(body));
      case "/reset" -> request.connection().close();
      case "/late" -> harness.vertx.setTimer(100, tick -> request.response().end("at last"));
      case "/silent" -> request.pause();
      default -> request.response().setStatusCode(404).end();
    }
  }

  private static Finding ask(String path, String... lines) throws Exception {
    return harness.ask(yaml(path, lines));
  }

  private static String yaml(String path, String... lines) {
    return "timeout: 10s\nhttp:\n  url: http://127.0.0.1:%d%s\n  %s\n"
        .formatted(port, path, String.join("\n  ", lines));
  }

  private static void assertFailure(Finding finding, String reason) {
    assertThat(finding.outcome()).isEqualTo(Outcome.FAILURE);
    assertThat(finding.cause()).contains(Cause.target(reason));
    assertThat(finding.detail()).isEqualTo(reason);
  }

  @Test
  void anyStatusOfTwoHundredsIsASuccessUnlessSaidOtherwise() throws Exception {
    Finding finding = ask("/ok");

    assertThat(finding.outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(finding.statusCode()).hasValue(200);
    assertThat(finding.tlsExpiry()).isEmpty();
    assertFailure(ask("/teapot"), "status 418, expected 2xx");
    assertThat(ask("/teapot", "expect: {status: [200, 410-420]}").outcome())
        .isEqualTo(Outcome.SUCCESS);
    assertFailure(ask("/ok", "expect: {status: [201, 3xx]}"), "status 200, expected 201 or 3xx");
  }

  @Test
  void comparesValuesInJsonAsTextOrAsNumbers() throws Exception {
    assertThat(
            ask("/ok", "expect: {json: {$.status: ok, $.queue.depth: 3, '$.names[1]': 'null'}}")
                .outcome())
        .isEqualTo(Outcome.SUCCESS);
    assertFailure(
        ask("/ok", "expect: {json: {$.status: fine}}"),
        "json $['status']: found \"ok\", expected \"fine\"");
    assertFailure(
        ask("/ok", "expect: {json: {$.state: ok}}"),
        "json $['state']: found nothing, expected \"ok\"");
    assertFailure(ask("/text", "expect: {json: {$.a: b}}"), "json: the body is not JSON");
  }

  @Test
  void looksForTextAndExpressionsInTheBody() throws Exception {
    assertThat(ask("/text", "expect: {body: well, matches: '^all is (well|fine)$'}").outcome())
        .isEqualTo(Outcome.SUCCESS);
    assertFailure(ask("/text", "expect: {body: ill}"), "body: \"ill\" not found");
    assertFailure(ask("/text", "expect: {matches: '^is'}"), "body: nothing matches ^is");
  }

  @Test
  void looksForTextInHeaders() throws Exception {
    assertThat(ask("/ok", "expect: {headers: {strict-transport-security: max-age=}}").outcome())
        .isEqualTo(Outcome.SUCCESS);
    assertFailure(
        ask("/text", "expect: {headers: {Strict-Transport-Security: max-age=}}"),
        "header Strict-Transport-Security: found nothing, expected \"max-age=\"");
  }

  @Test
  void anAnswerThatTakesTooLongIsDegraded() throws Exception {
    assertThat(ask("/ok", "slower_than: 10s").outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(ask("/ok", "slower_than: 0s").outcome()).isEqualTo(Outcome.DEGRADED);
    assertThat(ask("/teapot", "slower_than: 0s").outcome()).isEqualTo(Outcome.FAILURE);
  }

  @Test
  void sendsMethodHeadersAndBodyOverAConnectionOfItsOwn() throws Exception {
    int before = CONNECTIONS.get();
    Finding finding =
        ask(
            "/echo",
            "method: post",
            "headers: {X-Trace: abc, Host: app.example.com}",
            "body: hello",
            "basic_auth: {username: u, password: p}",
            "expect: {body: hello}");

    assertThat(finding.outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(LAST.get().method().name()).isEqualTo("POST");
    assertThat(LAST.get().getHeader("X-Trace")).isEqualTo("abc");
    assertThat(LAST.get().getHeader("Host")).isEqualTo("app.example.com");
    assertThat(LAST.get().getHeader("Authorization")).isEqualTo("Basic dTpw");
    assertThat(LAST.get().getHeader("Connection")).isEqualTo("close");
    assertThat(ask("/text").outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(CONNECTIONS.get()).isEqualTo(before + 2);
  }

  @Test
  void followsRedirectsAsFarAsAllowed() throws Exception {
    assertThat(ask("/moved", "expect: {status: 200}").outcome()).isEqualTo(Outcome.SUCCESS);
    assertFailure(
        ask("/moved", "follow_redirects: false", "expect: {status: 200}"),
        "status 302, expected 200");
    assertFailure(ask("/loop", "max_redirects: 3"), "status 302, expected 2xx");
  }

  @Test
  void credentialsDoNotFollowToAnotherOrigin() throws Exception {
    assertThat(ask("/away", "bearer_token: secret", "headers: {X-Trace: abc}").outcome())
        .isEqualTo(Outcome.SUCCESS);

    assertThat(LAST.get().getHeader("Authorization")).isNull();
    assertThat(LAST.get().getHeader("X-Trace")).isEqualTo("abc");
  }

  @Test
  void readsAMebibyteOfTheBodyAtMost() throws Exception {
    assertThat(ask("/big").outcome()).isEqualTo(Outcome.SUCCESS);
    assertFailure(ask("/big", "expect: {body: x}"), "body: found more than 1 MiB");
  }

  @Test
  void silenceAfterConnectingIsTheTargetsFault() throws Exception {
    Finding silent =
        harness.ask("timeout: 200ms\nhttp: {url: 'http://127.0.0.1:%d/silent'}".formatted(port));

    assertFailure(
        silent, "no answer within 200 ms (waiting for the answer of 127.0.0.1:%d)".formatted(port));
    assertThat(ask("/reset").cause().orElseThrow().side()).isEqualTo(Cause.Side.TARGET);
  }

  @Test
  void aClosedPortRefuses() throws Exception {
    try (var socket = new java.net.ServerSocket(0)) {
      int closed = socket.getLocalPort();
      socket.close();
      assertFailure(
          harness.ask("http: {url: 'http://127.0.0.1:%d'}".formatted(closed)),
          "connection refused");
    }
  }

  @Test
  void aGuardRefusesLoopbackAlsoByNameAndAfterARedirect() throws Exception {
    OutboundGuard strict = OutboundGuard.allowing(List.of());
    OutboundGuard firstHop = OutboundGuard.allowing(List.of("127.0.0.1"));

    assertThat(harness.askUnder(strict, yaml("/ok")).detail())
        .isEqualTo("address 127.0.0.1 is not allowed (loopback)");
    assertThat(
            harness
                .askUnder(strict, "http: {url: 'http://localhost:%d/ok'}".formatted(port))
                .detail())
        .contains("is not allowed (loopback)");
    assertThat(harness.askUnder(firstHop, yaml("/ok")).outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(harness.askUnder(firstHop, yaml("/inside")).detail())
        .isEqualTo("address 10.0.0.1 is not allowed (private)");
  }

  @Test
  void tellsItsPhasesAndOnlyThoseThatHappened() throws Exception {
    assertThat(phases(ask("/ok"))).containsExactly("connect", "processing", "transfer");
    Finding named = harness.ask("http: {url: 'http://localhost:%d/ok'}".formatted(port));
    assertThat(phases(named)).containsExactly("resolve", "connect", "processing", "transfer");
    Finding late = ask("/late");
    assertThat(late.readings())
        .filteredOn(reading -> reading.labels().get("phase").equals("processing"))
        .singleElement()
        .satisfies(reading -> assertThat(reading.value()).isBetween(0.1, 10.0));
    assertThat(harness.ask(yaml("/silent").replace("10s", "100ms")).readings()).isEmpty();
  }

  static List<String> phases(Finding finding) {
    assertThat(finding.readings())
        .allMatch(reading -> reading.metric().equals("probe_http_duration_seconds"))
        .allMatch(reading -> reading.value() >= 0 && reading.value() < 10);
    return finding.readings().stream().map(reading -> reading.labels().get("phase")).toList();
  }
}
