package io.tocsin.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Message;
import io.tocsin.notify.NoteMark;
import io.tocsin.notify.SendResult;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Our notes on PagerDuty's incident. The incident is found by the key under which we triggered it;
 * a note that is there already is not written again.
 *
 * @see <a href="https://developer.pagerduty.com/api-reference/">REST API v2: list incidents, list
 *     notes, create a note on an incident</a>
 */
final class PagerDutyNotes implements Channel {

  private static final int MOST_TEXT = 25_000;

  private final HttpExchange exchange;
  private final String api;
  private final Map<String, String> headers;
  private final Outside outside;

  PagerDutyNotes(HttpExchange exchange, URI api, String token, String from, Outside outside) {
    this.exchange = exchange;
    this.api = api.toString().replaceAll("/+$", "");
    this.headers =
        Map.of(
            "Authorization",
            "Token token=" + token,
            "Accept",
            "application/vnd.pagerduty+json;version=2",
            "From",
            from);
    this.outside = outside;
  }

  @Override
  public CompletionStage<SendResult> send(Message message) {
    return Script.run(() -> tell(message));
  }

  @Override
  public String preview(Message message) {
    return content(message);
  }

  private static String content(Message message) {
    String mark = NoteMark.of(message.incident().id(), message.transition().seq());
    return Cut.text(mark + " " + message.text(), MOST_TEXT);
  }

  private SendResult tell(Message message) {
    String incident = outside.threads().find(message.destination(), message.dedupKey()).orElse("");
    if (incident.isEmpty()) {
      Answer found =
          get("/incidents?date_range=all&limit=1&incident_key=" + encoded(message.dedupKey()));
      if (!found.ok()) {
        return found.result();
      }
      incident = found.json().path("incidents").path(0).path("id").asText("");
      if (incident.isEmpty()) {
        return new SendResult.Refused(
            "PagerDuty has no incident under the key " + message.dedupKey());
      }
      outside.threads().save(message.destination(), message.dedupKey(), incident);
    }
    return write(message, "/incidents/" + encoded(incident) + "/notes");
  }

  private SendResult write(Message message, String notes) {
    Answer there = get(notes);
    if (!there.ok()) {
      return there.result();
    }
    String mark = NoteMark.of(message.incident().id(), message.transition().seq());
    for (JsonNode note : there.json().path("notes")) {
      if (note.path("content").asText().startsWith(mark)) {
        return new SendResult.Delivered("it is there already");
      }
    }
    ObjectNode body = Notification.JSON.createObjectNode();
    body.putObject("note").put("content", content(message));
    return exchange
        .call(HttpMethod.POST, URI.create(api + notes), headers, Notification.bytes(body))
        .result();
  }

  private Answer get(String path) {
    return exchange.call(HttpMethod.GET, URI.create(api + path), headers, new byte[0]);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
