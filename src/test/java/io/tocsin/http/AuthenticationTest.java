package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.AccessPolicy;
import io.tocsin.access.Scope;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {

  private final OpsFixture ops = new OpsFixture(AccessPolicy.TOKENS);

  @BeforeEach
  void start() throws Exception {
    ops.start(
        router ->
            Operation.post(router, "/things")
                .needs(Scope.READ)
                .reads(100_000)
                .answersAtOnce(
                    request ->
                        Reply.json(
                            Map.of(
                                "by", request.principal().name(),
                                "bytes", request.body().length()))),
        ops.sessionRoutes());
  }

  @AfterEach
  void close() throws Exception {
    ops.close();
  }

  @Test
  void nobodyIsAskedForAToken() throws Exception {
    var answer = things("");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"tocsin\"");
  }

  @Test
  void aBearerTokenIsLetInAndItsBodyArrivesWhole() throws Exception {
    var answer = things("Bearer " + ops.token(Scope.READ));
    assertThat(answer.body()).contains("\"by\":\"tester\"").contains("\"bytes\":50000");
  }

  @Test
  void aTokenMayBeThePasswordOfBasicAuthentication() throws Exception {
    String pair = "prometheus:" + ops.token(Scope.READ);
    var basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    assertThat(things("Basic " + basic).statusCode()).isEqualTo(200);
  }

  @Test
  void clientsOfInfluxCallItAToken() throws Exception {
    assertThat(things("Token " + ops.token(Scope.READ)).statusCode()).isEqualTo(200);
    assertThat(things("Token x").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer tcs_00000000_00", "Bearer", "Basic !!!", "Digest x", "Basic dGNz"})
  void otherCredentialsAreRefused(String authorization) throws Exception {
    assertThat(things(authorization).statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenWithoutTheScopeIsForbidden() throws Exception {
    var answer = things("Bearer " + ops.token(Scope.INGEST));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("needs the scope read, which tester lacks");
  }

  @Test
  void useOfATokenIsNoted() throws Exception {
    things("Bearer " + ops.token(Scope.READ));
    assertThat(ops.tokens.tokens().getFirst().lastUsed()).contains(OpsFixture.NOW);
  }

  @Test
  void aBrowserLogsInWithATokenAndKeepsACookie() throws Exception {
    var login = login(ops.token(Scope.READ));
    assertThat(login.statusCode()).isEqualTo(200);
    String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).containsIgnoringCase("HttpOnly").contains("SameSite=Lax").contains("Path=/");
    assertThat(withCookie(pair(cookie)).statusCode()).isEqualTo(200);
  }

  @Test
  void aForgedCookieIsRefused() throws Exception {
    String cookie =
        pair(login(ops.token(Scope.READ)).headers().firstValue("Set-Cookie").orElse(""));
    char last = cookie.charAt(cookie.length() - 1);
    String forged = cookie.substring(0, cookie.length() - 1) + (last == '0' ? '1' : '0');
    assertThat(withCookie(forged).statusCode()).isEqualTo(401);
    assertThat(withCookie(Sessions.COOKIE + "=nonsense").statusCode()).isEqualTo(401);
  }

  @Test
  void revokingTheTokenEndsItsSessions() throws Exception {
    String cookie =
        pair(login(ops.token(Scope.READ)).headers().firstValue("Set-Cookie").orElse(""));
    String id = ops.tokens.tokens().getFirst().id();
    ops.tokens.revoke(id);
    ops.authentication.forget(id);
    var answer = withCookie(cookie);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("revoked");
  }

  @Test
  void aWrongTokenDoesNotLogIn() throws Exception {
    assertThat(login("tcs_00000000_" + "0".repeat(64)).statusCode()).isEqualTo(401);
  }

  private HttpResponse<String> things(String authorization) throws Exception {
    var request = ops.request("/things").POST(body());
    return ops.send(
        authorization.isEmpty() ? request : request.header("Authorization", authorization));
  }

  private HttpResponse<String> withCookie(String cookie) throws Exception {
    return ops.send(
        ops.request("/things")
            .header("Cookie", cookie)
            .header("Sec-Fetch-Site", "same-origin")
            .POST(body()));
  }

  private HttpResponse<String> login(String token) throws Exception {
    return ops.post("/api/v1/session", "application/json", "{\"token\":\"" + token + "\"}");
  }

  private static HttpRequest.BodyPublisher body() {
    return HttpRequest.BodyPublishers.ofByteArray(new byte[50_000]);
  }

  private static String pair(String setCookie) {
    return setCookie.split(";", 2)[0];
  }
}
