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
 * ntfy: a push message with a priority and buttons that act without opening anything. Limits: a
 * message of 4096 bytes, three buttons.
 *
 * @see <a href="https://docs.ntfy.sh/publish/#publish-as-json">ntfy, publish as JSON</a>
 */
final class NtfyChannel implements Channel {

  private static final int MOST_TEXT = 1000;

  private final HttpPost post;
  private final String topic;
  private final Optional<String> token;
  private final Wording words;
  private final Outside outside;

  private NtfyChannel(
      HttpPost post, String topic, Optional<String> token, Wording words, Outside outside) {
    this.post = post;
    this.topic = topic;
    this.token = token;
    this.words = words;
    this.outside = outside;
  }

  /** Reads {@code ntfy: {url, topic, token, title, text, timeout}}. */
  static Channel read(Section section, Outside outside) {
    URI url = Notification.url(section, "https://ntfy.sh");
    String topic = section.string("topic");
    Optional<String> token = section.optional("token");
    Duration timeout = section.duration("timeout", Duration.ofSeconds(10));
    Wording words = Wording.read(section, outside);
    section.done();
    return new NtfyChannel(new HttpPost(outside, url, timeout), topic, token, words, outside);
  }

  @Override
  public CompletionStage<SendResult> send(Message message) {
    return post.send(
        token.map(text -> Map.of("Authorization", "Bearer " + text)).orElse(Map.of()),
        body(message));
  }

  @Override
  public String preview(Message message) {
    return new String(body(message), StandardCharsets.UTF_8);
  }

  private byte[] body(Message message) {
    ObjectNode body = Notification.JSON.createObjectNode();
    body.put("topic", topic);
    body.put("title", Cut.text(words.title(message), 250));
    body.put("message", Cut.text(words.text(message), MOST_TEXT));
    body.put("priority", priority(message));
    body.putArray("tags").add(message.incident().open() ? "rotating_light" : "white_check_mark");
    body.put("click", outside.link(message));
    ArrayNode actions = body.putArray("actions");
    actions
        .addObject()
        .put("action", "view")
        .put("label", "Open")
        .put("url", outside.link(message));
    outside.acknowledge(message).ifPresent(link -> press(actions, "Acknowledge", link));
    outside.resolve(message).ifPresent(link -> press(actions, "Resolve", link));
    return Notification.bytes(body);
  }

  private static void press(ArrayNode actions, String label, String url) {
    actions
        .addObject()
        .put("action", "http")
        .put("label", label)
        .put("url", url)
        .put("method", "POST")
        .put("clear", true);
  }

  private static int priority(Message message) {
    if (!message.incident().open() || message.incident().acknowledgedAt().isPresent()) {
      return 3;
    }
    return switch (message.incident().severity()) {
      case CRITICAL -> 5;
      case HIGH -> 4;
      case MEDIUM -> 3;
      case LOW -> 2;
    };
  }
}
