package io.tocsin.channel;

import io.tocsin.alert.Alert;
import io.tocsin.incident.Incident;
import io.tocsin.notify.Message;
import io.tocsin.settings.Section;
import io.tocsin.template.Template;
import io.tocsin.template.TemplateProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The words of a receiver: its own templates for title and text, else ours. Templates speak of
 * {@code .Status .Event .Severity .Title .Number .Text .Reason .Receiver .Phase .Components .Labels
 * .Alerts .Link .OpenedAt .AcknowledgedBy}.
 */
final class Wording {

  private static final int MOST_ALERTS = 100;

  private final Optional<Template> title;
  private final Optional<Template> text;
  private final String console;

  /** The address that Alertmanager's templates link to; empty for templates of our own. */
  private final Optional<String> alertmanager;

  private Wording(
      Optional<Template> title,
      Optional<Template> text,
      String console,
      Optional<String> alertmanager) {
    this.alertmanager = alertmanager;
    this.title = title;
    this.text = text;
    this.console = console;
  }

  /** Reads {@code title} and {@code text} of a receiver's section. */
  static Wording read(Section section, Outside outside) {
    Optional<String> definitions = section.optional("definitions");
    return new Wording(
        template(section, "title", definitions.orElse("")),
        template(section, "text", definitions.orElse("")),
        outside.link(""),
        definitions.map(foreign -> outside.console().toString().replaceAll("/+$", "")));
  }

  private static Optional<Template> template(Section section, String key, String definitions) {
    return section
        .optional(key)
        .map(
            text -> {
              try {
                Template template = Template.parse(definitions, text);
                if (!template.missing().isEmpty()) {
                  throw section.problem(
                      key,
                      "no template \"" + String.join("\", \"", template.missing()) + "\"",
                      "names that templates: defines, or one of Alertmanager's that Tocsin has");
                }
                return template;
              } catch (TemplateProblem wrong) {
                throw section.problem(key, "a template; " + wrong.getMessage());
              }
            });
  }

  /** The facts in one line. */
  String title(Message message) {
    String words = own(title, message);
    return words.isBlank() ? Notification.subject(message) : oneLine(words);
  }

  /** What happened. */
  String text(Message message) {
    String words = own(text, message);
    return words.isBlank() ? message.text() : words;
  }

  /** Both in one line for short messages: our own words name the incident once. */
  String line(Message message) {
    String name = Message.name(message.incident());
    String text = text(message);
    return title(message) + (text.startsWith(name) ? text.substring(name.length()) : ": " + text);
  }

  /** A template speaks of one incident, so what stands for several messages is in our words. */
  private String own(Optional<Template> template, Message message) {
    return message.standsFor() > 1 ? "" : template.map(it -> filled(it, message)).orElse("");
  }

  /** A template that fails must not keep a page from leaving: ours is said instead. */
  private String filled(Template template, Message message) {
    try {
      return template.expand(values(message), message.at());
    } catch (TemplateProblem wrong) {
      return "";
    }
  }

  /**
   * A template filled with a message, for people who write one.
   *
   * @throws IllegalArgumentException saying where it is wrong
   */
  static String filled(String template, Message message, Outside outside) {
    var wording =
        new Wording(Optional.empty(), Optional.empty(), outside.link(""), Optional.empty());
    try {
      return Template.parse(template).expand(wording.values(message), message.at());
    } catch (TemplateProblem wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
  }

  private Map<String, Object> values(Message message) {
    Incident incident = message.incident();
    var values = new LinkedHashMap<String, Object>();
    values.put("Status", incident.open() ? "firing" : "resolved");
    values.put("Event", message.transition().kind().name().toLowerCase(Locale.ROOT));
    values.put("Severity", incident.severity().name());
    values.put("Title", incident.title());
    values.put("Number", incident.number());
    values.put("Text", message.text());
    values.put("Reason", message.reason());
    values.put("Receiver", message.destination().receiver());
    values.put("Phase", incident.phase().label());
    values.put("Components", incident.components());
    values.put("Labels", incident.group().values().toMap());
    values.put("Link", console + incident.id());
    values.put("OpenedAt", incident.openedAt().toString());
    values.put("AcknowledgedBy", incident.acknowledgedBy().orElse(""));
    var alerts = new ArrayList<Map<String, Object>>();
    incident.alerts().stream().limit(MOST_ALERTS).forEach(alert -> alerts.add(alert(alert)));
    values.put("Alerts", alerts);
    alertmanager.ifPresent(address -> values.putAll(AlertmanagerData.of(message, address)));
    return values;
  }

  private static Map<String, Object> alert(Alert alert) {
    return Map.of(
        "Status", alert.phase() == Alert.Phase.RESOLVED ? "resolved" : "firing",
        "Labels", alert.labels().toMap(),
        "Annotations", alert.annotations(),
        "Value", alert.value(),
        "StartsAt", alert.activeSince().toString(),
        "Summary", alert.summary());
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
