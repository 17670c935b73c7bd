package io.tocsin;

import static io.tocsin.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.web.StandInProvider;
import io.tocsin.web.Visitor;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service with a private page by OpenID Connect, its database killed under it. */
class PrivatePageDayTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private StandInProvider provider;
  private int port;

  @BeforeEach
  void open() throws Exception {
    provider = new StandInProvider();
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private Server server() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("tocsin.yaml"),
            """
            listen: { ops: 127.0.0.1:0, public: 127.0.0.1:%d }
            outbound: { allow: [127.0.0.1] }
            auth:
              oidc:
                issuer: %s
                client_id: %s
                client_secret: "%s"
                roles: { boss: admin }
                title: Acme ID
            components: [{ name: Payment API }]
            status_page:
              title: Acme status
              url: "http://127.0.0.1:%d"
              private: { oidc: true, groups: [sre], session: 1h }
            receivers: [{ name: nobody }]
            route: { receiver: nobody }
            """
                .formatted(
                    port, provider.issuer(), StandInProvider.CLIENT, StandInProvider.SECRET, port));
    return Server.start(
        Configuration.read(file, Map.of("HOME", "/root")),
        folder.resolve("data"),
        InstantSource.system(),
        ServerExtras.NONE);
  }

  private HttpResponse<String> signOn(Visitor visitor, String back) throws Exception {
    String to = Visitor.location(visitor.get("/door/oidc?back=" + back));
    String nonce = to.replaceAll(".*&nonce=([^&]*).*", "$1");
    String state = to.replaceAll(".*&state=([^&]*).*", "$1");
    provider.take("c0de", provider.signed(provider.claims(nonce, Instant.now()).build()));
    return visitor.get("/door/oidc/callback?code=c0de&state=" + state);
  }

  private Visitor visitor() {
    return new Visitor("http://127.0.0.1:" + port);
  }

  /** Kills it as a machine would; answers the port it was at. */
  private int killTheDatabase() throws Exception {
    try (var files = Files.walk(folder.resolve("data"))) {
      Path running = files.filter(it -> it.endsWith("postmaster.pid")).findFirst().orElseThrow();
      List<String> lines = Files.readAllLines(running);
      ProcessHandle process = ProcessHandle.of(Long.parseLong(lines.get(0).strip())).orElseThrow();
      process.destroyForcibly();
      process.onExit().get(SOON.toSeconds(), TimeUnit.SECONDS);
      return Integer.parseInt(lines.get(3).strip());
    }
  }

  @Test
  void readersGoInAndOutWhileTheDatabaseIsDownAndStayInAfterARestart() throws Exception {
    Visitor early = visitor();
    try (Server server = server()) {
      assertThat(early.get("/").statusCode()).isEqualTo(401);
      assertThat(Visitor.location(early.get("/subscribe"))).isEqualTo("/door?back=/subscribe");
      assertThat(early.get("/door?back=/subscribe").body()).contains("oidc?back=/subscribe");
      assertThat(Visitor.location(signOn(early, "/subscribe"))).isEqualTo("/subscribe");
      assertThat(early.get("/subscribe").statusCode()).isEqualTo(200);
      eventually(SOON, () -> assertThat(early.get("/").body()).contains("Payment API"));
      noRightsInTheConsole(server, early);

      int database = killTheDatabase();
      assertThatThrownBy(() -> new Socket("127.0.0.1", database).close())
          .isInstanceOf(ConnectException.class);
      assertThat(early.get("/").body()).contains("Payment API");
      Visitor late = visitor();
      assertThat(late.get("/").statusCode()).isEqualTo(401);
      assertThat(Visitor.location(signOn(late, "/history"))).isEqualTo("/history");
      assertThat(late.get("/api/v2/summary.json").body()).contains("Payment API");
    }
    try (Server again = server()) {
      assertThat(again.page().url()).contains(Integer.toString(port));
      assertThat(early.get("/history").statusCode()).isEqualTo(200);
    }
  }

  private void noRightsInTheConsole(Server server, Visitor reader) throws Exception {
    var console = new Visitor(server.console().url().replaceAll("/$", ""));
    console.cookies.putAll(reader.cookies);
    assertThat(console.get("/incidents").statusCode()).isEqualTo(401);
    assertThat(console.get("/api/v1/incidents").statusCode()).isEqualTo(401);
    // What was begun at the page's door ends at no other.
    String to = Visitor.location(visitor().get("/door/oidc"));
    Visitor mixed = visitor();
    mixed.get("/door/oidc");
    console.cookies.clear();
    console.cookies.put("tocsin_sign_on", mixed.cookies.get("page_sign_on"));
    var state = Pattern.compile("state=([^&]*)").matcher(URI.create(to).getRawQuery());
    assertThat(state.find()).isTrue();
    assertThat(console.get("/login/oidc/callback?code=c&state=" + state.group(1)).body())
        .contains("was not started here");
  }
}
