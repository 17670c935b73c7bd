package io.tocsin.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.settings.Section;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Issues at GitLab.
 *
 * @see <a href="https://docs.gitlab.com/api/issues/">Issues API</a>
 */
final class GitLabTracker implements IssueTracker {

  private final HttpExchange exchange;
  private final String issues;
  private final Map<String, String> headers;
  private final String labels;

  private GitLabTracker(HttpExchange exchange, String issues, String token, String labels) {
    this.exchange = exchange;
    this.issues = issues;
    this.headers = Map.of("PRIVATE-TOKEN", token);
    this.labels = labels;
  }

  /** Reads {@code gitlab: {project, token, labels, url, title, text, timeout}}. */
  static IssueChannel read(Section section, Outside outside) {
    URI url = Notification.url(section, "https://gitlab.com");
    String project = section.string("project");
    String token = section.string("token");
    List<String> labels = section.strings("labels");
    Duration timeout = section.duration("timeout", Duration.ofSeconds(10));
    Wording words = Wording.read(section, outside);
    section.done();
    var tracker =
        new GitLabTracker(
            new HttpExchange(outside.vertx(), timeout, outside.clock()),
            url
                + "/api/v4/projects/"
                + URLEncoder.encode(project, StandardCharsets.UTF_8)
                + "/issues",
            token,
            String.join(",", labels));
    return new IssueChannel(tracker, words, outside);
  }

  @Override
  public Answer open(String title, String text) {
    return call(
        HttpMethod.POST,
        "",
        Notification.JSON
            .createObjectNode()
            .put("title", title)
            .put("description", text)
            .put("labels", labels));
  }

  @Override
  public String name(Answer opened) {
    return opened.json().path("iid").asText();
  }

  @Override
  public Answer comment(String issue, String text) {
    return call(
        HttpMethod.POST,
        "/" + issue + "/notes",
        Notification.JSON.createObjectNode().put("body", text));
  }

  @Override
  public Answer close(String issue) {
    return state(issue, "close");
  }

  @Override
  public Answer reopen(String issue) {
    return state(issue, "reopen");
  }

  private Answer state(String issue, String event) {
    return call(
        HttpMethod.PUT,
        "/" + issue,
        Notification.JSON.createObjectNode().put("state_event", event));
  }

  private Answer call(HttpMethod method, String path, ObjectNode body) {
    return exchange.call(method, URI.create(issues + path), headers, Notification.bytes(body));
  }
}
