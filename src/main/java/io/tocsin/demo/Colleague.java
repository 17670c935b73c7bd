package io.tocsin.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A simulated colleague: takes what no visitor has taken for a minute. */
final class Colleague {

  private static final Logger log = LoggerFactory.getLogger(Colleague.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient http;
  private final URI incidents;
  private final InstantSource clock;

  Colleague(HttpClient http, URI console, InstantSource clock) {
    this.http = http;
    this.incidents = console.resolve("/api/v1/incidents/");
    this.clock = clock;
  }

  /** Looks once. */
  void look() throws InterruptedException {
    try {
      String open =
          send(HttpRequest.newBuilder(incidents.resolve("../incidents?state=open")).GET());
      for (JsonNode incident : JSON.readTree(open).path("incidents")) {
        if (!incident.has("acknowledged_at") && old(incident.path("opened_at").asText())) {
          send(
              HttpRequest.newBuilder(
                      incidents.resolve(incident.path("id").asText() + "/acknowledge"))
                  .POST(HttpRequest.BodyPublishers.noBody()));
        }
      }
    } catch (IOException e) {
      log.debug("demo: the console does not answer: {}", e.getMessage());
    }
  }

  private boolean old(String openedAt) {
    return Instant.parse(openedAt).plus(PATIENCE).isBefore(clock.instant());
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString()).body();
  }
}
