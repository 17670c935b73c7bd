package io.tocsin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import io.tocsin.grafana.Board;
import io.tocsin.grafana.BoardJson;
import io.tocsin.grafana.board.Boards;
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

/** Boards go into files and into a running Grafana, here played by WireMock. */
class GrafanaCommandTest {

  private static final String CONSOLE = "https://tocsin.example.com";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final WireMockServer grafana =
      new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));

  private record Run(int code, String out, String err) {}

  @BeforeEach
  void open() {
    grafana.start();
  }

  @AfterEach
  void close() {
    grafana.stop();
  }

  private static Run run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Tocsin.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Run(code, out.toString(), err.toString());
  }

  private Run install(String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "grafana",
                "install",
                "--url=" + grafana.baseUrl() + "/",
                "--token=glsa_secret",
                "--tocsin=http://tocsin:9110",
                "--tocsin-token=tcs_secret",
                "--console=" + CONSOLE));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  /** A Grafana in which there is nothing. */
  private void empty() {
    grafana.stubFor(any(anyUrl()).willReturn(okJson("{}")));
    grafana.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(404).withBody("{}")));
  }

  /** A Grafana in which everything is as we would put it. */
  private void installed() {
    grafana.stubFor(any(anyUrl()).willReturn(okJson("{}")));
    source("tocsin", "prometheus");
    source("tocsin-alertmanager", "alertmanager");
    grafana.stubFor(
        get(urlEqualTo("/api/folders/tocsin-boards"))
            .willReturn(okJson("{\"uid\":\"tocsin-boards\",\"title\":\"Tocsin\"}")));
    Boards.ALL.forEach(board -> kept(board, BoardJson.of(board, CONSOLE)));
  }

  private void source(String uid, String type) {
    grafana.stubFor(
        get(urlEqualTo("/api/datasources/uid/" + uid))
            .willReturn(okJson("{\"uid\":\"%s\",\"type\":\"%s\"}".formatted(uid, type))));
  }

  private void kept(Board board, ObjectNode dashboard) {
    ObjectNode answer = JSON.createObjectNode();
    answer.set("dashboard", dashboard.put("id", 17).put("version", 3));
    answer.putObject("meta").put("folderUid", "tocsin-boards");
    grafana.stubFor(
        get(urlEqualTo("/api/dashboards/uid/" + board.uid()))
            .willReturn(okJson(answer.toString())));
  }

  @Test
  void theCommittedBoardsAreThoseOfTheirSources() throws Exception {
    for (Board board : Boards.ALL) {
      assertThat(Files.readString(Path.of("grafana/boards", board.file())))
          .as("%s: written anew by `tocsin grafana export`", board.file())
          .isEqualTo(GrafanaCommand.text(board, GrafanaCommand.CONSOLE));
    }
  }

  @Test
  void exportWritesAFileForEachBoard(@TempDir Path folder) throws Exception {
    Run run = run("grafana", "export", "--to=" + folder.resolve("new"), "--console=" + CONSOLE);

    assertThat(run.code()).isZero();
    assertThat(Files.readString(folder.resolve("new/hosts.json"))).contains(CONSOLE);
    try (var files = Files.list(folder.resolve("new"))) {
      assertThat(files).hasSize(15);
    }
  }

  @Test
  void whatIsNotThereIsCreated() {
    empty();

    Run run = install("--sql=db:5432/tocsin", "--sql-password=reader", "--folder=Watch");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("folder Watch: created", "board Hosts: created");
    assertThat(run.out() + run.err()).doesNotContain("secret");
    grafana.verify(
        postRequestedFor(urlEqualTo("/api/datasources"))
            .withHeader("Authorization", equalTo("Bearer glsa_secret"))
            .withRequestBody(matchingJsonPath("$[?(@.uid == 'tocsin')]"))
            .withRequestBody(matchingJsonPath("$[?(@.url == 'http://tocsin:9110/prometheus')]"))
            .withRequestBody(
                matchingJsonPath(
                    "$.secureJsonData[?(@.httpHeaderValue1 == 'Bearer tcs_secret')]")));
    grafana.verify(
        postRequestedFor(urlEqualTo("/api/datasources"))
            .withRequestBody(matchingJsonPath("$[?(@.type == 'postgres')]"))
            .withRequestBody(matchingJsonPath("$.secureJsonData[?(@.password == 'reader')]")));
    grafana.verify(
        postRequestedFor(urlEqualTo("/api/folders"))
            .withRequestBody(matchingJsonPath("$[?(@.title == 'Watch')]")));
    grafana.verify(
        15,
        postRequestedFor(urlEqualTo("/api/dashboards/db"))
            .withRequestBody(matchingJsonPath("$[?(@.folderUid == 'tocsin-boards')]")));
  }

  @Test
  void doneAgainItChangesNothingThatIsAsItShouldBe() {
    installed();

    Run run = install();

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("board Hosts: unchanged", "no --sql");
    grafana.verify(0, postRequestedFor(anyUrl()));
    grafana.verify(2, putRequestedFor(urlPathMatching("/api/datasources/uid/.*")));
  }

  @Test
  void aBoardThatDiffersIsUpdated() {
    installed();
    Board hosts = Boards.ALL.get(8);
    kept(hosts, BoardJson.of(hosts, CONSOLE).put("title", "Old hosts"));

    Run run = install();

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("board Hosts: updated", "board On call: unchanged");
    grafana.verify(
        1,
        postRequestedFor(urlEqualTo("/api/dashboards/db"))
            .withRequestBody(matchingJsonPath("$.dashboard[?(@.uid == 'tocsin-hosts')]")));
  }

  @Test
  void whatIsSomebodyElsesIsLeftAlone() {
    installed();
    Board hosts = Boards.ALL.get(8);
    ObjectNode foreign = BoardJson.of(hosts, CONSOLE).put("title", "Mine");
    foreign.putArray("tags").add("mine");
    kept(hosts, foreign);
    source("tocsin", "loki");

    Run left = install();

    assertThat(left.code()).isEqualTo(2);
    assertThat(left.err()).contains("board Hosts: found one that is not ours", "--force");
    assertThat(left.out()).contains("data source Tocsin: foreign");
    grafana.verify(0, postRequestedFor(anyUrl()));
    grafana.verify(0, putRequestedFor(urlEqualTo("/api/datasources/uid/tocsin")));

    Run forced = install("--force");

    assertThat(forced.code()).isZero();
    assertThat(forced.out()).contains("board Hosts: updated", "data source Tocsin: updated");
    grafana.verify(1, postRequestedFor(urlEqualTo("/api/dashboards/db")));
  }

  @Test
  void aFolderWithAnotherTitleIsRenamed() {
    installed();

    assertThat(install("--folder=Watch").out()).contains("folder Watch: updated");
    grafana.verify(
        putRequestedFor(urlEqualTo("/api/folders/tocsin-boards"))
            .withRequestBody(matchingJsonPath("$[?(@.title == 'Watch')]")));
  }

  @Test
  void refusalsAndAbsenceSayWhatAndEndWithTwo() {
    grafana.stubFor(
        get(anyUrl())
            .willReturn(aResponse().withStatus(401).withBody("{\"message\":\"Invalid API key\"}")));
    Run refused = install();
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("status 401", "Invalid API key", "is the token right?")
        .doesNotContain("glsa_secret");
    grafana.verify(1, getRequestedFor(anyUrl()));

    grafana.resetAll();
    empty();
    grafana.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(403).withBody("no")));
    assertThat(install().err()).contains("role Admin");

    grafana.resetAll();
    grafana.stubFor(get(anyUrl()).willReturn(okJson("<html>")));
    grafana.stubFor(put(anyUrl()).willReturn(okJson("{}")));
    assertThat(install().err()).contains("found no JSON");

    String gone = grafana.baseUrl();
    grafana.stop();
    Run absent = run("grafana", "install", "--url=" + gone, "--token=x");
    assertThat(absent.code()).isEqualTo(2);
    assertThat(absent.err()).contains("no Grafana at " + gone);
    assertThat(run("grafana", "install").code()).isEqualTo(2);
  }
}
