package io.tocsin.http;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.label.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An event as PagerDuty's Events API v2 takes it.
 *
 * @see <a href="https://developer.pagerduty.com/docs/send-alert-event">PagerDuty, send an alert
 *     event</a>
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PagerDutyEvent(
    Optional<String> routingKey,
    Optional<String> eventAction,
    Optional<String> dedupKey,
    Optional<Payload> payload,
    Optional<List<LinkJson>> links,
    Optional<String> client,
    Optional<String> clientUrl) {

  private static final Set<String> ACTIONS = Set.of("trigger", "acknowledge", "resolve");
  private static final Set<String> SEVERITIES = Set.of("critical", "warning", "error", "info");
  private static final int LONGEST_KEY = 255;
  private static final int LONGEST_SUMMARY = 1024;

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Payload(
      Optional<String> summary,
      Optional<String> source,
      Optional<String> severity,
      Optional<String> timestamp,
      Optional<String> component,
      Optional<String> group,
      @JsonProperty("class") Optional<String> type,
      Optional<JsonNode> customDetails) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record LinkJson(Optional<String> href, Optional<String> text) {}

  /** What PagerDuty would complain about, in its words. */
  List<String> errors() {
    var errors = new ArrayList<String>();
    if (blank(eventAction)) {
      errors.add("'event_action' is missing or blank");
    } else if (!ACTIONS.contains(eventAction.get())) {
      errors.add(
          "'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or"
              + " 'resolve')");
    } else if (eventAction.get().equals("trigger")) {
      errors.addAll(payloadErrors());
    } else if (blank(dedupKey)) {
      errors.add("'dedup_key' is missing or blank");
    }
    if (dedupKey.filter(key -> key.length() > LONGEST_KEY).isPresent()) {
      errors.add("Length of 'dedup_key' is incorrect (should be at most 255 characters)");
    }
    return errors;
  }

  private List<String> payloadErrors() {
    if (payload.isEmpty()) {
      return List.of("'payload' is missing or blank");
    }
    var errors = new ArrayList<String>();
    Payload it = payload.get();
    if (blank(it.summary)) {
      errors.add("'payload.summary' is missing or blank");
    }
    if (blank(it.source)) {
      errors.add("'payload.source' is missing or blank");
    }
    if (blank(it.severity)) {
      errors.add("'payload.severity' is missing or blank");
    } else if (!SEVERITIES.contains(it.severity.get())) {
      errors.add(
          "'payload.severity' is invalid (must be one of the following: 'critical', 'warning',"
              + " 'error' or 'info')");
    }
    return errors;
  }

  static boolean blank(Optional<String> text) {
    return text.filter(it -> !it.isBlank()).isEmpty();
  }

  /** What names the alert: the service and the key, with what else the first event says. */
  Labels labels(HookSettings.Service service, String key) {
    Payload it = payload.orElseThrow();
    var labels =
        Labels.builder()
            .set("alertname", it.type.filter(text -> !text.isBlank()).orElse(service.name()))
            .set("service", service.name())
            .set("dedup_key", key)
            .set("severity", it.severity.orElse(""))
            .set("source", it.source.orElse(""))
            .set("group", it.group.orElse(""));
    it.component
        .filter(text -> !text.isBlank())
        .or(service::component)
        .ifPresent(component -> labels.set("component", component));
    return labels.build();
  }

  /** Texts for people: the summary, the details one by one, the links. */
  Map<String, String> annotations() {
    Payload it = payload.orElseThrow();
    var texts = new LinkedHashMap<String, String>();
    String summary = it.summary.orElse("");
    texts.put("summary", summary.substring(0, Math.min(summary.length(), LONGEST_SUMMARY)));
    it.customDetails.ifPresent(details -> texts.putAll(texts(details)));
    links.orElse(List.of()).stream()
        .flatMap(link -> link.href.stream())
        .limit(1)
        .forEach(href -> texts.put("link", href));
    return texts;
  }

  /** The fields of an object as texts. */
  static Map<String, String> texts(JsonNode details) {
    var texts = new LinkedHashMap<String, String>();
    if (details.isObject()) {
      details
          .properties()
          .forEach(
              field ->
                  texts.put(
                      field.getKey(),
                      field.getValue().isTextual()
                          ? field.getValue().textValue()
                          : field.getValue().toString()));
    } else if (!details.isNull()) {
      texts.put("details", details.isTextual() ? details.textValue() : details.toString());
    }
    return texts;
  }
}
