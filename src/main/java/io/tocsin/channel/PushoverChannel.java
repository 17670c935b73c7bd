package io.tocsin.channel;

import io.tocsin.notify.Channel;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import io.tocsin.settings.Section;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Pushover: a push message; CRITICAL ones ring again until somebody confirms. Limits: 1024
 * characters, 250 of a title, 512 of an address.
 *
 * @see <a href="https://pushover.net/api">Pushover message API</a>
 */
final class PushoverChannel implements Channel {

  /** A longer address is refused, and a cut one leads nowhere. */
  private static final int MOST_URL = 512;

  private static final String RING_EVERY = "60";
  private static final String RING_FOR = "3600";

  private final HttpPost post;
  private final String token;
  private final String user;
  private final Optional<String> sound;
  private final Wording words;
  private final Outside outside;

  private PushoverChannel(
      HttpPost post,
      String token,
      String user,
      Optional<String> sound,
      Wording words,
      Outside outside) {
    this.post = post;
    this.token = token;
    this.user = user;
    this.sound = sound;
    this.words = words;
    this.outside = outside;
  }

  /** Reads {@code pushover: {token, user, sound, url, title, text, timeout}}. */
  static Channel read(Section section, Outside outside) {
    URI url = Notification.url(section, "https://api.pushover.net/1/messages.json");
    String token = section.string("token");
    String user = section.string("user");
    Optional<String> sound = section.optional("sound");
    Duration timeout = section.duration("timeout", Duration.ofSeconds(10));
    Wording words = Wording.read(section, outside);
    section.done();
    return new PushoverChannel(
        new HttpPost(outside, url, timeout), token, user, sound, words, outside);
  }

  @Override
  public CompletionStage<SendResult> send(Message message) {
    Map<String, String> fields = fields(message);
    fields.put("token", token);
    fields.put("user", user);
    return post.send(
        Map.of("Content-Type", "application/x-www-form-urlencoded"), Notification.form(fields));
  }

  @Override
  public String preview(Message message) {
    return fields(message).toString();
  }

  private Map<String, String> fields(Message message) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("title", Cut.text(words.title(message), 250));
    fields.put("message", Cut.text(words.text(message), 1024));
    Optional<String> acknowledge =
        outside.acknowledge(message).filter(link -> link.length() <= MOST_URL);
    acknowledge
        .or(() -> Optional.of(outside.link(message)).filter(link -> link.length() <= MOST_URL))
        .ifPresent(
            link -> {
              fields.put("url", link);
              fields.put(
                  "url_title", acknowledge.isPresent() ? "Acknowledge" : "Open the incident");
            });
    fields.put("timestamp", Long.toString(message.at().getEpochSecond()));
    sound.ifPresent(name -> fields.put("sound", name));
    int priority = priority(message);
    fields.put("priority", Integer.toString(priority));
    if (priority == 2) {
      fields.put("retry", RING_EVERY);
      fields.put("expire", RING_FOR);
    }
    return fields;
  }

  private static int priority(Message message) {
    if (!message.incident().open() || message.incident().acknowledgedAt().isPresent()) {
      return 0;
    }
    return switch (message.incident().severity()) {
      case CRITICAL -> 2;
      case HIGH -> 1;
      case MEDIUM -> 0;
      case LOW -> -1;
    };
  }
}
