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
 * A Telegram bot: one message per incident that is changed in place, answers to it for the news,
 * and buttons. Limits: 4096 characters; 64 bytes of a button's data; a 429 names its wait in the
 * body.
 *
 * @see <a href="https://core.telegram.org/bots/api#sendmessage">Bot API, sendMessage</a>
 */
final class TelegramChannel implements Channel {

  private static final int MOST_TEXT = 4096;
  private static final int MOST_ALERTS = 10;

  private final HttpExchange exchange;
  private final String base;
  private final String chat;
  private final boolean buttons;
  private final Wording words;
  private final Outside outside;

  private TelegramChannel(
      HttpExchange exchange,
      String base,
      String chat,
      boolean buttons,
      Wording words,
      Outside outside) {
    this.exchange = exchange;
    this.base = base;
    this.chat = chat;
    this.buttons = buttons;
    this.words = words;
    this.outside = outside;
  }

  /**
   * Reads {@code telegram: {token, chat_id, buttons, url, title, text, timeout}}; with {@code
   * buttons: true} they act in the chat, which needs the bot's webhook to be ours.
   */
  static Channel read(Section section, Outside outside) {
    URI url = Notification.url(section, "https://api.telegram.org");
    String token = section.string("token");
    String chat = section.string("chat_id");
    boolean buttons = section.flag("buttons", false);
    Duration timeout = section.duration("timeout", Duration.ofSeconds(10));
    Wording words = Wording.read(section, outside);
    section.done();
    return new TelegramChannel(
        new HttpExchange(outside.vertx(), timeout, outside.clock()),
        url + "/bot" + token + "/",
        chat,
        buttons,
        words,
        outside);
  }

  @Override
  public CompletionStage<SendResult> send(Message message) {
    return Script.run(() -> tell(message));
  }

  @Override
  public String preview(Message message) {
    return new String(Notification.bytes(card(message)), StandardCharsets.UTF_8);
  }

  private SendResult tell(Message message) {
    Optional<String> card = outside.threads().find(message.destination(), message.dedupKey());
    if (card.isEmpty()) {
      Answer sent = call("sendMessage", card(message));
      String id = sent.json().at("/result/message_id").asText();
      if (sent.ok() && !id.isEmpty()) {
        outside.threads().save(message.destination(), message.dedupKey(), id);
      }
      return result(sent);
    }
    long id = Long.parseLong(card.get());
    Answer changed = call("editMessageText", card(message).put("message_id", id));
    // 400 also says that nothing changed or that the message is gone: the news goes out.
    if (!changed.ok() && changed.status() != 400) {
      return result(changed);
    }
    ObjectNode news = base(cut(words.text(message), MOST_TEXT));
    news.putObject("reply_parameters")
        .put("message_id", id)
        .put("allow_sending_without_reply", true);
    return result(call("sendMessage", news));
  }

  private Answer call(String method, ObjectNode body) {
    return exchange.call(
        HttpMethod.POST, URI.create(base + method), Map.of(), Notification.bytes(body));
  }

  private static SendResult result(Answer answer) {
    long wait = answer.json().at("/parameters/retry_after").asLong(0);
    if (answer.status() == 429 && wait > 0) {
      Duration after = HttpExchange.bounded(Duration.ofSeconds(wait));
      return new SendResult.Retry(answer.detail(), Optional.of(after));
    }
    return answer.result();
  }

  private ObjectNode base(String text) {
    ObjectNode body = Notification.JSON.createObjectNode();
    body.put("chat_id", chat);
    body.put("text", text);
    body.put("parse_mode", "HTML");
    body.putObject("link_preview_options").put("is_disabled", true);
    return body;
  }

  private ObjectNode card(Message message) {
    var text = new StringBuilder();
    text.append("<b>").append(cut(words.title(message), 500)).append("</b>\n");
    text.append(cut(words.text(message), 1500)).append('\n');
    Notification.lines(message.incident(), MOST_ALERTS)
        .forEach(line -> text.append("- ").append(cut(line, 120)).append('\n'));
    Notification.facts(message)
        .forEach(
            (name, value) -> text.append(name).append(": ").append(cut(value, 120)).append('\n'));
    ObjectNode body = base(text.toString());
    keyboard(body.putObject("reply_markup").putArray("inline_keyboard"), message);
    return body;
  }

  private void keyboard(ArrayNode rows, Message message) {
    ArrayNode row = rows.addArray();
    String id = message.incident().id().value();
    if (buttons && message.incident().open()) {
      if (message.incident().acknowledgedAt().isEmpty()) {
        row.addObject().put("text", "Acknowledge").put("callback_data", "acknowledge:" + id);
      }
      row.addObject().put("text", "Resolve").put("callback_data", "resolve:" + id);
    } else {
      outside
          .acknowledge(message)
          .ifPresent(link -> row.addObject().put("text", "Acknowledge").put("url", link));
    }
    row.addObject().put("text", "Open").put("url", outside.link(message));
  }

  /** Cut before it is escaped: half an entity is refused, and the limit counts what is shown. */
  private static String cut(String text, int most) {
    return escape(Cut.text(text, most));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
