package io.tocsin.channel;

import io.tocsin.notify.Channel;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import io.tocsin.settings.Section;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * An SMS by Twilio. Limits: 1600 characters, here at most two segments' worth of words and the
 * address that acknowledges.
 *
 * @see <a
 *     href="https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource">
 *     Create a Message resource</a>
 */
final class TwilioChannel implements Channel {

  private static final int MOST_WORDS = 300;

  private final HttpPost post;
  private final String login;
  private final Map<String, String> parties;
  private final Wording words;
  private final Outside outside;

  private TwilioChannel(
      HttpPost post, String login, Map<String, String> parties, Wording words, Outside outside) {
    this.post = post;
    this.login = login;
    this.parties = parties;
    this.words = words;
    this.outside = outside;
  }

  /**
   * Reads {@code twilio: {account_sid, auth_token, from or messaging_service_sid, to, url, text,
   * timeout}}.
   */
  static Channel read(Section section, Outside outside) {
    URI url = Notification.url(section, "https://api.twilio.com");
    String account = section.string("account_sid");
    String secret = section.string("auth_token");
    Map<String, String> parties = new LinkedHashMap<>();
    parties.put("To", section.string("to"));
    Optional<String> from = section.optional("from");
    Optional<String> service = section.optional("messaging_service_sid");
    if (from.isPresent() == service.isPresent()) {
      throw section.problem("from", "either from or messaging_service_sid");
    }
    from.ifPresent(number -> parties.put("From", number));
    service.ifPresent(sid -> parties.put("MessagingServiceSid", sid));
    Duration timeout = section.duration("timeout", Duration.ofSeconds(10));
    Wording words = Wording.read(section, outside);
    section.done();
    URI place = URI.create(url + "/2010-04-01/Accounts/" + account + "/Messages.json");
    String login =
        Base64.getEncoder()
            .encodeToString((account + ":" + secret).getBytes(StandardCharsets.UTF_8));
    return new TwilioChannel(new HttpPost(outside, place, timeout), login, parties, words, outside);
  }

  @Override
  public CompletionStage<SendResult> send(Message message) {
    var fields = new LinkedHashMap<>(parties);
    fields.put("Body", preview(message));
    return post.send(
        Map.of(
            "Authorization", "Basic " + login, "Content-Type", "application/x-www-form-urlencoded"),
        Notification.form(fields));
  }

  @Override
  public String preview(Message message) {
    return Cut.text(words.line(message), MOST_WORDS)
        + outside.acknowledge(message).map(link -> "\nAck: " + link).orElse("");
  }
}
