package io.tocsin.notify;

/**
 * One way to reach one receiver: several kinds may stand under one receiver's name.
 *
 * @param receiver name of the receiver in the configuration
 * @param kind name of the channel: pagerduty, webhook, email, slack
 * @param index position among the receiver's channels of that kind, from 0
 */
public record Destination(String receiver, String kind, int index) {

  /** Stable text form {@code ops/pagerduty/0}: the lane's name in the outbox and in metrics. */
  @Override
  public String toString() {
    return receiver + "/" + kind + "/" + index;
  }

  /** The channel's name as people write it: {@code PagerDuty}, {@code e-mail}. */
  public String channel() {
    return switch (kind) {
      case "alertmanager" -> "Alertmanager";
      case "discord" -> "Discord";
      case "email" -> "e-mail";
      case "github" -> "GitHub";
      case "gitlab" -> "GitLab";
      case "jira" -> "Jira";
      case "mattermost" -> "Mattermost";
      case "opsgenie" -> "Opsgenie";
      case "pagerduty" -> "PagerDuty";
      case "pushover" -> "Pushover";
      case "slack" -> "Slack";
      case "teams" -> "Teams";
      case "telegram" -> "Telegram";
      case "twilio", "sms" -> "text message";
      default -> kind;
    };
  }

  /** For people: {@code ops by PagerDuty}. */
  public String words() {
    return receiver + " by " + channel();
  }

  /** Reads the text form back; the receiver's own name may hold slashes. */
  public static Destination parse(String text) {
    int second = text.lastIndexOf('/');
    int first = text.lastIndexOf('/', second - 1);
    if (first < 1) {
      throw new IllegalArgumentException(
          "destination: found \"" + text + "\", expected receiver/kind/index");
    }
    return new Destination(
        text.substring(0, first),
        text.substring(first + 1, second),
        Integer.parseInt(text.substring(second + 1)));
  }
}
