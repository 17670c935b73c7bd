package io.tocsin.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How one kind of Alertmanager's receivers is said in our words. A new one is one entry here.
 *
 * @param theirs key in their file
 * @param ours key in ours
 * @param keys their keys by ours, taken as they are
 * @param files their keys that name a file with the value
 * @param globals their keys under {@code global:} that stand in for what is missing
 * @param shaping their keys that shape a message, which ours has no use for
 * @param headers whether credentials may go along as a header
 * @see <a href="https://prometheus.io/docs/alerting/latest/configuration/#receiver">Alertmanager
 *     receiver</a>
 */
record ForeignKind(
    String theirs,
    String ours,
    Map<String, String> keys,
    Map<String, String> files,
    Map<String, String> globals,
    Set<String> shaping,
    boolean headers) {

  private static final List<ForeignKind> ALL =
      List.of(
          new ForeignKind(
              "pagerduty_configs",
              "pagerduty",
              Map.of("routing_key", "routing_key", "service_key", "routing_key", "url", "url"),
              Map.of("routing_key_file", "routing_key", "service_key_file", "routing_key"),
              Map.of("pagerduty_url", "url"),
              Set.of(
                  "send_resolved",
                  "client",
                  "client_url",
                  "description",
                  "severity",
                  "class",
                  "component",
                  "group",
                  "source",
                  "details",
                  "images",
                  "links",
                  "timeout"),
              false),
          new ForeignKind(
              "webhook_configs",
              "webhook",
              Map.of("url", "url"),
              Map.of("url_file", "url"),
              Map.of(),
              Set.of("send_resolved", "max_alerts", "timeout"),
              true),
          new ForeignKind(
              "email_configs",
              "email",
              Map.of("to", "to"),
              Map.of(),
              Map.of(),
              Set.of("send_resolved", "html", "text", "headers", "hello", "threading"),
              false),
          new ForeignKind(
              "slack_configs",
              "slack",
              Map.of("api_url", "url"),
              Map.of("api_url_file", "url"),
              Map.of("slack_api_url", "url"),
              Set.of(
                  "send_resolved",
                  "channel",
                  "username",
                  "color",
                  "title",
                  "title_link",
                  "pretext",
                  "text",
                  "fields",
                  "short_fields",
                  "footer",
                  "fallback",
                  "callback_id",
                  "icon_emoji",
                  "icon_url",
                  "image_url",
                  "thumb_url",
                  "link_names",
                  "mrkdwn_in",
                  "actions",
                  "message_text",
                  "timeout"),
              false),
          new ForeignKind(
              "opsgenie_configs",
              "opsgenie",
              Map.of("api_key", "api_key", "api_url", "url"),
              Map.of("api_key_file", "api_key"),
              Map.of(
                  "opsgenie_api_key", "api_key",
                  "opsgenie_api_url", "url"),
              Set.of(
                  "send_resolved",
                  "message",
                  "description",
                  "source",
                  "details",
                  "responders",
                  "tags",
                  "note",
                  "priority",
                  "update_alerts",
                  "entity",
                  "actions"),
              false),
          new ForeignKind(
              "msteams_configs",
              "teams",
              Map.of("webhook_url", "url"),
              Map.of("webhook_url_file", "url"),
              Map.of(),
              Set.of("send_resolved", "title", "text", "summary"),
              false),
          new ForeignKind(
              "msteamsv2_configs",
              "teams",
              Map.of("webhook_url", "url"),
              Map.of("webhook_url_file", "url"),
              Map.of(),
              Set.of("send_resolved", "title", "text"),
              false),
          new ForeignKind(
              "discord_configs",
              "discord",
              Map.of("webhook_url", "url"),
              Map.of("webhook_url_file", "url"),
              Map.of(),
              Set.of("send_resolved", "title", "message", "content", "username", "avatar_url"),
              false),
          new ForeignKind(
              "telegram_configs",
              "telegram",
              Map.of("bot_token", "token", "chat_id", "chat_id", "api_url", "url"),
              Map.of("bot_token_file", "token"),
              Map.of("telegram_api_url", "url"),
              Set.of(
                  "send_resolved",
                  "message",
                  "parse_mode",
                  "disable_notifications",
                  "message_thread_id"),
              false),
          new ForeignKind(
              "pushover_configs",
              "pushover",
              Map.of("token", "token", "user_key", "user", "sound", "sound"),
              Map.of("token_file", "token", "user_key_file", "user"),
              Map.of(),
              Set.of(
                  "send_resolved",
                  "title",
                  "message",
                  "url",
                  "url_title",
                  "device",
                  "priority",
                  "retry",
                  "expire",
                  "ttl",
                  "html",
                  "monospace"),
              false));

  /** Their keys that hold a template, by the name that ours has. */
  Map<String, String> words() {
    return switch (ours) {
      case "pagerduty" -> Map.of("description", "title");
      case "email" -> Map.of("text", "text");
      case "slack", "teams" -> Map.of("title", "title", "text", "text");
      case "opsgenie" -> Map.of("message", "title", "description", "text");
      case "discord", "pushover" -> Map.of("title", "title", "message", "text");
      case "telegram" -> Map.of("message", "text");
      default -> Map.of();
    };
  }

  /** Whether Alertmanager tells of ends where nothing is said: not by e-mail, not to Slack. */
  boolean tellsEnds() {
    return !ours.equals("email") && !ours.equals("slack");
  }

  static Optional<ForeignKind> of(String key) {
    return ALL.stream().filter(kind -> kind.theirs.equals(key)).findFirst();
  }

  /** Every key under {@code global:} that stands in for something. */
  static List<String> globalKeys() {
    return ALL.stream().flatMap(kind -> kind.globals.keySet().stream()).distinct().toList();
  }

  /** Their keys of the kinds that we have. */
  static List<String> names(Set<String> ours) {
    return ALL.stream().filter(kind -> ours.contains(kind.ours)).map(ForeignKind::theirs).toList();
  }
}
