package io.tocsin.web;

import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.statuspage.Fabricated;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PublicRoutesTest {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static PageServers servers;
  private static String address;

  @BeforeAll
  static void open() {
    servers = new PageServers();
    address = servers.openPublic(0, now -> Fabricated.input(NOW), InstantSource.fixed(NOW));
  }

  @AfterAll
  static void close() {
    servers.close();
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(5));
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void thePageComesWithATagAndIsNotSentAgainToThoseWhoHaveIt() throws Exception {
    HttpResponse<byte[]> first = send(request("/"));
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(header(first, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(first, "Cache-Control")).contains("max-age=0", "stale-if-error");
    assertThat(header(first, "Vary")).contains("Accept-Encoding", "Cookie");
    HttpResponse<byte[]> second = send(request("/").header("If-None-Match", header(first, "ETag")));
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
  }

  @Test
  void theCompressedFormHoldsTheSamePage() throws Exception {
    HttpResponse<byte[]> plain = send(request("/"));
    HttpResponse<byte[]> gzip = send(request("/").header("Accept-Encoding", "gzip"));
    assertThat(header(gzip, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(gzip, "ETag")).isNotEqualTo(header(plain, "ETag"));
    assertThat(gzip.body().length).isLessThan(plain.body().length / 4);
    try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
      assertThat(in.readAllBytes()).isEqualTo(plain.body());
    }
  }

  @Test
  void headAnswersAsGetButWithoutTheBody() throws Exception {
    HttpResponse<byte[]> answer =
        send(request("/").method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Integer.parseInt(header(answer, "Content-Length"))).isGreaterThan(1_000);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void nothingInThePageAsksAnotherSiteOrRunsInline() throws Exception {
    String page = text(send(request("/")));
    assertThat(page).doesNotContain("style=\"", "onclick", "<style", "src=\"http", "@import");
    assertThat(page).doesNotContainPattern("<script(?! src=\"/assets/)");
    assertThat(page).doesNotContainPattern("<link rel=\"stylesheet\" href=\"(?!/assets/)");
  }

  @Test
  void assetsAreNamedByTheirContentAndKeptForEver() throws Exception {
    String page = text(send(request("/")));
    var path = Pattern.compile("/assets/tocsin\\.[0-9a-f]{16}\\.css").matcher(page);
    assertThat(path.find()).isTrue();
    HttpResponse<byte[]> css = send(request(path.group()));
    assertThat(css.statusCode()).isEqualTo(200);
    assertThat(header(css, "Cache-Control")).contains("immutable");
    assertThat(text(css)).doesNotContain("url(", "@import", "@font-face");
  }

  @Test
  void jsonMayBeReadFromAnyOrigin() throws Exception {
    HttpResponse<byte[]> answer = send(request("/api/v2/summary.json"));
    assertThat(header(answer, "Content-Type")).startsWith("application/json");
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
    var status = new ObjectMapper().readTree(answer.body()).path("status");
    assertThat(status.path("indicator").asText()).isEqualTo("critical");
  }

  @Test
  void everyAddressOfTheApiAnswers() throws Exception {
    for (String name :
        new String[] {
          "summary",
          "status",
          "components",
          "incidents",
          "incidents/unresolved",
          "scheduled-maintenances",
          "scheduled-maintenances/upcoming",
          "scheduled-maintenances/active"
        }) {
      assertThat(send(request("/api/v2/" + name + ".json")).statusCode()).as(name).isEqualTo(200);
    }
    assertThat(header(send(request("/history.atom")), "Content-Type"))
        .startsWith("application/atom+xml");
    assertThat(header(send(request("/history.rss")), "Content-Type"))
        .startsWith("application/rss+xml");
  }

  @Test
  void anIncidentHasItsPageAndAnUnknownOneIsFourOhFour() throws Exception {
    assertThat(text(send(request("/incidents/i184abcdef"))))
        .contains("<h1>Payment API: partial outage</h1>", "rolling back");
    HttpResponse<byte[]> absent = send(request("/incidents/nobody"));
    assertThat(absent.statusCode()).isEqualTo(404);
    assertThat(text(absent)).contains("There is nothing here");
    assertThat(send(request("/metrics")).statusCode()).isEqualTo(404);
  }

  @Test
  void theThemeIsKeptInACookieAndOnlyOwnPathsAreGoneBackTo() throws Exception {
    var form = HttpRequest.BodyPublishers.noBody();
    HttpResponse<byte[]> set = send(request("/theme/dark?back=/history").POST(form));
    assertThat(set.statusCode()).isEqualTo(303);
    assertThat(header(set, "Location")).isEqualTo("/history");
    assertThat(header(set, "Set-Cookie")).contains("theme=dark", "HTTPOnly", "SameSite=Lax");
    assertThat(text(send(request("/").header("Cookie", "theme=dark"))))
        .contains("data-theme=\"dark\"");
    for (String foreign : new String[] {"//evil.example", "https://evil.example", "/%0d%0aX:y"}) {
      assertThat(header(send(request("/theme/dark?back=" + foreign).POST(form)), "Location"))
          .isEqualTo("/");
    }
  }
}
