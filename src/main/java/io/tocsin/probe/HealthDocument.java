package io.tocsin.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.label.Labels;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The JSON document in which a service lists its own health checks. */
final class HealthDocument {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Parts of one service that are told apart; further ones are not read. */
  private static final int PART_LIMIT = 200;

  /**
   * One named part of a service.
   *
   * @param name dotted when parts are nested
   * @param status as the service puts it
   */
  record Part(String name, boolean healthy, String status) {}

  private HealthDocument() {}

  /** Fetches the document, whatever its HTTP status, and has it judged. */
  static Future<Finding> ask(ProbeRun run, HttpTarget target, Function<JsonNode, Finding> judge) {
    return HttpExchange.send(run, target.request())
        .compose(
            answer ->
                run.outside().offLoop(() -> target.weigh(run, answer, finding(answer, judge))));
  }

  private static Finding finding(HttpExchange.Answer answer, Function<JsonNode, Finding> judge) {
    if (answer.cut()) {
      return Finding.failure("body: found more than 1 MiB");
    }
    try {
      JsonNode document = JSON.readTree(answer.body().getBytes());
      if (document.isObject()) {
        return judge.apply(document);
      }
    } catch (JsonProcessingException e) {
      return notHealth(answer);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return notHealth(answer);
  }

  private static Finding notHealth(HttpExchange.Answer answer) {
    return Finding.failure("status " + answer.status() + " and no health document");
  }

  /** Each part as a sample {@code probe_health_check{name}}: 1 healthy, 0 not. */
  static List<Reading> readings(List<Part> parts) {
    return parts.stream()
        .limit(PART_LIMIT)
        .map(
            part ->
                new Reading(
                    "probe_health_check", Labels.of("name", part.name()), part.healthy() ? 1 : 0))
        .toList();
  }

  /** The parts that are not well, such as {@code database (DOWN), cache (DOWN)}. */
  static String unhealthy(List<Part> parts) {
    var names = new ArrayList<String>();
    for (Part part : parts) {
      if (!part.healthy()) {
        names.add(part.name() + " (" + part.status() + ")");
      }
    }
    return String.join(", ", names);
  }
}
