package io.tocsin.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.alert.Alert;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import io.tocsin.settings.Section;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Hands the alerts on to an Alertmanager. One that fires is given an end in the future, which each
 * further message moves, so that it does not end by Alertmanager's own {@code resolve_timeout}.
 *
 * @see <a
 *     href="https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml">Alertmanager
 *     API v2</a>
 */
final class AlertmanagerChannel implements Channel {

  private static final Duration LASTS = Duration.ofHours(24);
  private static final int MOST_ALERTS = 1000;

  private final HttpPost post;
  private final Outside outside;
  private final Map<String, String> headers;

  private AlertmanagerChannel(HttpPost post, Map<String, String> headers, Outside outside) {
    this.post = post;
    this.headers = headers;
    this.outside = outside;
  }

  /** Reads {@code alertmanager: {url, headers, timeout}}; {@code url} without {@code /api/v2}. */
  static Channel read(Section section, Outside outside) {
    URI url = Notification.url(section, "");
    Map<String, String> headers = section.map("headers");
    Duration timeout = section.duration("timeout", Duration.ofSeconds(10));
    section.done();
    String base = url.toString();
    URI place = URI.create((base.endsWith("/") ? base : base + "/") + "api/v2/alerts");
    return new AlertmanagerChannel(new HttpPost(outside, place, timeout), headers, outside);
  }

  @Override
  public CompletionStage<SendResult> send(Message message) {
    return post.send(headers, preview(message).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String preview(Message message) {
    ArrayNode alerts = Notification.JSON.createArrayNode();
    message.incident().alerts().stream()
        .limit(MOST_ALERTS)
        .forEach(alert -> add(alerts.addObject(), alert, message));
    if (message.incident().alerts().isEmpty()) {
      declared(alerts.addObject(), message);
    }
    return alerts.toString();
  }

  private void add(ObjectNode node, Alert alert, Message message) {
    ObjectNode labels = node.putObject("labels");
    alert.labels().forEach(labels::put);
    labels.put("severity", message.incident().severity().label());
    ObjectNode annotations = node.putObject("annotations");
    alert.annotations().forEach(annotations::put);
    node.put("startsAt", alert.activeSince().toString());
    boolean fires = message.incident().open() && alert.active();
    node.put(
        "endsAt",
        fires
            ? message.at().plus(LASTS).toString()
            : alert.resolvedAt().orElse(message.at()).toString());
    node.put("generatorURL", outside.link(message));
  }

  /** An incident that a person declared has no alert of its own. */
  private void declared(ObjectNode node, Message message) {
    ObjectNode labels = node.putObject("labels");
    labels.put("alertname", "Incident");
    labels.put("incident", message.incident().id().value());
    labels.put("severity", message.incident().severity().label());
    node.putObject("annotations").put("summary", message.incident().title());
    node.put("startsAt", message.incident().openedAt().toString());
    node.put(
        "endsAt",
        message.incident().open()
            ? message.at().plus(LASTS).toString()
            : message.incident().resolvedAt().orElse(message.at()).toString());
    node.put("generatorURL", outside.link(message));
  }
}
