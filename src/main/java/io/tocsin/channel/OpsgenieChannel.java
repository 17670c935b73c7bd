package io.tocsin.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.alert.Severity;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import io.tocsin.settings.Section;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Opsgenie's alerts under one alias. Limits: 130 characters of a message, 512 of an alias and of an
 * entity, 15,000 of a description, 25,000 of a note, 100 of a user, 8,000 of all details.
 *
 * @see <a href="https://docs.opsgenie.com/docs/alerts-and-alert-fields">Alert fields</a>
 * @see <a href="https://docs.opsgenie.com/docs/alert-api">Opsgenie Alert API</a>
 */
final class OpsgenieChannel implements Channel {

  private static final String BY = "Tocsin";
  private static final int MOST_USER = 100;
  private static final int MOST_ENTITY = 512;

  /** Of one fact; there are five. */
  private static final int MOST_DETAIL = 1500;

  private final HttpExchange exchange;
  private final String base;
  private final Map<String, String> headers;
  private final List<String> teams;
  private final Wording words;
  private final Outside outside;

  private OpsgenieChannel(
      HttpExchange exchange,
      String base,
      String key,
      List<String> teams,
      Wording words,
      Outside outside) {
    this.exchange = exchange;
    this.base = base;
    this.headers = Map.of("Authorization", "GenieKey " + key);
    this.teams = teams;
    this.words = words;
    this.outside = outside;
  }

  /** Reads {@code opsgenie: {api_key, url, teams, title, text, timeout}}. */
  static Channel read(Section section, Outside outside) {
    URI url = Notification.url(section, "https://api.opsgenie.com");
    String key = section.string("api_key");
    List<String> teams = section.strings("teams");
    Duration timeout = section.duration("timeout", Duration.ofSeconds(10));
    Wording words = Wording.read(section, outside);
    section.done();
    return new OpsgenieChannel(
        new HttpExchange(outside.vertx(), timeout, outside.clock()),
        url + "/v2/alerts",
        key,
        teams,
        words,
        outside);
  }

  private record Call(HttpMethod method, String path, ObjectNode body) {}

  @Override
  public CompletionStage<SendResult> send(Message message) {
    Call call = call(message);
    return exchange
        .ask(call.method, URI.create(base + call.path), headers, Notification.bytes(call.body))
        .thenApply(Answer::result);
  }

  @Override
  public String preview(Message message) {
    return new String(Notification.bytes(call(message).body), StandardCharsets.UTF_8);
  }

  private Call call(Message message) {
    ObjectNode by =
        Notification.JSON
            .createObjectNode()
            .put("source", BY)
            .put("user", Cut.text(message.incident().acknowledgedBy().orElse(BY), MOST_USER))
            .put("note", Cut.text(words.text(message), 25_000));
    return switch (message.transition().kind()) {
      case RESOLVED -> new Call(HttpMethod.POST, under(message, "close"), by);
      case ACKNOWLEDGED -> new Call(HttpMethod.POST, under(message, "acknowledge"), by);
      case UNACKNOWLEDGED -> new Call(HttpMethod.POST, under(message, "unacknowledge"), by);
      case UPDATE, CLOCK, NOTE, REMINDER -> new Call(HttpMethod.POST, under(message, "notes"), by);
      case SEVERITY ->
          new Call(
              HttpMethod.PUT,
              under(message, "priority"),
              Notification.JSON
                  .createObjectNode()
                  .put("priority", priority(message.incident().severity())));
      case OPENED, REOPENED, ALERTS_CHANGED, ESCALATED, REPEAT ->
          new Call(HttpMethod.POST, "", created(message));
    };
  }

  private static String under(Message message, String verb) {
    return "/"
        + URLEncoder.encode(alias(message), StandardCharsets.UTF_8)
        + "/"
        + verb
        + "?identifierType=alias";
  }

  private static String alias(Message message) {
    return Cut.text(message.dedupKey(), 512);
  }

  private ObjectNode created(Message message) {
    ObjectNode body = Notification.JSON.createObjectNode();
    body.put("message", Cut.text(words.title(message), 130));
    body.put("alias", alias(message));
    String lines = String.join("\n- ", Notification.lines(message.incident(), 50));
    body.put(
        "description",
        Cut.keeping(
            words.text(message) + (lines.isEmpty() ? "" : "\n- " + lines),
            "\n" + outside.link(message),
            15_000));
    var responders = body.putArray("responders");
    teams.forEach(team -> responders.addObject().put("name", team).put("type", "team"));
    body.putArray("tags").add(message.incident().severity().label());
    ObjectNode details = body.putObject("details");
    Notification.facts(message)
        .forEach((name, value) -> details.put(name, Cut.text(value, MOST_DETAIL)));
    body.put(
        "entity",
        message.incident().components().isEmpty()
            ? BY
            : Cut.text(message.incident().components().getFirst(), MOST_ENTITY));
    body.put("source", BY);
    body.put("priority", priority(message.incident().severity()));
    return body;
  }

  /** The owner's levels in Opsgenie's. */
  static String priority(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "P1";
      case HIGH -> "P2";
      case MEDIUM -> "P3";
      case LOW -> "P5";
    };
  }
}
