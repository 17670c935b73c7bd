package io.tocsin.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.incident.Actor;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentCommands;
import io.tocsin.incident.IncidentCommands.Answer;
import io.tocsin.incident.IncidentId;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Buttons pressed in Slack and Telegram. What is not signed by them is refused with 401, and so is
 * what Slack signed more than five minutes ago.
 *
 * @see <a href="https://docs.slack.dev/authentication/verifying-requests-from-slack">Verifying
 *     requests from Slack</a>
 * @see <a href="https://core.telegram.org/bots/api#setwebhook">Bot API, secret_token</a>
 */
public final class ButtonRoutes implements Routes {

  private static final long MAX_BODY = 256 * 1024;
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<String> slackSecret;
  private final Optional<String> telegramSecret;
  private final IncidentCommands commands;
  private final BiConsumer<URI, String> slackReply;
  private final InstantSource clock;

  /**
   * @param slackSecret the app's signing secret; without it Slack's buttons are unknown here
   * @param telegramSecret the webhook's secret token; likewise
   * @param slackReply tells who pressed, at the address that Slack named, why nothing came of it;
   *     never blocks. What was done is seen in the message itself.
   */
  public ButtonRoutes(
      Optional<String> slackSecret,
      Optional<String> telegramSecret,
      IncidentCommands commands,
      BiConsumer<URI, String> slackReply,
      InstantSource clock) {
    this.slackSecret = slackSecret;
    this.telegramSecret = telegramSecret;
    this.commands = commands;
    this.slackReply = slackReply;
    this.clock = clock;
  }

  @Override
  public void mount(Router router) {
    slackSecret.ifPresent(
        secret ->
            Operation.post(router, "/hooks/slack")
                .readsPlain(MAX_BODY)
                .answers(request -> slack(request, secret)));
    telegramSecret.ifPresent(
        secret ->
            Operation.post(router, "/hooks/telegram")
                .reads(MAX_BODY, "application/json")
                .answers(request -> telegram(request, secret)));
  }

  private Future<Reply> slack(Request request, String secret) {
    String body = request.body().toString();
    String timestamp = header(request, "X-Slack-Request-Timestamp");
    if (!fresh(timestamp)
        || !same(signature(secret, timestamp, body), header(request, "X-Slack-Signature"))) {
      throw ProblemException.unauthenticated("the request is not signed by Slack, or is too old");
    }
    JsonNode payload = tree(form(body, "payload"));
    JsonNode action = payload.path("actions").path(0);
    JsonNode user = payload.path("user");
    String name = user.path("username").asText(user.path("name").asText("somebody"));
    return press(
            action.path("action_id").asText(), action.path("value").asText(), name + " (Slack)")
        .map(
            pressed -> {
              if (!pressed.done()) {
                responseUrl(payload).ifPresent(url -> slackReply.accept(url, pressed.words()));
              }
              return Reply.empty(200);
            });
  }

  private static Optional<URI> responseUrl(JsonNode payload) {
    try {
      URI url = URI.create(payload.path("response_url").asText());
      return url.getHost() == null ? Optional.empty() : Optional.of(url);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private Future<Reply> telegram(Request request, String secret) {
    if (!same(secret, header(request, "X-Telegram-Bot-Api-Secret-Token"))) {
      throw ProblemException.unauthenticated("the request does not carry the webhook's secret");
    }
    JsonNode query = tree(request.body().toString()).path("callback_query");
    String[] data = query.path("data").asText().split(":", 2);
    if (data.length != 2) {
      return Future.succeededFuture(Reply.empty(200));
    }
    JsonNode from = query.path("from");
    String name = from.path("username").asText(from.path("first_name").asText("somebody"));
    return press(data[0], data[1], name + " (Telegram)")
        .map(
            pressed ->
                Reply.json(
                    Map.of(
                        "method",
                        "answerCallbackQuery",
                        "callback_query_id",
                        query.path("id").asText(),
                        "text",
                        pressed.words())));
  }

  /** What came of a button, in words for the person who pressed it. */
  private record Pressed(boolean done, String words) {
    static Pressed not(String words) {
      return new Pressed(false, words);
    }
  }

  /** Does what the button says. */
  private Future<Pressed> press(String verb, String id, String actor) {
    Optional<IncidentCommand> command =
        switch (verb) {
          case "acknowledge" -> Optional.of(new IncidentCommand.Acknowledge());
          case "resolve" -> Optional.of(new IncidentCommand.Resolve("by " + actor));
          default -> Optional.empty();
        };
    if (command.isEmpty() || !id.matches("[a-z0-9]{4,40}")) {
      return Future.succeededFuture(Pressed.not("Nothing to do"));
    }
    return Future.fromCompletionStage(
            commands.submit(Optional.of(new IncidentId(id)), command.get(), Actor.person(actor)))
        .map(
            answer ->
                switch (answer) {
                  case Answer.Done done ->
                      new Pressed(true, verb.equals("resolve") ? "Resolved" : "Acknowledged");
                  case Answer.NotFound it -> Pressed.not("There is no such incident");
                  case Answer.Conflict it -> Pressed.not("Nothing to do: " + it.reason());
                  case Answer.Invalid it -> Pressed.not("Refused: " + it.field());
                  case Answer.Unavailable it ->
                      Pressed.not("Try again in a moment: " + it.reason());
                });
  }

  private boolean fresh(String timestamp) {
    if (!timestamp.matches("\\d{1,12}")) {
      return false;
    }
    Instant signed = Instant.ofEpochSecond(Long.parseLong(timestamp));
    return Duration.between(signed, clock.instant()).abs().compareTo(FRESH) <= 0;
  }

  /** {@code v0=} and the HMAC-SHA256 of {@code v0:timestamp:body}. */
  static String signature(String secret, String timestamp, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signed =
          mac.doFinal(("v0:" + timestamp + ":" + body).getBytes(StandardCharsets.UTF_8));
      return "v0=" + HexFormat.of().formatHex(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static boolean same(String expected, String found) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), found.getBytes(StandardCharsets.UTF_8));
  }

  private static String header(Request request, String name) {
    @Nullable String value = request.context().request().getHeader(name);
    return value == null ? "" : value;
  }

  private static String form(String body, String field) {
    for (String pair : body.split("&")) {
      if (pair.startsWith(field + "=")) {
        try {
          return URLDecoder.decode(pair.substring(field.length() + 1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
          return "";
        }
      }
    }
    return "";
  }

  private static JsonNode tree(String text) {
    try {
      JsonNode tree = JSON.readTree(text);
      if (tree != null) {
        return tree;
      }
    } catch (JsonProcessingException malformed) {
      // told below, as an empty body is
    }
    throw ProblemException.badRequest("expected a JSON object");
  }
}
