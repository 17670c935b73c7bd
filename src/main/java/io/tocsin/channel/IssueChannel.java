package io.tocsin.channel;

import io.tocsin.notify.Channel;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One issue per incident: opened, commented on, closed, reopened. */
final class IssueChannel implements Channel {

  private static final int MOST_TITLE = 250;

  /** Jira takes 32,767 of a description and of a comment, the others more. */
  private static final int MOST_TEXT = 30_000;

  private static final int MOST_ALERTS = 50;

  private final IssueTracker tracker;
  private final Wording words;
  private final Outside outside;

  IssueChannel(IssueTracker tracker, Wording words, Outside outside) {
    this.tracker = tracker;
    this.words = words;
    this.outside = outside;
  }

  @Override
  public CompletionStage<SendResult> send(Message message) {
    return Script.run(() -> tell(message));
  }

  @Override
  public String preview(Message message) {
    return words.title(message) + "\n\n" + description(message);
  }

  IssueTracker tracker() {
    return tracker;
  }

  private SendResult tell(Message message) {
    Optional<String> issue = outside.threads().find(message.destination(), message.dedupKey());
    if (issue.isEmpty()) {
      Answer opened = tracker.open(title(message), description(message));
      String name = opened.ok() ? tracker.name(opened) : "";
      if (!name.isEmpty()) {
        outside.threads().save(message.destination(), message.dedupKey(), name);
      }
      if (!name.isEmpty() && !message.incident().open()) {
        return tracker.close(name).result();
      }
      return opened.result();
    }
    return further(message, issue.get());
  }

  private SendResult further(Message message, String issue) {
    return switch (message.transition().kind()) {
      case REPEAT -> new SendResult.Delivered("nothing new for issue " + issue);
      case RESOLVED -> then(comment(message, issue), tracker.close(issue));
      case REOPENED -> then(tracker.reopen(issue), comment(message, issue));
      case OPENED,
          ALERTS_CHANGED,
          SEVERITY,
          ACKNOWLEDGED,
          UNACKNOWLEDGED,
          ESCALATED,
          UPDATE,
          NOTE,
          REMINDER,
          CLOCK ->
          comment(message, issue).result();
    };
  }

  private Answer comment(Message message, String issue) {
    return tracker.comment(issue, Cut.text(words.text(message), MOST_TEXT));
  }

  private static SendResult then(Answer first, Answer second) {
    return first.ok() ? second.result() : first.result();
  }

  /** One line: Jira refuses a summary with a line break. */
  private String title(Message message) {
    return Cut.text(words.title(message).replaceAll("\\s+", " ").strip(), MOST_TITLE);
  }

  private String description(Message message) {
    var text = new StringBuilder(words.text(message)).append("\n\n");
    Notification.facts(message)
        .forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    text.append('\n');
    Notification.lines(message.incident(), MOST_ALERTS)
        .forEach(line -> text.append("- ").append(line).append('\n'));
    return Cut.keeping(text.toString(), "\n" + outside.link(message) + "\n", MOST_TEXT);
  }
}
