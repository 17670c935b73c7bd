package io.tocsin.web;

import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.statuspage.Fabricated;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PrivatePageTest {

  private static final String TOKEN = "for-our-customers-only";
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static PageServers servers;
  private static String address;

  @BeforeAll
  static void open() {
    servers = new PageServers();
    var site =
        servers.site(
            Fabricated.spec(),
            now -> Fabricated.input(NOW),
            InstantSource.fixed(NOW),
            new StatusSite.Reach(true, Optional.empty()));
    address = servers.openPublic(0, site, new TokenDoor(List.of("another-old-token", TOKEN)));
  }

  @AfterAll
  static void close() {
    servers.close();
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(5));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String pass() throws Exception {
    String cookie = header(send(request("/?token=" + TOKEN)), "Set-Cookie");
    return cookie.substring(0, cookie.indexOf(';'));
  }

  @Test
  void withoutATokenNothingIsShown() throws Exception {
    for (String path :
        List.of(
            "/", "/history", "/incidents/i184abcdef", "/api/v2/summary.json", "/history.atom")) {
      HttpResponse<String> answer = send(request(path));
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
      assertThat(answer.body())
          .contains("This status page is private")
          .doesNotContain("AI models", "Payment API", "outage");
    }
  }

  @Test
  void theLinkLeavesACookieAndTheTokenLeavesTheAddress() throws Exception {
    HttpResponse<String> first = send(request("/history?token=" + TOKEN));
    assertThat(first.statusCode()).isEqualTo(303);
    assertThat(header(first, "Location")).isEqualTo("/history");
    assertThat(header(first, "Set-Cookie"))
        .contains("HTTPOnly", "SameSite=Lax")
        .doesNotContain(TOKEN);
    HttpResponse<String> page = send(request("/").header("Cookie", pass()));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Major outage: AI models");
    assertThat(header(page, "Cache-Control")).isEqualTo("private, no-cache");
  }

  @Test
  void feedReadersBringTheTokenAsBearer() throws Exception {
    HttpResponse<String> feed =
        send(request("/history.atom").header("Authorization", "Bearer " + TOKEN));
    assertThat(feed.statusCode()).isEqualTo(200);
    assertThat(send(request("/").header("Authorization", "Bearer wrong")).statusCode())
        .isEqualTo(401);
  }

  @Test
  void aWrongTokenIsToldInAFriendlyWay() throws Exception {
    HttpResponse<String> link = send(request("/?token=expired").header("Accept-Language", "de"));
    assertThat(link.statusCode()).isEqualTo(401);
    assertThat(link.body()).contains("Dieses Token ist nicht bekannt.");
    HttpResponse<String> cookie = send(request("/").header("Cookie", "page=" + TOKEN));
    assertThat(cookie.statusCode()).isEqualTo(401);
  }

  @Test
  void theFormLetsInAndGoesBackToOwnPathsOnly() throws Exception {
    HttpResponse<String> right = form("/door?back=/history", "token=" + TOKEN);
    assertThat(right.statusCode()).isEqualTo(303);
    assertThat(header(right, "Location")).isEqualTo("/history");
    assertThat(header(form("/door?back=//evil.example", "token=" + TOKEN), "Location"))
        .isEqualTo("/");
    assertThat(form("/door", "token=wrong").statusCode()).isEqualTo(401);
    assertThat(form("/door", "token=" + "x".repeat(9000)).statusCode()).isEqualTo(401);
  }

  private static HttpResponse<String> form(String path, String body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }
}
