package io.tocsin.http;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidJsonException;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import io.tocsin.alert.PostedAlert;
import io.tocsin.label.Labels;
import io.tocsin.settings.Section;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How some sender's JSON is read as alerts: JSONPath where a text begins with {@code $}, else the
 * text itself.
 *
 * @param name as it stands in the address
 * @param secret signs the body; empty when a token does instead
 * @param signatureHeader where the signature stands, HMAC-SHA256 in hex, with or without {@code
 *     sha256=}
 * @param alerts where the alerts stand
 * @param labels by which they are told apart
 * @param annotations texts for people
 * @param severities what the sender's words for severity mean
 * @param status where it says whether the alert is over
 * @param resolved the words that mean that it is
 * @param startsAt where it says when it began
 * @param timeout how long an alert lasts that nobody tells of again
 */
record GenericHook(
    String name,
    Optional<String> secret,
    String signatureHeader,
    JsonPath alerts,
    Map<String, Text> labels,
    Map<String, Text> annotations,
    Map<String, String> severities,
    Optional<Text> status,
    Set<String> resolved,
    Optional<Text> startsAt,
    Optional<Duration> timeout) {

  private static final int MOST_ALERTS = 1_000;

  private static final Configuration JACKSON =
      Configuration.builder()
          .jsonProvider(new JacksonJsonProvider())
          .mappingProvider(new JacksonMappingProvider())
          .options(Option.SUPPRESS_EXCEPTIONS)
          .build();

  /** A fixed text, or where one stands. */
  sealed interface Text {
    record Fixed(String text) implements Text {}

    record At(JsonPath path) implements Text {}

    default String in(Object alert) {
      return switch (this) {
        case Fixed fixed -> fixed.text;
        case At at -> {
          Object value = at.path.read(alert, JACKSON);
          yield value == null ? "" : value.toString();
        }
      };
    }
  }

  static GenericHook read(Section section) {
    var hook =
        new GenericHook(
            section.string("name"),
            section.optional("secret").filter(secret -> !secret.isEmpty()),
            section.string("signature_header", "X-Signature"),
            path(section, "alerts", section.string("alerts", "$")),
            texts(section, "labels"),
            texts(section, "annotations"),
            section.map("severities"),
            section.optional("status").map(text -> text(section, "status", text)),
            Set.copyOf(section.strings("resolved")),
            section.optional("starts_at").map(text -> text(section, "starts_at", text)),
            section.optionalDuration("timeout"));
    section.done();
    if (!hook.name.matches("[A-Za-z0-9_-]{1,64}")) {
      throw section.problem("name", "letters, digits, - and _");
    }
    if (!hook.labels.containsKey("alertname")) {
      throw section.problem("labels", "an alertname among them");
    }
    if (hook.status.isEmpty() && hook.timeout.isEmpty()) {
      throw section.problem("status", "where the end of an alert is told, or a timeout");
    }
    return hook;
  }

  private static Map<String, Text> texts(Section section, String key) {
    var texts = new LinkedHashMap<String, Text>();
    section.map(key).forEach((name, text) -> texts.put(name, text(section, key, text)));
    return texts;
  }

  private static Text text(Section section, String key, String text) {
    return text.startsWith("$") ? new Text.At(path(section, key, text)) : new Text.Fixed(text);
  }

  private static JsonPath path(Section section, String key, String text) {
    try {
      return JsonPath.compile(text);
    } catch (InvalidPathException wrong) {
      throw section.problem(key, "\"" + text + "\"", "a JSONPath such as $.alerts[*]");
    }
  }

  /**
   * The alerts in a body.
   *
   * @throws ProblemException 400 when it is no JSON, or an alert lacks its name
   */
  List<PostedAlert> read(Buffer body, Instant now) {
    Object document;
    try {
      document = JACKSON.jsonProvider().parse(new String(body.getBytes(), StandardCharsets.UTF_8));
    } catch (InvalidJsonException notJson) {
      throw ProblemException.badRequest("the body is not JSON");
    }
    List<?> found = found(document);
    if (found.size() > MOST_ALERTS) {
      throw ProblemException.of(413, "more than " + MOST_ALERTS + " alerts at once");
    }
    var posted = new ArrayList<PostedAlert>();
    for (Object alert : found) {
      posted.add(posted(alert, now));
    }
    return posted;
  }

  private List<?> found(Object document) {
    try {
      Object found = alerts.read(document, JACKSON);
      return found instanceof List<?> list ? list : found == null ? List.of() : List.of(found);
    } catch (JsonPathException wrong) {
      throw ProblemException.badRequest("alerts: " + wrong.getMessage());
    }
  }

  private PostedAlert posted(Object alert, Instant now) {
    var builder = Labels.builder();
    labels.forEach((label, text) -> builder.set(label, text.in(alert)));
    Labels said = builder.build();
    if (!said.has("alertname")) {
      throw ProblemException.badRequest("labels.alertname: found nothing in an alert");
    }
    String severity = said.get("severity");
    Labels mapped = said.with("severity", severities.getOrDefault(severity, severity));
    var texts = new LinkedHashMap<String, String>();
    annotations.forEach((name, text) -> texts.put(name, text.in(alert)));
    boolean over = status.map(text -> resolved.contains(text.in(alert))).orElse(false);
    return new PostedAlert(
        mapped,
        texts,
        startsAt.flatMap(text -> instant(text.in(alert))),
        over ? Optional.of(now) : Optional.empty(),
        "");
  }

  /** ISO-8601, or seconds or milliseconds since 1970. */
  private static Optional<Instant> instant(String text) {
    try {
      if (text.matches("\\d{9,13}")) {
        long number = Long.parseLong(text);
        return Optional.of(
            text.length() > 11 ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number));
      }
      return Optional.of(Instant.parse(text.toUpperCase(Locale.ROOT)));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
