package io.tocsin.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.alert.Alert;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Incident;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import io.tocsin.settings.Section;
import java.net.URI;
import java.time.Duration;
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
  private static final int MAX_ALERTS = 5;

  private final HttpPost post;
  private final Outside outside;

  private SlackChannel(HttpPost post, Outside outside) {
    this.post = post;
    this.outside = outside;
  }

  /** Reads {@code slack: {url, timeout}}. */
  static Channel read(Section section, Outside outside) {
    URI url = Notification.url(section, "");
    Duration timeout = section.duration("timeout", Duration.ofSeconds(10));
    section.done();
    return new SlackChannel(new HttpPost(outside.vertx(), url, timeout), outside);
  }

  @Override
  public CompletionStage<SendResult> send(Message message) {
    try {
      return post.send(Map.of(), Notification.JSON.writeValueAsBytes(body(message)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private ObjectNode body(Message message) {
    Incident incident = message.incident();
    String subject = Notification.subject(message);
    String link = outside.link(incident.id().value());
    ObjectNode body = Notification.JSON.createObjectNode();
    body.put("text", Notification.cut(escape(subject), MAX_TEXT));
    ObjectNode attachment = body.putArray("attachments").addObject();
    attachment.put("color", incident.open() ? color(incident.severity()) : "#2e7d32");
    attachment.put("fallback", escape(subject));
    var blocks = attachment.putArray("blocks");
    ObjectNode section = blocks.addObject().put("type", "section");
    section
        .putObject("text")
        .put("type", "mrkdwn")
        .put(
            "text",
            Notification.cut(
                "*<"
                    + link
                    + "|"
                    + escape(subject)
                    + ">*\n"
                    + escape(message.text())
                    + alerts(incident),
                MAX_TEXT));
    ObjectNode context = blocks.addObject().put("type", "context");
    context
        .putArray("elements")
        .addObject()
        .put("type", "mrkdwn")
        .put("text", Notification.cut(escape(facts(incident, message)), MAX_TEXT));
    return body;
  }

  private static String alerts(Incident incident) {
    String lines =
        incident.alerts().stream()
            .filter(alert -> alert.phase() != Alert.Phase.RESOLVED)
            .limit(MAX_ALERTS)
            .map(alert -> "\n• " + escape(alert.summary()))
            .collect(Collectors.joining());
    return lines;
  }

  private static String facts(Incident incident, Message message) {
    String components =
        incident.components().isEmpty() ? "no component" : String.join(", ", incident.components());
    String owner = incident.acknowledgedBy().map(by -> "with " + by).orElse("not acknowledged");
    return components
        + " · since "
        + incident.openedAt()
        + " · "
        + owner
        + " · "
        + message.reason();
  }

  private static String color(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "#c62828";
      case HIGH -> "#e65100";
      case MEDIUM -> "#f9a825";
      case LOW -> "#757575";
    };
  }

  /** Slack's three control characters. */
  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
