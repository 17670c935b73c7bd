package io.tocsin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports fetched from a running service, here played by WireMock. */
class ModelCommandTest {

  @TempDir private Path folder;

  private final WireMockServer service =
      new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void open() {
    service.start();
  }

  @AfterEach
  void close() {
    service.stop();
  }

  private int report(String... arguments) {
    var all = new ArrayList<>(List.of("model", "report"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--server", service.baseUrl(), "--token", "tcs_x"));
    return Tocsin.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private void answers(String url, String body) {
    service.stubFor(get(urlEqualTo(url)).willReturn(ok(body)));
  }

  @Test
  void theNewestReportIsPrintedAsMarkdown() {
    answers("/api/v1/models/a%20b%2Fc/reports/latest?format=md", "# Daily report");

    assertThat(report("a b/c")).isZero();
    assertThat(out).hasToString("# Daily report");
    service.verify(
        getRequestedFor(urlEqualTo("/api/v1/models/a%20b%2Fc/reports/latest?format=md"))
            .withHeader("Authorization", equalTo("Bearer tcs_x")));
  }

  @Test
  void aDaysReportGoesIntoAFileInTheFormatAskedFor() throws Exception {
    answers("/api/v1/models/ranker/reports/2026-11-20?format=html", "<!doctype html>ä");
    Path file = folder.resolve("report.html");

    assertThat(report("ranker", "--day", "2026-11-20", "--format", "html", "--out", "" + file))
        .isZero();
    assertThat(out.toString()).isEmpty();
    assertThat(Files.readString(file)).isEqualTo("<!doctype html>ä");
  }

  @Test
  void whatTheServiceRefusesIsSaidAndNoFileIsLeft() {
    service.stubFor(
        get(urlEqualTo("/api/v1/models/x/reports/latest?format=json"))
            .willReturn(
                aResponse().withStatus(404).withBody("{\"detail\":\"there is no model x\"}")));
    Path file = folder.resolve("report.json");

    assertThat(report("x", "--format", "json", "--out", "" + file)).isEqualTo(2);
    assertThat(err.toString()).contains("answered 404").contains("there is no model x");
    assertThat(file).doesNotExist();
  }

  @Test
  void aWrongDayOrFormatIsWrongUsage() {
    assertThat(report("x", "--day", "yesterday")).isEqualTo(2);
    assertThat(report("x", "--format", "pdf")).isEqualTo(2);
    assertThat(err.toString()).contains("--day").contains("yesterday").contains("--format");
  }
}
