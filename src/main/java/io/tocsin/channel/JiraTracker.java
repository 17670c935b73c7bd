package io.tocsin.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.settings.Section;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Issues in Jira, Cloud (e-mail and API token) or Data Center (personal access token).
 *
 * @see <a href="https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issues/">REST
 *     API v2, issues</a>
 */
final class JiraTracker implements IssueTracker {

  private final HttpExchange exchange;
  private final String base;
  private final Map<String, String> headers;
  private final Fields fields;

  /** What new issues are and which transitions close and reopen them. */
  private record Fields(
      String project, String type, List<String> labels, String resolve, String reopen) {}

  private JiraTracker(HttpExchange exchange, String base, String login, Fields fields) {
    this.exchange = exchange;
    this.base = base;
    this.headers = Map.of("Authorization", login, "Accept", "application/json");
    this.fields = fields;
  }

  /**
   * Reads {@code jira: {url, project, issue_type, labels, user, token, resolve_transition,
   * reopen_transition, title, text, timeout}}.
   */
  static IssueChannel read(Section section, Outside outside) {
    URI url = Notification.url(section, "");
    var fields =
        new Fields(
            section.string("project"),
            section.string("issue_type", "Bug"),
            labels(section),
            section.string("resolve_transition", "Done"),
            section.string("reopen_transition", "To Do"));
    String token = section.string("token");
    String login =
        section
            .optional("user")
            .map(user -> "Basic " + base64(user + ":" + token))
            .orElse("Bearer " + token);
    Duration timeout = section.duration("timeout", Duration.ofSeconds(10));
    Wording words = Wording.read(section, outside);
    section.done();
    var exchange = new HttpExchange(outside.vertx(), timeout, outside.clock());
    return new IssueChannel(
        new JiraTracker(exchange, url + "/rest/api/2/issue", login, fields), words, outside);
  }

  /** Jira refuses the whole issue for a label with a space or with more than 255 characters. */
  private static List<String> labels(Section section) {
    List<String> labels = section.strings("labels");
    for (String label : labels) {
      if (!label.matches("\\S{1,255}")) {
        throw section.problem("labels", label, "labels of 1 to 255 characters without spaces");
      }
    }
    return labels;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Answer open(String title, String text) {
    ObjectNode body = Notification.JSON.createObjectNode();
    ObjectNode issue = body.putObject("fields");
    issue.putObject("project").put("key", fields.project);
    issue.putObject("issuetype").put("name", fields.type);
    issue.put("summary", title);
    issue.put("description", text);
    if (!fields.labels.isEmpty()) {
      var labels = issue.putArray("labels");
      fields.labels.forEach(labels::add);
    }
    return call(HttpMethod.POST, "", body);
  }

  @Override
  public String name(Answer opened) {
    return opened.json().path("key").asText();
  }

  @Override
  public Answer comment(String issue, String text) {
    return call(
        HttpMethod.POST,
        "/" + issue + "/comment",
        Notification.JSON.createObjectNode().put("body", text));
  }

  @Override
  public Answer close(String issue) {
    return move(issue, fields.resolve);
  }

  @Override
  public Answer reopen(String issue) {
    return move(issue, fields.reopen);
  }

  /** Transitions have ids of their own in each workflow; people know them by name. */
  private Answer move(String issue, String transition) {
    String place = "/" + issue + "/transitions";
    Answer known = exchange.call(HttpMethod.GET, URI.create(base + place), headers, new byte[0]);
    if (!known.ok()) {
      return known;
    }
    Optional<String> id = Optional.empty();
    for (JsonNode each : known.json().path("transitions")) {
      boolean named =
          each.path("name").asText().equalsIgnoreCase(transition)
              || each.at("/to/name").asText().equalsIgnoreCase(transition);
      id = named ? Optional.of(each.path("id").asText()) : id;
    }
    if (id.isEmpty()) {
      return new Answer(200, "no transition \"" + transition + "\" from here", Optional.empty());
    }
    ObjectNode body = Notification.JSON.createObjectNode();
    body.putObject("transition").put("id", id.get());
    return call(HttpMethod.POST, place, body);
  }

  private Answer call(HttpMethod method, String path, ObjectNode body) {
    return exchange.call(method, URI.create(base + path), headers, Notification.bytes(body));
  }
}
