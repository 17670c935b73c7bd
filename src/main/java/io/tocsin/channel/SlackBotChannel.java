package io.tocsin.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import io.tocsin.settings.Section;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A Slack app with a bot token: one message per incident, changed in place by {@code chat.update},
 * its news in the message's thread, buttons that act. Slack answers 200 also to what it refuses.
 *
 * @see <a href="https://docs.slack.dev/reference/methods/chat.postMessage">chat.postMessage</a>
 * @see <a href="https://docs.slack.dev/reference/methods/chat.update">chat.update</a>
 */
final class SlackBotChannel implements Channel {

  private static final int MOST_TEXT = 3000;
  private static final int MOST_TITLE = 600;

  /** A field of a section may have 2000 characters. */
  private static final int MOST_VALUE = 500;

  private static final int MOST_ALERTS = 10;

  private final HttpExchange exchange;
  private final String base;
  private final Map<String, String> headers;
  private final String channel;
  private final Wording words;
  private final Outside outside;

  private SlackBotChannel(
      HttpExchange exchange,
      String base,
      String token,
      String channel,
      Wording words,
      Outside outside) {
    this.exchange = exchange;
    this.base = base;
    this.headers =
        Map.of(
            "Authorization", "Bearer " + token, "Content-Type", "application/json; charset=utf-8");
    this.channel = channel;
    this.words = words;
    this.outside = outside;
  }

  /** Reads {@code slack: {token, channel, api_url, title, text, timeout}}. */
  static Channel read(Section section, Outside outside) {
    URI url = Notification.url(section, "api_url", "https://slack.com/api");
    String token = section.string("token");
    String channel = section.string("channel");
    Duration timeout = section.duration("timeout", Duration.ofSeconds(10));
    Wording words = Wording.read(section, outside);
    section.done();
    return new SlackBotChannel(
        new HttpExchange(outside.vertx(), timeout, outside.clock()),
        url.toString(),
        token,
        channel,
        words,
        outside);
  }

  @Override
  public CompletionStage<SendResult> send(Message message) {
    return Script.run(() -> tell(message));
  }

  @Override
  public String preview(Message message) {
    return new String(Notification.bytes(card(message)), StandardCharsets.UTF_8);
  }

  private SendResult tell(Message message) {
    Optional<String> thread = outside.threads().find(message.destination(), message.dedupKey());
    if (thread.isEmpty()) {
      Answer sent = call("chat.postMessage", card(message).put("channel", channel));
      if (fine(sent)) {
        String name =
            sent.json().path("channel").asText(channel) + " " + sent.json().path("ts").asText();
        outside.threads().save(message.destination(), message.dedupKey(), name);
      }
      return result(sent);
    }
    String[] place = thread.get().split(" ", 2);
    Answer changed =
        call("chat.update", card(message).put("channel", place[0]).put("ts", place[1]));
    String error = changed.json().path("error").asText();
    if (!fine(changed) && !error.equals("message_not_found")) {
      return result(changed);
    }
    return result(call("chat.postMessage", news(message, place)));
  }

  private Answer call(String method, ObjectNode body) {
    return exchange.call(
        HttpMethod.POST, URI.create(base + "/" + method), headers, Notification.bytes(body));
  }

  private static boolean fine(Answer answer) {
    return answer.ok() && answer.json().path("ok").asBoolean();
  }

  private static SendResult result(Answer answer) {
    if (!answer.ok() || fine(answer)) {
      return answer.result();
    }
    String error = answer.json().path("error").asText("no reason");
    return switch (error) {
      case "ratelimited",
          "rate_limited",
          "internal_error",
          "fatal_error",
          "service_unavailable",
          "request_timeout" ->
          new SendResult.Retry("Slack says " + error, answer.retryAfter());
      default -> new SendResult.Refused("Slack says " + error);
    };
  }

  private ObjectNode news(Message message, String[] place) {
    ObjectNode body = Notification.JSON.createObjectNode();
    body.put("channel", place[0]);
    body.put("thread_ts", place[1]);
    body.put("text", SlackText.escape(words.text(message), MOST_TEXT));
    body.put("reply_broadcast", loud(message));
    return body;
  }

  /** What the whole channel should see and not only those who follow the thread. */
  private static boolean loud(Message message) {
    return switch (message.transition().kind()) {
      case OPENED, REOPENED, SEVERITY, ESCALATED, UNACKNOWLEDGED, RESOLVED -> true;
      case ALERTS_CHANGED, ACKNOWLEDGED, UPDATE, CLOCK, REPEAT, NOTE, REMINDER -> false;
    };
  }

  private ObjectNode card(Message message) {
    ObjectNode body = Notification.JSON.createObjectNode();
    body.put("text", SlackText.escape(words.title(message), MOST_TEXT));
    ObjectNode attachment = body.putArray("attachments").addObject();
    attachment.put("color", Notification.hexColor(message.incident()));
    ArrayNode blocks = attachment.putArray("blocks");
    text(blocks.addObject().put("type", "section").putObject("text"), head(message));
    ObjectNode facts = blocks.addObject().put("type", "section");
    ArrayNode fields = facts.putArray("fields");
    Notification.facts(message)
        .forEach(
            (name, value) ->
                text(fields.addObject(), "*" + name + "*\n" + SlackText.escape(value, MOST_VALUE)));
    actions(blocks.addObject().put("type", "actions").putArray("elements"), message);
    return body;
  }

  private String head(Message message) {
    String link = SlackText.link(outside.link(message), words.title(message), MOST_TITLE) + "\n";
    var text = new StringBuilder(words.text(message));
    Notification.lines(message.incident(), MOST_ALERTS)
        .forEach(line -> text.append("\n• ").append(line));
    return link + SlackText.escape(text.toString(), MOST_TEXT - link.length());
  }

  private static void text(ObjectNode node, String text) {
    node.put("type", "mrkdwn").put("text", text);
  }

  private void actions(ArrayNode elements, Message message) {
    String id = message.incident().id().value();
    if (message.incident().open()) {
      if (message.incident().acknowledgedAt().isEmpty()) {
        button(elements, "Acknowledge")
            .put("action_id", "acknowledge")
            .put("value", id)
            .put("style", "primary");
      }
      button(elements, "Resolve").put("action_id", "resolve").put("value", id);
    }
    button(elements, "Open").put("action_id", "open").put("url", outside.link(message));
  }

  private static ObjectNode button(ArrayNode elements, String label) {
    ObjectNode button = elements.addObject().put("type", "button");
    button.putObject("text").put("type", "plain_text").put("text", label);
    return button;
  }
}
