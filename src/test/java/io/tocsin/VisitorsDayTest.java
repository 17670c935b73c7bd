package io.tocsin;

import static io.tocsin.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.microsoft.playwright.Page;
import io.tocsin.web.Axe;
import io.tocsin.web.Browser;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A visitor of the status page and the whole service, from the form to the last mail. */
@ExtendWith(Browser.class)
class VisitorsDayTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  @TempDir private Path folder;
  private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
  private final HttpClient http = HttpClient.newHttpClient();

  private Server server() throws Exception {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path file =
        Files.writeString(
            folder.resolve("tocsin.yaml"),
            """
            listen: { ops: 127.0.0.1:0, public: 127.0.0.1:%d }
            auth: open
            outbound: { allow: [127.0.0.1] }
            smtp: { host: 127.0.0.1, port: %d, tls: none, from: status@acme.example }
            components: [{ name: Payment API }, { name: Web app }]
            status_page: { title: Acme status, url: "http://127.0.0.1:%d" }
            receivers: [{ name: nobody }]
            route: { receiver: nobody }
            """
                .formatted(port, mail.getSmtp().getPort(), port));
    return Server.start(
        Configuration.read(file, Map.of("HOME", "/root")),
        folder.resolve("data"),
        InstantSource.system(),
        ServerExtras.NONE);
  }

  private HttpResponse<String> post(String url, String type, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url))
            .timeout(SOON)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String open(Server server, String component) throws Exception {
    var opened =
        post(
            server.console().url() + "/api/v1/incidents",
            "application/json",
            "{\"title\":\"secret words of ours\",\"severity\":\"HIGH\",\"components\":[\"%s\"]}"
                .formatted(component));
    assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
    return new ObjectMapper().readTree(opened.body()).path("id").asText();
  }

  private List<MimeMessage> to(String address) {
    return Arrays.stream(mail.getReceivedMessages())
        .filter(it -> header(it, "To").contains(address))
        .toList();
  }

  private static String header(MimeMessage message, String name) {
    try {
      return String.join(" ", message.getHeader(name));
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private MimeMessage mail(String address, int number) {
    eventually(SOON, () -> assertThat(to(address)).hasSizeGreaterThanOrEqualTo(number));
    return to(address).get(number - 1);
  }

  private static String link(MimeMessage message, String path) throws Exception {
    var text = (String) ((MimeMultipart) message.getContent()).getBodyPart(0).getContent();
    var found = Pattern.compile("http://\\S+/" + path + "/\\S+").matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group();
  }

  private static void keepsTheRules(Page page) {
    assertThat(Axe.violations(page, page.url())).isEmpty();
  }

  @Test
  void subscribesConfirmsHearsOfTheIncidentAndItsEndAndLeavesAtOneClick(Browser.Tabs tabs)
      throws Exception {
    mail.start();
    try (Server server = server()) {
      Page page = tabs.phone();
      page.navigate(server.page().url());
      page.locator("#subscribe summary").click();
      page.locator("#subscribe a").first().click();
      keepsTheRules(page);
      page.fill("#email", "ann@example.com");
      page.locator("input[name=component][value=payment-api]").check();
      page.locator("form.subscribe button").click();
      assertThat(page.locator("h1").textContent()).isEqualTo("Look into your mail");

      page.navigate(link(mail("ann@example.com", 1), "confirm"));
      keepsTheRules(page);
      page.locator("main form button").click();
      assertThat(page.locator("h1").textContent()).isEqualTo("You are subscribed");

      open(server, "Web app");
      String incident = open(server, "Payment API");
      MimeMessage opened = mail("ann@example.com", 2);
      assertThat(opened.getSubject()).isEqualTo("[Investigating] Payment API: partial outage");
      assertThat(link(opened, "incidents")).endsWith(incident);
      page.navigate(link(opened, "subscription"));
      keepsTheRules(page);
      post(
          server.console().url() + "/api/v1/incidents/" + incident + "/resolve",
          "application/json",
          "{\"reason\":\"secret words of ours\"}");
      MimeMessage over = mail("ann@example.com", 3);
      assertThat(over.getSubject()).isEqualTo("[Resolved] Payment API: partial outage");
      for (MimeMessage sent : to("ann@example.com")) {
        assertThat((String) ((MimeMultipart) sent.getContent()).getBodyPart(1).getContent())
            .doesNotContain("secret words");
      }

      String leave = header(over, "List-Unsubscribe").replaceAll("[<>\\s]", "");
      assertThat(header(over, "List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
      String form = "application/x-www-form-urlencoded";
      assertThat(post(leave, form, "List-Unsubscribe=One-Click").statusCode()).isEqualTo(200);
      // Somebody else hears of the next incident: had ann been told, it were by then.
      String bob = "{\"email\":\"bob@example.com\",\"confirmed\":true}";
      String subscribers = server.console().url() + "/api/v1/subscribers";
      assertThat(post(subscribers, "application/json", bob).statusCode()).isEqualTo(201);
      open(server, "Payment API");
      mail("bob@example.com", 1);
      assertThat(to("ann@example.com")).hasSize(3);
    } finally {
      mail.stop();
    }
  }
}
