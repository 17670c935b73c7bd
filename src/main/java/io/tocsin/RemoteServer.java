package io.tocsin;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The running service that a command talks to. */
final class RemoteServer {

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:9110",
      description = "Operations listener of the service (default ${DEFAULT-VALUE}).")
  private String server = "";

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      defaultValue = "${env:TOCSIN_TOKEN}",
      description =
          "Token with the scope read, or respond to act (default: the variable TOCSIN_TOKEN).")
  private @Nullable String token;

  /**
   * The body of an answer with status 200.
   *
   * @throws IOException saying what the service answered otherwise
   */
  String get(String pathAndQuery) throws IOException {
    return send(request(pathAndQuery, Duration.ofSeconds(60)));
  }

  /**
   * The body of an answer with status 200 to a JSON document, which may take minutes.
   *
   * @throws IOException saying what the service answered otherwise
   */
  String post(String path, String json) throws IOException {
    return send(
        request(path, Duration.ofMinutes(5))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String pathAndQuery, Duration timeout) {
    return HttpRequest.newBuilder(URI.create(server.replaceAll("/+$", "") + pathAndQuery))
        .timeout(timeout);
  }

  private String send(HttpRequest.Builder request) throws IOException {
    if (token != null && !token.isEmpty() && !token.startsWith("${")) {
      request.header("Authorization", "Bearer " + token);
    }
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build()) {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        return answer.body();
      }
      throw new IOException(
          server + " answered " + answer.statusCode() + ": " + answer.body().strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + server, e);
    } catch (ConnectException e) {
      throw new IOException("no service at " + server, e);
    }
  }
}
