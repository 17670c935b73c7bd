package io.tocsin.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.access.OutboundGuard;
import io.tocsin.access.SignedText;
import io.tocsin.notify.SendResult;
import io.tocsin.statuspage.News;
import io.tocsin.statuspage.StatuspageWebhook;
import io.tocsin.statuspage.Subscriber;
import io.tocsin.statuspage.SubscriptionLinks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Sends one piece of news to one subscriber in the way it asked for. */
public final class NewsDispatch {

  /** How long the link in a confirmation works. */
  public static final Duration CONFIRM_WITHIN = Duration.ofHours(24);

  /** How long a webhook may take, as at Statuspage. */
  public static final Duration POST_WITHIN = Duration.ofSeconds(30);

  private final Outside outside;
  private final Optional<NewsMail> mail;
  private final NewsPost post;
  private final SubscriptionLinks links;
  private final SignedText secrets;

  /**
   * @param guard where may be posted to
   * @param links the page's signed addresses
   * @param page the page's title
   */
  public NewsDispatch(
      Outside outside,
      OutboundGuard guard,
      SubscriptionLinks links,
      Supplier<String> page,
      Duration postWithin) {
    this.outside = outside;
    this.links = links;
    this.secrets = links.signature();
    this.mail = outside.smtp().map(server -> new NewsMail(outside, server, links, page));
    this.post = new NewsPost(outside.vertx(), guard, postWithin);
  }

  /** The key with which a webhook's signatures are made; its subscriber sees it when managing. */
  public static String secret(SignedText signature, Subscriber subscriber) {
    String signed = signature.sign("webhook\n" + subscriber.id());
    return signed.substring(signed.indexOf('.') + 1);
  }

  /** Blocks at most for looking a name up. */
  public CompletionStage<SendResult> send(Subscriber to, News news) {
    if (to.kind() == Subscriber.Kind.EMAIL || news.kind().personal()) {
      return mail.map(it -> it.send(to, news))
          .orElseGet(
              () ->
                  CompletableFuture.completedFuture(
                      new SendResult.Retry("no mail server is configured", Optional.empty())));
    }
    String leave = links.link(SubscriptionLinks.Act.UNSUBSCRIBE, to.id());
    var headers = new LinkedHashMap<String, String>();
    headers.put("Idempotency-Key", news.id() + "/" + to.id());
    if (to.kind() == Subscriber.Kind.SLACK) {
      return post.send(
          URI.create(to.target()), Map.of(), Notification.bytes(slack(to, news, leave)));
    }
    byte[] body = StatuspageWebhook.sent(news, leave).getBytes(StandardCharsets.UTF_8);
    headers.put(
        "Tocsin-Signature",
        WebhookChannel.signature(
            secret(secrets, to), body, outside.clock().instant().getEpochSecond()));
    return post.send(URI.create(to.target()), headers, body);
  }

  private ObjectNode slack(Subscriber to, News news, String leave) {
    News.Words said = links.absolute(news.in(to.language()));
    String title = SlackText.escape(said.title().replaceAll("[|\\r\\n]", " "));
    String text = "*<" + said.link() + "|" + title + ">*\n" + SlackText.escape(said.text());
    ObjectNode body = Notification.JSON.createObjectNode();
    body.put("text", Cut.text(text, 3000) + "\n<" + leave + "|Unsubscribe>");
    return body;
  }
}
