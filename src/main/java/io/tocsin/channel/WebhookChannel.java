package io.tocsin.channel;

import io.tocsin.notify.Channel;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import io.tocsin.settings.Section;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts the message as JSON to any address. Body and {@code Idempotency-Key} are the same at each
 * retry. With a secret, {@code Tocsin-Signature: t=<unix seconds>,v1=<hex>} holds the HMAC-SHA256
 * of {@code <t>.<body>}, so that a receiver can check the sender and refuse old requests.
 */
final class WebhookChannel implements Channel {

  private final HttpPost post;
  private final Optional<String> secret;
  private final Map<String, String> headers;
  private final Outside outside;

  private WebhookChannel(
      HttpPost post, Optional<String> secret, Map<String, String> headers, Outside outside) {
    this.post = post;
    this.secret = secret;
    this.headers = headers;
    this.outside = outside;
  }

  /** Reads {@code webhook: {url, secret, headers, timeout}}. */
  static Channel read(Section section, Outside outside) {
    URI url = Notification.url(section, "");
    Optional<String> secret = section.optional("secret");
    Map<String, String> headers = section.map("headers");
    Duration timeout = section.duration("timeout", Duration.ofSeconds(10));
    section.done();
    return new WebhookChannel(new HttpPost(outside, url, timeout), secret, headers, outside);
  }

  @Override
  public CompletionStage<SendResult> send(Message message) {
    byte[] body = Notification.json(message, outside.link(message.incident().id().value()));
    var all = new LinkedHashMap<>(headers);
    all.put("Idempotency-Key", message.idempotencyKey());
    secret.ifPresent(
        key ->
            all.put(
                "Tocsin-Signature",
                signature(key, body, outside.clock().instant().getEpochSecond())));
    return post.send(all, body);
  }

  /** The header's value for a body sent at an instant (seconds since the epoch). */
  static String signature(String secret, byte[] body, long unixSeconds) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((unixSeconds + ".").getBytes(StandardCharsets.US_ASCII));
      return "t=" + unixSeconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
