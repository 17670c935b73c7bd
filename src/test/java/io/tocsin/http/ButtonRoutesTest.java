package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.AccessPolicy;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentCommands;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ButtonRoutesTest {

  private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

  private final OpsFixture ops = new OpsFixture(AccessPolicy.TOKENS);
  private final FakeDesk desk = new FakeDesk();
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    ops.start(
        new ButtonRoutes(
            Optional.of(SECRET),
            Optional.of("tg-secret"),
            desk,
            (url, words) -> told.add(url + " " + words),
            InstantSource.fixed(OpsFixture.NOW)));
  }

  @AfterEach
  void close() throws Exception {
    ops.close();
  }

  private HttpResponse<String> slack(String timestamp, String signature, String body)
      throws Exception {
    return ops.send(
        ops.request("/hooks/slack")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-Slack-Request-Timestamp", timestamp)
            .header("X-Slack-Signature", signature)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static String pressed(String action) {
    String payload =
        "{\"type\":\"block_actions\",\"user\":{\"id\":\"U1\",\"username\":\"ana\"},"
            + "\"response_url\":\"https://hooks.slack.test/actions/T1/2/x\","
            + "\"actions\":[{\"action_id\":\""
            + action
            + "\",\"value\":\""
            + Samples.ID
            + "\"}]}";
    return "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8);
  }

  @Test
  void theSignatureIsTheOneOfSlacksDocumentation() {
    String body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
            + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect"
            + "&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
            + "%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    assertThat(ButtonRoutes.signature(SECRET, "1531420618", body))
        .isEqualTo("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
  }

  @Test
  void aButtonInSlackActsForWhoPressedIt() throws Exception {
    String now = Long.toString(OpsFixture.NOW.getEpochSecond());
    String body = pressed("acknowledge");
    assertThat(slack(now, ButtonRoutes.signature(SECRET, now, body), body).statusCode())
        .isEqualTo(200);
    assertThat(desk.submitted.getFirst().command()).isEqualTo(new IncidentCommand.Acknowledge());
    assertThat(desk.submitted.getFirst().actor().name()).isEqualTo("ana (Slack)");
    assertThat(told).as("the message itself shows it").isEmpty();
  }

  @Test
  void whoPressesAButtonInSlackThatDoesNothingIsToldWhy() throws Exception {
    desk.refusal = Optional.of(new IncidentCommands.Answer.Conflict("it is resolved"));
    String now = Long.toString(OpsFixture.NOW.getEpochSecond());
    String body = pressed("resolve");
    assertThat(slack(now, ButtonRoutes.signature(SECRET, now, body), body).statusCode())
        .isEqualTo(200);
    assertThat(told)
        .containsExactly("https://hooks.slack.test/actions/T1/2/x Nothing to do: it is resolved");
  }

  @Test
  void whatIsUnsignedOrOldIsRefused() throws Exception {
    String now = Long.toString(OpsFixture.NOW.getEpochSecond());
    String old = Long.toString(OpsFixture.NOW.minusSeconds(301).getEpochSecond());
    String body = pressed("resolve");
    assertThat(slack(now, "v0=00", body).statusCode()).isEqualTo(401);
    assertThat(slack(old, ButtonRoutes.signature(SECRET, old, body), body).statusCode())
        .as("a replay after five minutes")
        .isEqualTo(401);
    assertThat(slack("x", ButtonRoutes.signature(SECRET, "x", body), body).statusCode())
        .isEqualTo(401);
    assertThat(desk.submitted).isEmpty();
  }

  @Test
  void aButtonInTelegramIsAnsweredInTheChat() throws Exception {
    String body =
        "{\"update_id\":1,\"callback_query\":{\"id\":\"77\",\"from\":{\"id\":5,\"username\":\"bo\"},"
            + "\"data\":\"resolve:"
            + Samples.ID
            + "\"}}";
    var request =
        ops.request("/hooks/telegram")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    assertThat(ops.send(request.copy()).statusCode()).isEqualTo(401);
    var answer = ops.send(request.header("X-Telegram-Bot-Api-Secret-Token", "tg-secret"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"method\":\"answerCallbackQuery\"", "\"callback_query_id\":\"77\"", "Resolved");
    assertThat(desk.submitted.getFirst().command()).isInstanceOf(IncidentCommand.Resolve.class);
    assertThat(desk.submitted.getFirst().actor().name()).isEqualTo("bo (Telegram)");
  }
}
