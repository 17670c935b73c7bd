package io.tocsin.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.alert.Alert;
import io.tocsin.incident.Incident;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import io.tocsin.settings.Section;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * A Slack incoming webhook: one attachment with a severity colour, the facts and a link. Limits: a
 * section's text of 3000 characters.
 *
 * @see <a href="https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks">Slack
 *     incoming webhooks</a>
 */
final class SlackChannel implements Channel {

  private static final int MAX_TEXT = 3000;
  private static final int MAX_TITLE = 600;
  private static final int MAX_ALERTS = 5;

  private final HttpPost post;
  private final Wording words;
  private final Outside outside;

  private SlackChannel(HttpPost post, Wording words, Outside outside) {
    this.post = post;
    this.words = words;
    this.outside = outside;
  }

  /** Reads {@code slack: {url, title, text, timeout}}; with a {@code token} it is an app's bot. */
  static Channel read(Section section, Outside outside) {
    if (section.has("token")) {
      return SlackBotChannel.read(section, outside);
    }
    URI url = Notification.url(section, "");
    Duration timeout = section.duration("timeout", Duration.ofSeconds(10));
    Wording words = Wording.read(section, outside);
    section.done();
    return new SlackChannel(new HttpPost(outside, url, timeout), words, outside);
  }

  @Override
  public CompletionStage<SendResult> send(Message message) {
    return post.send(Map.of(), Notification.bytes(body(message)));
  }

  @Override
  public String preview(Message message) {
    return body(message).toString();
  }

  private ObjectNode body(Message message) {
    Incident incident = message.incident();
    String subject = words.title(message);
    ObjectNode body = Notification.JSON.createObjectNode();
    body.put("text", SlackText.escape(subject, MAX_TEXT));
    ObjectNode attachment = body.putArray("attachments").addObject();
    attachment.put("color", Notification.hexColor(incident));
    attachment.put("fallback", SlackText.escape(subject, MAX_TEXT));
    var blocks = attachment.putArray("blocks");
    ObjectNode section = blocks.addObject().put("type", "section");
    section.putObject("text").put("type", "mrkdwn").put("text", head(message));
    ObjectNode context = blocks.addObject().put("type", "context");
    context
        .putArray("elements")
        .addObject()
        .put("type", "mrkdwn")
        .put("text", SlackText.escape(facts(incident, message), MAX_TEXT));
    links(blocks, message);
    return body;
  }

  private void links(ArrayNode blocks, Message message) {
    String links =
        outside.acknowledge(message).map(url -> "<" + url + "|Acknowledge>").orElse("")
            + outside.resolve(message).map(url -> "  <" + url + "|Resolve>").orElse("");
    if (!links.isEmpty()) {
      blocks
          .addObject()
          .put("type", "section")
          .putObject("text")
          .put("type", "mrkdwn")
          .put("text", links);
    }
  }

  private String head(Message message) {
    String link = SlackText.link(outside.link(message), words.title(message), MAX_TITLE) + "\n";
    String text = words.text(message) + alerts(message.incident());
    return link + SlackText.escape(text, MAX_TEXT - link.length());
  }

  private static String alerts(Incident incident) {
    return incident.alerts().stream()
        .filter(alert -> alert.phase() != Alert.Phase.RESOLVED)
        .limit(MAX_ALERTS)
        .map(alert -> "\n• " + alert.summary())
        .collect(Collectors.joining());
  }

  private static String facts(Incident incident, Message message) {
    String components =
        incident.components().isEmpty() ? "no component" : String.join(", ", incident.components());
    String owner = incident.acknowledgedBy().map(by -> "with " + by).orElse("not acknowledged");
    return components
        + " · since "
        + incident.openedAt().truncatedTo(ChronoUnit.SECONDS)
        + " · "
        + owner
        + " · "
        + message.reason();
  }
}
