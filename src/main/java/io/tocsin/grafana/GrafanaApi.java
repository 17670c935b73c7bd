package io.tocsin.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Grafana's HTTP API, as far as we need it. Blocks; every call ends within {@link #TIMEOUT}.
 *
 * @see <a href="https://grafana.com/docs/grafana/latest/developers/http_api/">HTTP API</a>
 */
final class GrafanaApi implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int LONGEST_COMPLAINT = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String base;
  private final String token;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  GrafanaApi(URI base, String token) {
    this.base = base.toString().replaceAll("/+$", "");
    this.token = token;
  }

  /**
   * What stands under a path; empty when nothing does.
   *
   * @throws GrafanaProblem for any other answer than 200 and 404
   */
  Optional<JsonNode> find(String path) throws GrafanaProblem {
    HttpResponse<String> answer = send(request(path).GET(), path);
    return answer.statusCode() == 404 ? Optional.empty() : Optional.of(read(answer, path));
  }

  /** Posts a document. */
  void post(String path, JsonNode body) throws GrafanaProblem {
    write("POST", path, body);
  }

  /** Puts a document. */
  void put(String path, JsonNode body) throws GrafanaProblem {
    write("PUT", path, body);
  }

  private void write(String method, String path, JsonNode body) throws GrafanaProblem {
    read(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body.toString())),
            path),
        path);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(TIMEOUT)
            .header("Accept", "application/json");
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String path)
      throws GrafanaProblem {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new GrafanaProblem("no Grafana at " + base, e);
    } catch (IOException e) {
      throw new GrafanaProblem(base + path + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GrafanaProblem("interrupted while waiting for " + base, e);
    }
  }

  private JsonNode read(HttpResponse<String> answer, String path) throws GrafanaProblem {
    if (answer.statusCode() / 100 != 2) {
      throw new GrafanaProblem(
          "%s%s: found status %d (%s), expected 200%s"
              .formatted(
                  base, path, answer.statusCode(), complaint(answer.body()), advice(answer)));
    }
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new GrafanaProblem(base + path + ": found no JSON, expected Grafana's answer", e);
    }
  }

  private static String advice(HttpResponse<String> answer) {
    return switch (answer.statusCode()) {
      case 401 -> "; is the token right?";
      case 403 -> "; the token's account needs the role Admin";
      default -> "";
    };
  }

  private static String complaint(String body) {
    String line = body.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_COMPLAINT ? line : line.substring(0, LONGEST_COMPLAINT) + "...";
  }

  @Override
  public void close() {
    client.close();
  }
}
