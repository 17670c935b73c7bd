package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole service whose configuration stands in several files. */
class ReloadOfIncludedFilesTest {

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  private HttpResponse<String> send(Server server, String method, String path) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.console().url()).resolve(path))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.noBody());
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private void write(String file, String text) throws Exception {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static String check(String name) {
    return "checks: [{ name: %1$s, heartbeat: { token: %1$s-abcdefghijklmnop, every: 1h } }]\n"
        .formatted(name);
  }

  private void runs(Server server, int loaded, String... checks) throws Exception {
    assertThat(send(server, "GET", "/metrics").body())
        .contains("tocsin_config_last_reload_successful " + loaded + ".0\n");
    String answer = send(server, "GET", "/api/v1/checks").body();
    for (String check : checks) {
      assertThat(answer).contains("\"" + check + "\"");
    }
  }

  @Test
  void aBadIncludedFileKeepsWhatRunsAndIsToldUntilItIsMended() throws Exception {
    write(
        "tocsin.yaml",
        """
        include: checks/*.yaml
        listen: { ops: 127.0.0.1:0, public: 127.0.0.1:0 }
        auth: open
        receivers: [{ name: nobody }]
        route: { receiver: nobody }
        """);
    write("checks/a.yaml", check("first"));
    Configuration configuration = Configuration.read(folder.resolve("tocsin.yaml"), Map.of());
    try (Server server =
        Server.start(
            configuration, folder.resolve("data"), InstantSource.system(), ServerExtras.NONE)) {
      runs(server, 1, "first");

      write("checks/b.yaml", "\n" + check("second") + "node: other\nchekcs: []\n");
      HttpResponse<String> refused = send(server, "POST", "/-/reload");
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(refused.body()).contains("b.yaml:4:1").contains("chekcs").contains("checks");
      runs(server, 0, "first");
      assertThat(send(server, "GET", "/api/v1/checks").body()).doesNotContain("second");

      write("checks/b.yaml", check("second"));
      assertThat(send(server, "POST", "/-/reload").statusCode()).isEqualTo(200);
      runs(server, 1, "first", "second");
    }
  }
}
