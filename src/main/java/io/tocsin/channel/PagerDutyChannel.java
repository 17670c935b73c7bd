package io.tocsin.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Incident;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import io.tocsin.settings.Section;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * PagerDuty's Events API v2: trigger, acknowledge, resolve under one {@code dedup_key}. Limits: a
 * summary of 1024 characters, a key of 255, a request of 512 KB.
 *
 * @see <a href="https://developer.pagerduty.com/docs/send-alert-event">Events API v2, alert
 *     event</a>
 */
final class PagerDutyChannel implements Channel {

  private static final int MAX_SUMMARY = 1024;
  private static final int MAX_BYTES = 512 * 1024;
  private static final int MAX_ALERTS = 100;
  private static final int MAX_TEXT = 64 * 1024;
  private static final int MAX_WORD = 1024;

  private final HttpPost post;
  private final String routingKey;
  private final Outside outside;

  private final Optional<PagerDutyNotes> notes;
  private final Wording words;

  private PagerDutyChannel(
      HttpPost post,
      String routingKey,
      Optional<PagerDutyNotes> notes,
      Wording words,
      Outside outside) {
    this.notes = notes;
    this.words = words;
    this.post = post;
    this.routingKey = routingKey;
    this.outside = outside;
  }

  /**
   * Reads {@code pagerduty: {routing_key, url, timeout, api_token, api_from, api_url}}; with a
   * token of the REST API our notes are told there too.
   */
  static Channel read(Section section, Outside outside) {
    String key = section.string("routing_key");
    URI url = Notification.url(section, "https://events.pagerduty.com/v2/enqueue");
    Duration timeout = section.duration("timeout", Duration.ofSeconds(10));
    Optional<PagerDutyNotes> notes =
        section.optional("api_token").map(token -> notes(section, token, timeout, outside));
    Wording words = Wording.read(section, outside);
    section.done();
    return new PagerDutyChannel(new HttpPost(outside, url, timeout), key, notes, words, outside);
  }

  private static PagerDutyNotes notes(
      Section section, String token, Duration timeout, Outside outside) {
    String from = section.string("api_from");
    if (!from.matches("[^@\\s]+@[^@\\s]+")) {
      throw section.problem("api_from", "the e-mail address of a user of PagerDuty");
    }
    URI api = Notification.url(section, "api_url", "https://api.pagerduty.com");
    var exchange = new HttpExchange(outside.vertx(), timeout, outside.clock());
    return new PagerDutyNotes(exchange, api, token, from, outside);
  }

  /** The way of notes, if there is one. */
  Optional<PagerDutyNotes> notes() {
    return notes;
  }

  @Override
  public CompletionStage<SendResult> send(Message message) {
    return post.send(Map.of(), body(message));
  }

  private byte[] body(Message message) {
    byte[] whole = bytes(event(message, MAX_ALERTS, MAX_TEXT));
    return whole.length <= MAX_BYTES
        ? whole
        : Cut.fitting(MAX_BYTES, MAX_TEXT, most -> bytes(event(message, 0, most)));
  }

  private ObjectNode event(Message message, int maxAlerts, int maxText) {
    Incident incident = message.incident();
    ObjectNode event = Notification.JSON.createObjectNode();
    event.put("routing_key", routingKey);
    event.put("dedup_key", Cut.text(message.dedupKey(), 255));
    String action = action(message);
    event.put("event_action", action);
    event.put("client", "Tocsin");
    event.put("client_url", outside.link(incident.id().value()));
    if (action.equals("trigger")) {
      ObjectNode payload = event.putObject("payload");
      payload.put("summary", Cut.text(words.title(message), MAX_SUMMARY));
      payload.put("source", Cut.text(source(incident), MAX_WORD));
      payload.put("severity", severity(incident.severity()));
      payload.put("timestamp", incident.openedAt().toString());
      if (!incident.components().isEmpty()) {
        payload.put("component", Cut.text(incident.components().getFirst(), MAX_WORD));
      }
      payload.put("group", Cut.text(incident.group().values().toString(), MAX_WORD));
      payload.put("class", message.transition().kind().name().toLowerCase(Locale.ROOT));
      ObjectNode details = payload.putObject("custom_details");
      details.put("incident", incident.number());
      details.put("text", Cut.text(words.text(message), maxText));
      details.put("reason", Cut.text(message.reason(), Math.min(maxText, MAX_WORD)));
      details.put("phase", incident.phase().label());
      details.set("alerts", Notification.alerts(incident, maxAlerts));
      links(event.putArray("links"), message);
    }
    return event;
  }

  /** The incident's page, and the signed addresses by which a reader acts. */
  private void links(ArrayNode links, Message message) {
    link(links, outside.link(message), "Incident #" + message.incident().number() + " in Tocsin");
    outside.acknowledge(message).ifPresent(href -> link(links, href, "Acknowledge in Tocsin"));
    outside.resolve(message).ifPresent(href -> link(links, href, "Resolve in Tocsin"));
  }

  private static void link(ArrayNode links, String href, String text) {
    links.addObject().put("href", href).put("text", text);
  }

  private static String action(Message message) {
    return switch (message.transition().kind()) {
      case RESOLVED -> "resolve";
      case ACKNOWLEDGED -> "acknowledge";
      case OPENED,
          ALERTS_CHANGED,
          SEVERITY,
          UNACKNOWLEDGED,
          ESCALATED,
          UPDATE,
          CLOCK,
          REPEAT,
          NOTE,
          REMINDER,
          REOPENED ->
          "trigger";
    };
  }

  private static String source(Incident incident) {
    return incident.alerts().stream()
        .map(alert -> alert.labels().get("instance"))
        .filter(instance -> !instance.isEmpty())
        .findFirst()
        .orElseGet(
            () -> incident.components().isEmpty() ? "tocsin" : incident.components().getFirst());
  }

  /** The owner's levels in PagerDuty's words. */
  static String severity(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "critical";
      case HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW -> "info";
    };
  }

  private static byte[] bytes(ObjectNode node) {
    try {
      return Notification.JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }
}
