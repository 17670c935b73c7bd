package io.tocsin.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import io.tocsin.settings.Section;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Microsoft Teams by a workflow's webhook: an adaptive card with the facts and buttons. Limits: a
 * message of 28 KB.
 *
 * @see <a
 *     href="https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using">
 *     Adaptive cards by webhook</a>
 * @see <a href="https://adaptivecards.io/explorer/AdaptiveCard.html">AdaptiveCard</a>
 */
final class TeamsChannel implements Channel {

  /** Somewhat less than the 28 KB, since it is not said what else is counted. */
  private static final int MOST_BYTES = 27_000;

  private static final int MOST_TEXT = 4000;
  private static final int MOST_LINE = 500;
  private static final int MOST_ALERTS = 10;

  private final HttpPost post;
  private final Wording words;
  private final Outside outside;

  private TeamsChannel(HttpPost post, Wording words, Outside outside) {
    this.post = post;
    this.words = words;
    this.outside = outside;
  }

  /** Reads {@code teams: {url, title, text, timeout}}. */
  static Channel read(Section section, Outside outside) {
    URI url = Notification.url(section, "");
    Duration timeout = section.duration("timeout", Duration.ofSeconds(10));
    Wording words = Wording.read(section, outside);
    section.done();
    return new TeamsChannel(new HttpPost(outside, url, timeout), words, outside);
  }

  @Override
  public CompletionStage<SendResult> send(Message message) {
    return post.send(Map.of(), body(message));
  }

  @Override
  public String preview(Message message) {
    return new String(body(message), StandardCharsets.UTF_8);
  }

  private byte[] body(Message message) {
    return Cut.fitting(MOST_BYTES, MOST_TEXT, most -> body(message, most));
  }

  private byte[] body(Message message, int most) {
    ObjectNode body = Notification.JSON.createObjectNode().put("type", "message");
    ObjectNode attachment = body.putArray("attachments").addObject();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    attachment.putNull("contentUrl");
    ObjectNode card = attachment.putObject("content");
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard");
    card.put("version", "1.4");
    card.putObject("msteams").put("width", "Full");
    content(card.putArray("body"), message, most);
    ArrayNode actions = card.putArray("actions");
    action(actions, "Open the incident", outside.link(message));
    outside.acknowledge(message).ifPresent(link -> action(actions, "Acknowledge", link));
    outside.resolve(message).ifPresent(link -> action(actions, "Resolve", link));
    return Notification.bytes(body);
  }

  private void content(ArrayNode body, Message message, int most) {
    int mostOfLine = Math.min(most, MOST_LINE);
    body.addObject()
        .put("type", "TextBlock")
        .put("text", Cut.text(words.title(message), mostOfLine))
        .put("weight", "Bolder")
        .put("size", "Medium")
        .put("wrap", true)
        .put("color", color(message));
    body.addObject()
        .put("type", "TextBlock")
        .put("text", Cut.text(words.text(message), most))
        .put("wrap", true);
    ArrayNode facts = body.addObject().put("type", "FactSet").putArray("facts");
    Notification.facts(message)
        .forEach(
            (name, value) ->
                facts.addObject().put("title", name).put("value", Cut.text(value, mostOfLine)));
    Notification.lines(message.incident(), MOST_ALERTS)
        .forEach(
            line ->
                body.addObject()
                    .put("type", "TextBlock")
                    .put("text", "- " + Cut.text(line, mostOfLine))
                    .put("wrap", true));
  }

  private static String color(Message message) {
    if (!message.incident().open()) {
      return "Good";
    }
    return switch (message.incident().severity()) {
      case CRITICAL, HIGH -> "Attention";
      case MEDIUM -> "Warning";
      case LOW -> "Default";
    };
  }

  private static void action(ArrayNode actions, String title, String url) {
    actions.addObject().put("type", "Action.OpenUrl").put("title", title).put("url", url);
  }
}
