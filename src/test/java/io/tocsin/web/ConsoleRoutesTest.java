package io.tocsin.web;

import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.AccessPolicy;
import io.tocsin.incident.IncidentCommand;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleRoutesTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final PageServers servers = new PageServers();
  private final FabricatedDesk desk = FabricatedDesk.busy(NOW);
  private String address = "";

  @BeforeEach
  void open() {
    address = servers.openConsole(0, desk, InstantSource.fixed(NOW), AccessPolicy.OPEN);
  }

  @AfterEach
  void close() {
    servers.close();
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(
        request.timeout(Duration.ofSeconds(5)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(address + path)));
  }

  private HttpRequest.Builder form(String path, String fields) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(fields));
  }

  private HttpResponse<String> post(String path, String fields) throws Exception {
    return send(form(path, fields));
  }

  @Test
  void aCommandLeadsBackToThePageItCameFromAndNowhereElse() throws Exception {
    HttpResponse<String> home = post("/incidents/i185abcdef/acknowledge", "back=/");
    assertThat(home.statusCode()).isEqualTo(303);
    assertThat(home.headers().firstValue("Location")).contains("/");
    HttpResponse<String> foreign =
        post("/incidents/i185abcdef/acknowledge", "back=https://evil.example");
    assertThat(foreign.headers().firstValue("Location")).contains("/incidents/i185abcdef");
  }

  @Test
  void anAlertsPageSaysWhySomebodyWasPaged() throws Exception {
    String home = get("/").body();
    var link = Pattern.compile("/alerts/([0-9a-f]{16})").matcher(home);
    assertThat(link.find()).isTrue();
    HttpResponse<String> page = get(link.group());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("Its path")
        .contains("breached, ")
        .contains("data:image/svg+xml;base64,");
    assertThat(get("/alerts/0000000000000000").statusCode()).isEqualTo(404);
  }

  @Test
  void anIncidentsPageShowsItsTeamItsCostAndTheChangesNearIt() throws Exception {
    String page = get("/incidents/i185abcdef").body();
    assertThat(page)
        .contains("models 4.2 rolled out (AI models)", "deploys")
        .contains("<b>commander</b> Max", "Eva is proposed")
        .contains("Split: some of its alerts");
    HttpResponse<String> taken = post("/incidents/i185abcdef/roles", "role=operations&person=Eva");
    assertThat(taken.statusCode()).isEqualTo(303);
    assertThat(get("/incidents/i185abcdef").body()).contains("Eva is operations", " EUR");
  }

  @Test
  void whatMayPauseIsPausedWithAReasonAndStandsStillWhereverItIsShown() throws Exception {
    String page = "/incidents/i185abcdef";
    assertThat(get(page).body()).contains("Pause \"Respond\", \"Resolve\"");
    assertThat(running(get("/").body(), "Respond <")).isTrue();
    assertThat(post(page + "/pause", "text=waiting+for+the+supplier").statusCode()).isEqualTo(303);
    assertThat(get(page).body())
        .contains("Clocks stand still", "Let them run", "waiting for the supplier")
        .doesNotContain("Pause \"Respond\", \"Resolve\"");
    assertThat(running(get("/").body(), "Respond <")).isFalse();
  }

  /** Whether a clock of #185 among those at risk has what the script needs to count it down. */
  private static boolean running(String page, String name) {
    int at = page.indexOf("class=\"risk-name\">" + name + "span class=\"soft\">#185");
    assertThat(at).isPositive();
    return page.substring(at, page.indexOf("</li>", at)).contains("data-deadline");
  }

  @Test
  void chosenAlertsAreSplitOffAndTheNewIncidentIsShown() throws Exception {
    HttpResponse<String> answer =
        post("/incidents/i185abcdef/split", "alert=00aa&alert=00bb&reason=another+disk");
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith("/incidents/i");
    assertThat(desk.splits)
        .containsExactly(
            new IncidentCommand.Split(List.of("00aa", "00bb"), Optional.empty(), "another disk"));
  }

  @Test
  void whatTheStateForbidsIsToldOnTheIncidentsPage() throws Exception {
    HttpResponse<String> answer = post("/incidents/i180abcdef/acknowledge", "");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body())
        .contains("<strong>Not done.</strong> The incident is resolved already.");
  }

  @Test
  void anUpdateWithoutTextIsAskedForAgain() throws Exception {
    HttpResponse<String> answer =
        post("/incidents/i185abcdef/update", "phase=identified&audience=public&text=+");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("The update has no text yet.");
  }

  @Test
  void anUpdateWithAnUnknownPhaseOrAudienceIsRefused() throws Exception {
    assertThat(post("/incidents/i185abcdef/update", "phase=maybe&audience=public&text=x"))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(400);
    assertThat(post("/incidents/i185abcdef/update", "phase=identified&audience=all&text=x"))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(400);
  }

  @Test
  void nobodyElsesPageCanMakeABrowserAct() throws Exception {
    HttpResponse<String> answer =
        send(
            form("/incidents/i185abcdef/acknowledge", "").header("Origin", "https://evil.example"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(get("/").body()).contains("nobody has it");
  }

  @Test
  void anUnknownIncidentIsFourOhFour() throws Exception {
    assertThat(get("/incidents/i0000").statusCode()).isEqualTo(404);
    assertThat(get("/incidents/NOT-AN-ID").statusCode()).isEqualTo(404);
    assertThat(post("/incidents/i0000/resolve", "").statusCode()).isEqualTo(404);
  }

  @Test
  void withTheDatabaseAwayAlertsAndChecksAreStillShown() throws Exception {
    desk.away = true;
    HttpResponse<String> answer = get("/");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("The database cannot be read.", "InferenceSlow", "payment-api")
        .doesNotContain("No incident is open");
  }

  @Test
  void aStrangerIsOfferedToLogInAndSeesNothing() throws Exception {
    address = servers.openConsole(0, desk, InstantSource.fixed(NOW), AccessPolicy.TOKENS);
    for (String path : new String[] {"/", "/now", "/incidents", "/incidents/i184abcdef", "/demo"}) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      assertThat(answer.body()).as(path).contains("Log in to Tocsin").doesNotContain("payment");
    }
    assertThat(post("/incidents/i185abcdef/acknowledge", "").statusCode()).isEqualTo(401);
  }

  @Test
  void withoutTheDemoThereIsNoDemoPage() throws Exception {
    address =
        servers.openConsole(
            0, FabricatedDesk.quiet(NOW), InstantSource.fixed(NOW), AccessPolicy.OPEN);
    assertThat(get("/demo").statusCode()).isEqualTo(404);
    assertThat(get("/").body())
        .doesNotContain("This is the demo")
        .contains("No incident is open.", "No check is configured.", "Nothing has been sent yet.");
  }

  @Test
  void onlyKnownPartsOfTheDemoCanBeBroken() throws Exception {
    assertThat(post("/demo/break", "dependency=Moon").statusCode()).isEqualTo(400);
    assertThat(post("/demo/break", "dependency=Web+app").statusCode()).isEqualTo(303);
    assertThat(desk.dependencies().get(0).brokenSince()).isPresent();
  }

  @Test
  void pagesAreNotKeptByCaches() throws Exception {
    assertThat(get("/").headers().firstValue("Cache-Control")).contains("no-store");
  }
}
