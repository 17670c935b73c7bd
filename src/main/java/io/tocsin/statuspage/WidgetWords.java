package io.tocsin.statuspage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The words that the embedded widget says, out of the same bundles as the page's, so that both say
 * the same. Holes stay as {@code {0}}.
 */
public final class WidgetWords {

  private static final JsonFactory JSON = new JsonFactory();

  private static final List<String> KEYS =
      List.of(
          "title",
          "list",
          "service",
          "severity.critical",
          "severity.high",
          "severity.medium",
          "severity.low",
          "severity.inline.critical",
          "severity.inline.high",
          "severity.inline.medium",
          "severity.inline.low",
          "trouble.critical",
          "trouble.high",
          "trouble.medium",
          "trouble.low",
          "update.investigating",
          "update.identified",
          "update.monitoring",
          "update.resolved",
          "widget.more",
          "widget.until",
          "widget.planned",
          "widget.unknown",
          "widget.close");

  /** The indicators of the Statuspage API in the page's words. */
  private static final Map<String, String> INDICATORS =
      new TreeMap<>(
          Map.of(
              "none", "headline.operational",
              "minor", "state.degraded_performance",
              "major", "state.partial_outage",
              "critical", "state.major_outage",
              "maintenance", "state.under_maintenance"));

  private WidgetWords() {}

  /** An object of JSON: the label of each language, its keys, their texts. */
  public static String json() {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (Language language : Language.values()) {
        json.writeObjectFieldStart(language.label());
        PublicWords words = PublicWords.in(language);
        for (String key : KEYS) {
          json.writeStringField(key, words.say(key));
        }
        for (Map.Entry<String, String> indicator : INDICATORS.entrySet()) {
          json.writeStringField("overall." + indicator.getKey(), words.say(indicator.getValue()));
        }
        json.writeEndObject();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return text.toString();
  }
}
