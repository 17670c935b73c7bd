package io.tocsin.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.alert.Alert;
import io.tocsin.incident.Incident;
import io.tocsin.notify.Message;
import io.tocsin.settings.Section;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/** What all channels say of a message, in words and in JSON. */
final class Notification {

  static final ObjectMapper JSON = JsonMapper.builder().build();

  private static final int MAX_ALERTS = 200;

  private Notification() {}

  /** The facts in one line: {@code [CRITICAL] Payments: 12 % failing (#184)}. */
  static String subject(Message message) {
    Incident incident = message.incident();
    String word =
        switch (message.transition().kind()) {
          case RESOLVED -> "RESOLVED";
          case ACKNOWLEDGED -> "ACKNOWLEDGED";
          case OPENED,
              ALERTS_CHANGED,
              SEVERITY,
              UNACKNOWLEDGED,
              ESCALATED,
              UPDATE,
              CLOCK,
              REPEAT,
              REOPENED ->
              incident.severity().name();
        };
    return "[" + word + "] " + incident.title() + " (#" + incident.number() + ")";
  }

  /**
   * The message as JSON for machines; a message gives the same bytes each time it is sent.
   *
   * @param link where people open the incident
   */
  static byte[] json(Message message, String link) {
    Incident incident = message.incident();
    ObjectNode node = JSON.createObjectNode();
    node.put("version", "1");
    node.put("id", message.idempotencyKey());
    node.put("receiver", message.destination().receiver());
    node.put("event", "incident." + message.transition().kind().name().toLowerCase(Locale.ROOT));
    node.put("status", incident.open() ? "firing" : "resolved");
    node.put("severity", incident.severity().label());
    node.put("dedup_key", message.dedupKey());
    node.put("text", message.text());
    node.put("reason", message.reason());
    node.put("at", message.at().toString());
    ObjectNode body = node.putObject("incident");
    body.put("id", incident.id().value());
    body.put("number", incident.number());
    body.put("title", incident.title());
    body.put("severity", incident.severity().name());
    body.put("state", incident.state().name().toLowerCase(Locale.ROOT));
    body.put("phase", incident.phase().label());
    body.put("url", link);
    body.put("opened_at", incident.openedAt().toString());
    incident.acknowledgedAt().ifPresent(at -> body.put("acknowledged_at", at.toString()));
    incident.acknowledgedBy().ifPresent(by -> body.put("acknowledged_by", by));
    incident.assignee().ifPresent(assignee -> body.put("assignee", assignee));
    incident.resolvedAt().ifPresent(at -> body.put("resolved_at", at.toString()));
    ArrayNode components = body.putArray("components");
    incident.components().forEach(components::add);
    ObjectNode group = body.putObject("group");
    incident.group().values().forEach(group::put);
    node.set("alerts", alerts(incident, MAX_ALERTS));
    node.put("truncated_alerts", Math.max(0, incident.alerts().size() - MAX_ALERTS));
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /** At most so many alerts, each in the words of Alertmanager's webhook. */
  static ArrayNode alerts(Incident incident, int most) {
    ArrayNode list = JSON.createArrayNode();
    incident.alerts().stream().limit(most).forEach(alert -> list.add(alert(alert)));
    return list;
  }

  private static ObjectNode alert(Alert alert) {
    ObjectNode node = JSON.createObjectNode();
    node.put("status", alert.phase() == Alert.Phase.RESOLVED ? "resolved" : "firing");
    ObjectNode labels = node.putObject("labels");
    alert.labels().forEach(labels::put);
    ObjectNode annotations = node.putObject("annotations");
    alert.annotations().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> annotations.put(entry.getKey(), entry.getValue()));
    node.put("startsAt", alert.activeSince().toString());
    alert.resolvedAt().ifPresent(at -> node.put("endsAt", at.toString()));
    if (Double.isFinite(alert.value())) {
      node.put("value", alert.value());
    } else {
      node.put("value", Double.toString(alert.value()));
    }
    node.put("fingerprint", alert.key().fingerprint());
    return node;
  }

  /** The text, cut to a receiver's limit of characters with an ellipsis. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
    return text.substring(0, end) + "…";
  }

  /** The receiver's address under {@code url}: http or https with a host. */
  static URI url(Section section, String otherwise) {
    String text = otherwise.isEmpty() ? section.string("url") : section.string("url", otherwise);
    try {
      URI url = URI.create(text);
      String scheme = url.getScheme();
      if (url.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // said below, in the same words as any other wrong address
    }
    throw section.problem("url", "an http or https address with a host");
  }
}
