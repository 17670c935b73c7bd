package io.tocsin.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.settings.Section;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Issues at GitHub.
 *
 * @see <a href="https://docs.github.com/en/rest/issues/issues">REST API, issues</a>
 */
final class GitHubTracker implements IssueTracker {

  private final HttpExchange exchange;
  private final String issues;
  private final Map<String, String> headers;
  private final List<String> labels;

  private GitHubTracker(HttpExchange exchange, String issues, String token, List<String> labels) {
    this.exchange = exchange;
    this.issues = issues;
    this.headers =
        Map.of(
            "Authorization", "Bearer " + token,
            "Accept", "application/vnd.github+json",
            "X-GitHub-Api-Version", "2022-11-28");
    this.labels = labels;
  }

  /** Reads {@code github: {repository, token, labels, url, title, text, timeout}}. */
  static IssueChannel read(Section section, Outside outside) {
    URI url = Notification.url(section, "https://api.github.com");
    String repository = section.string("repository");
    if (!repository.matches("[\\w.-]+/[\\w.-]+")) {
      throw section.problem("repository", "owner/name");
    }
    String token = section.string("token");
    List<String> labels = section.strings("labels");
    Duration timeout = section.duration("timeout", Duration.ofSeconds(10));
    Wording words = Wording.read(section, outside);
    section.done();
    var tracker =
        new GitHubTracker(
            new HttpExchange(outside.vertx(), timeout, outside.clock()),
            url + "/repos/" + repository + "/issues",
            token,
            labels);
    return new IssueChannel(tracker, words, outside);
  }

  @Override
  public Answer open(String title, String text) {
    ObjectNode body = Notification.JSON.createObjectNode().put("title", title).put("body", text);
    var names = body.putArray("labels");
    labels.forEach(names::add);
    return call(HttpMethod.POST, "", body);
  }

  @Override
  public String name(Answer opened) {
    return opened.json().path("number").asText();
  }

  @Override
  public Answer comment(String issue, String text) {
    return call(
        HttpMethod.POST,
        "/" + issue + "/comments",
        Notification.JSON.createObjectNode().put("body", text));
  }

  @Override
  public Answer close(String issue) {
    return call(
        HttpMethod.PATCH,
        "/" + issue,
        Notification.JSON
            .createObjectNode()
            .put("state", "closed")
            .put("state_reason", "completed"));
  }

  @Override
  public Answer reopen(String issue) {
    return call(
        HttpMethod.PATCH, "/" + issue, Notification.JSON.createObjectNode().put("state", "open"));
  }

  /** A 403 with a wait is GitHub's secondary rate limit. */
  private Answer call(HttpMethod method, String path, ObjectNode body) {
    Answer answer =
        exchange.call(method, URI.create(issues + path), headers, Notification.bytes(body));
    boolean limited = answer.status() == 403 && answer.retryAfter().isPresent();
    return limited ? new Answer(429, answer.body(), answer.retryAfter()) : answer;
  }
}
