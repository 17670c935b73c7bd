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
 * A Discord webhook: one message per incident, changed in place, and a short one for each piece of
 * news, so that phones ring. Limits: 2000 characters of content, 256 of a title, 4096 of a
 * description; 429 names its wait in the body too.
 *
 * @see <a href="https://discord.com/developers/docs/resources/webhook#execute-webhook">Execute
 *     webhook</a>
 */
final class DiscordChannel implements Channel {

  private static final int MOST_ALERTS = 10;
  private static final int MOST_TEXT = 4096;

  /** A value may have 1024, but an embed with all its texts no more than 6000. */
  private static final int MOST_VALUE = 300;

  private final HttpExchange exchange;
  private final URI url;
  private final Wording words;
  private final Outside outside;

  private DiscordChannel(HttpExchange exchange, URI url, Wording words, Outside outside) {
    this.exchange = exchange;
    this.url = url;
    this.words = words;
    this.outside = outside;
  }

  /** Reads {@code discord: {url, title, text, timeout}}. */
  static Channel read(Section section, Outside outside) {
    URI url = Notification.url(section, "");
    Duration timeout = section.duration("timeout", Duration.ofSeconds(10));
    Wording words = Wording.read(section, outside);
    section.done();
    return new DiscordChannel(
        new HttpExchange(outside.vertx(), timeout, outside.clock()), url, words, outside);
  }

  @Override
  public CompletionStage<SendResult> send(Message message) {
    return Script.run(() -> tell(message));
  }

  @Override
  public String preview(Message message) {
    return new String(card(message), StandardCharsets.UTF_8);
  }

  private SendResult tell(Message message) {
    Optional<String> card = outside.threads().find(message.destination(), message.dedupKey());
    if (card.isEmpty()) {
      Answer created = call(HttpMethod.POST, URI.create(url + "?wait=true"), card(message));
      String id = created.json().path("id").asText();
      if (created.ok() && !id.isEmpty()) {
        outside.threads().save(message.destination(), message.dedupKey(), id);
      }
      return result(created);
    }
    URI place = URI.create(url + "/messages/" + card.get());
    Answer changed = call(HttpMethod.PATCH, place, card(message));
    // A card that somebody deleted must not keep the news from arriving.
    if (!changed.ok() && changed.status() != 404) {
      return result(changed);
    }
    return result(call(HttpMethod.POST, URI.create(url + "?wait=true"), news(message)));
  }

  private Answer call(HttpMethod method, URI place, byte[] body) {
    return exchange.call(method, place, Map.of(), body);
  }

  /** A 429 names its wait in seconds with a fraction. */
  private static SendResult result(Answer answer) {
    double wait = answer.json().path("retry_after").asDouble(0);
    if (answer.status() == 429 && wait > 0) {
      Duration after = HttpExchange.bounded(Duration.ofMillis((long) Math.ceil(wait * 1000)));
      return new SendResult.Retry(answer.detail(), Optional.of(after));
    }
    return answer.result();
  }

  private byte[] card(Message message) {
    ObjectNode body = Notification.JSON.createObjectNode();
    ObjectNode embed = body.putArray("embeds").addObject();
    embed.put("title", Cut.text(words.title(message), 256));
    embed.put("url", outside.link(message));
    embed.put("color", Notification.color(message.incident()));
    String lines = String.join("\n", Notification.lines(message.incident(), MOST_ALERTS));
    embed.put(
        "description", Cut.keeping(words.text(message) + "\n" + lines, links(message), MOST_TEXT));
    ArrayNode fields = embed.putArray("fields");
    Notification.facts(message)
        .forEach(
            (name, value) ->
                fields
                    .addObject()
                    .put("name", name)
                    .put("value", Cut.text(value, MOST_VALUE))
                    .put("inline", true));
    embed.put("timestamp", message.at().toString());
    return quiet(body);
  }

  private String links(Message message) {
    return outside.acknowledge(message).map(link -> "\n[Acknowledge](" + link + ")").orElse("")
        + outside.resolve(message).map(link -> " [Resolve](" + link + ")").orElse("");
  }

  private byte[] news(Message message) {
    ObjectNode body = Notification.JSON.createObjectNode();
    body.put("content", Cut.text(words.text(message), 2000));
    return quiet(body);
  }

  /** Words of an alert must call nobody by {@code @everyone}. */
  private static byte[] quiet(ObjectNode body) {
    body.putObject("allowed_mentions").putArray("parse");
    return Notification.bytes(body);
  }
}
