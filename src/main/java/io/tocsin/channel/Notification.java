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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

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
          case REMINDER -> "REMINDER";
          case OPENED,
              ALERTS_CHANGED,
              SEVERITY,
              UNACKNOWLEDGED,
              ESCALATED,
              UPDATE,
              CLOCK,
              REPEAT,
              NOTE,
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
    return bytes(node);
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
    } else if (!Double.isNaN(alert.value())) {
      // What others posted has none.
      node.put("value", Double.toString(alert.value()));
    }
    node.put("fingerprint", alert.key().fingerprint());
    return node;
  }

  /** A tree as bytes. */
  static byte[] bytes(ObjectNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /** A form's fields, in order. */
  static byte[] form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"))
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** What fires, one line each. */
  static List<String> lines(Incident incident, int most) {
    return incident.alerts().stream()
        .filter(alert -> !incident.open() || alert.phase() != Alert.Phase.RESOLVED)
        .limit(most)
        .map(Alert::summary)
        .toList();
  }

  /** What is known, name and value. */
  static Map<String, String> facts(Message message) {
    Incident incident = message.incident();
    var facts = new LinkedHashMap<String, String>();
    facts.put("Severity", incident.severity().name());
    if (!incident.components().isEmpty()) {
      facts.put("Components", String.join(", ", incident.components()));
    }
    facts.put("Since", incident.openedAt().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("Owner", incident.acknowledgedBy().orElse("not acknowledged"));
    facts.put("Why", message.reason());
    return facts;
  }

  /** The colour of a severity, green when it is over, as 0xRRGGBB. */
  static int color(Incident incident) {
    if (!incident.open()) {
      return 0x2e7d32;
    }
    return switch (incident.severity()) {
      case CRITICAL -> 0xc62828;
      case HIGH -> 0xe65100;
      case MEDIUM -> 0xf9a825;
      case LOW -> 0x757575;
    };
  }

  static String hexColor(Incident incident) {
    return String.format("#%06x", color(incident));
  }

  /** The receiver's address under {@code url}: http or https with a host. */
  static URI url(Section section, String otherwise) {
    return url(section, "url", otherwise);
  }

  static URI url(Section section, String key, String otherwise) {
    String text = otherwise.isEmpty() ? section.string(key) : section.string(key, otherwise);
    try {
      URI url = URI.create(text);
      String scheme = url.getScheme();
      if (url.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // said below, in the same words as any other wrong address
    }
    throw section.problem(key, "an http or https address with a host");
  }
}
