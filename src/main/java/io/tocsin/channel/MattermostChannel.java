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
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Mattermost, Rocket.Chat and whatever else takes Slack's incoming webhooks: an attachment with
 * fields. Limits: 16,383 characters of a post; others take less, so we send less.
 *
 * @see <a href="https://developers.mattermost.com/integrate/reference/message-attachments/">Message
 *     attachments</a>
 */
final class MattermostChannel implements Channel {

  private static final int MOST_TEXT = 4000;
  private static final int MOST_TITLE = 500;
  private static final int MOST_VALUE = 500;
  private static final int MOST_ALERTS = 10;

  private final HttpPost post;
  private final Optional<String> channel;
  private final Wording words;
  private final Outside outside;

  private MattermostChannel(
      HttpPost post, Optional<String> channel, Wording words, Outside outside) {
    this.post = post;
    this.channel = channel;
    this.words = words;
    this.outside = outside;
  }

  /** Reads {@code mattermost: {url, channel, title, text, timeout}}. */
  static Channel read(Section section, Outside outside) {
    URI url = Notification.url(section, "");
    Duration timeout = section.duration("timeout", Duration.ofSeconds(10));
    Optional<String> channel = section.optional("channel");
    Wording words = Wording.read(section, outside);
    section.done();
    return new MattermostChannel(new HttpPost(outside, url, timeout), channel, words, outside);
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
    ObjectNode body = Notification.JSON.createObjectNode().put("username", "Tocsin");
    channel.ifPresent(name -> body.put("channel", name));
    ObjectNode attachment = body.putArray("attachments").addObject();
    attachment.put("fallback", Cut.text(words.title(message), MOST_TITLE));
    attachment.put("color", Notification.hexColor(message.incident()));
    attachment.put("title", Cut.text(words.title(message), MOST_TITLE));
    attachment.put("title_link", outside.link(message));
    String lines = String.join("\n- ", Notification.lines(message.incident(), MOST_ALERTS));
    String text = words.text(message) + (lines.isEmpty() ? "" : "\n- " + lines);
    attachment.put("text", Cut.keeping(text, links(message), MOST_TEXT));
    ArrayNode fields = attachment.putArray("fields");
    Notification.facts(message)
        .forEach(
            (name, value) ->
                fields
                    .addObject()
                    .put("short", true)
                    .put("title", name)
                    .put("value", Cut.text(value, MOST_VALUE)));
    return Notification.bytes(body);
  }

  private String links(Message message) {
    return outside.acknowledge(message).map(link -> "\n[Acknowledge](" + link + ")").orElse("")
        + outside.resolve(message).map(link -> " [Resolve](" + link + ")").orElse("");
  }
}
