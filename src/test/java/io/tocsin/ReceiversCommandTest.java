package io.tocsin;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Receivers from a terminal, against the API's shapes. */
class ReceiversCommandTest {

  @RegisterExtension
  static final WireMockExtension SERVICE = WireMockExtension.newInstance().build();

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    var all = new ArrayList<>(List.of("receiver"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--server", SERVICE.baseUrl()));
    return Tocsin.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  @Test
  void theWaysOfReceiversAreListedWithTheirBreakers() {
    SERVICE.stubFor(
        get(urlPathEqualTo("/api/v1/receivers"))
            .willReturn(
                okJson(
                    """
                    {"receivers":[{"name":"ops","ways":[
                      {"destination":"ops/webhook/0","settings":{},"breaker":"closed"},
                      {"destination":"ops/slack/0","settings":{},"breaker":"open",
                       "paused_until":"2026-03-01T12:00:00Z"}]}]}\
                    """)));
    assertThat(run("list")).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "ops/webhook/0                   breaker closed",
            "ops/slack/0                     breaker open       asked for time until"
                + " 2026-03-01T12:00:00Z");
  }

  @Test
  void aTemplateIsPreviewedFromItsFileAndAWrongOneIsNamed() throws Exception {
    SERVICE.stubFor(
        post(urlPathEqualTo("/api/v1/receivers/team%20chat/preview"))
            .willReturn(
                okJson(
                    """
                    {"text":"HIGH Payments",
                     "previews":[{"destination":"team chat/slack/0","sent":"{}"}]}\
                    """)));
    Path file = Files.writeString(folder.resolve("words.tmpl"), "{{ .Severity }} {{ .Title }}");
    assertThat(run("preview", "team chat", "--text-file", file.toString())).isZero();
    SERVICE.verify(
        postRequestedFor(urlPathEqualTo("/api/v1/receivers/team%20chat/preview"))
            .withRequestBody(equalToJson("{\"text\":\"{{ .Severity }} {{ .Title }}\"}")));
    assertThat(out.toString()).contains("text: HIGH Payments", "team chat/slack/0", "{}");

    SERVICE.stubFor(
        post(urlPathEqualTo("/api/v1/receivers/ops/preview"))
            .willReturn(jsonResponse("{\"detail\":\"text: 1:9: missing value\"}", 400)));
    assertThat(run("preview", "ops", "--text", "{{ range")).isEqualTo(Tocsin.USAGE);
    assertThat(err.toString()).contains("1:9: missing value");
  }

  @Test
  void aTestSaysWhatBecameOfEachMessageAndFailsWithOne() {
    SERVICE.stubFor(
        post(urlPathEqualTo("/api/v1/receivers/ops/test"))
            .willReturn(
                okJson(
                    """
                    {"tried":[
                      {"destination":"ops/webhook/0","delivered":true,"detail":"HTTP 200",
                       "took":"PT0.1S"},
                      {"destination":"ops/webhook/0","delivered":false,"detail":"HTTP 500",
                       "took":"PT0.1S"}]}\
                    """)));
    assertThat(run("test", "ops", "--severity", "CRITICAL")).isEqualTo(Tocsin.BAD);
    assertThat(out.toString())
        .contains("ops/webhook/0  arrived  HTTP 200", "ops/webhook/0  failed  HTTP 500");
    SERVICE.verify(
        postRequestedFor(urlPathEqualTo("/api/v1/receivers/ops/test"))
            .withRequestBody(equalToJson("{\"severity\":\"critical\"}")));
  }
}
