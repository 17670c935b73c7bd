package io.tocsin.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.check.Cause;
import io.tocsin.check.Outcome;
import io.tocsin.settings.Section;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads a Spring Boot actuator's health: {@code status} UP, DOWN, OUT_OF_SERVICE or UNKNOWN, and
 * below it components, nested at will. UP is a success, UNKNOWN unknown, anything else a failure.
 *
 * @see <a href="https://docs.spring.io/spring-boot/api/rest/actuator/health.html">Spring Boot
 *     actuator, health</a>
 */
record SpringBootProbe(HttpTarget target) implements Probe {

  /** How it is written in a check: {@code spring_boot: {url, ...}}, see {@link HttpTarget#read}. */
  static final ProbeKind KIND = new ProbeKind("spring_boot", SpringBootProbe::read);

  private static final int NESTING_LIMIT = 8;

  private static SpringBootProbe read(Section section) {
    var probe = new SpringBootProbe(HttpTarget.read(section));
    section.done();
    return probe;
  }

  @Override
  public String host() {
    return target.host();
  }

  @Override
  public Future<Finding> ask(ProbeRun run) {
    return HealthDocument.ask(run, target, SpringBootProbe::judge);
  }

  private static Finding judge(JsonNode document) {
    String status = document.path("status").asText("");
    if (status.isEmpty()) {
      return Finding.failure("no health document: it has no \"status\"");
    }
    var parts = new ArrayList<HealthDocument.Part>();
    collect(document, "", parts, 0);
    String unhealthy = HealthDocument.unhealthy(parts);
    String said = "status " + status + (unhealthy.isEmpty() ? "" : ": " + unhealthy);
    Finding finding =
        switch (status) {
          case "UP" -> Finding.success(said);
          case "UNKNOWN" -> unknown(said);
          default -> Finding.failure(said);
        };
    return finding.withReadings(HealthDocument.readings(parts));
  }

  private static Finding unknown(String said) {
    return new Finding(
        Outcome.UNKNOWN,
        Optional.of(Cause.target(said)),
        said,
        Optional.empty(),
        OptionalInt.empty(),
        List.of());
  }

  private static void collect(
      JsonNode node, String prefix, List<HealthDocument.Part> parts, int depth) {
    if (depth == NESTING_LIMIT) {
      return;
    }
    for (var component : node.path("components").properties()) {
      String name = prefix + component.getKey();
      String status = component.getValue().path("status").asText("UNKNOWN");
      boolean healthy = status.equals("UP") || status.equals("UNKNOWN");
      parts.add(new HealthDocument.Part(name, healthy, status));
      collect(component.getValue(), name + ".", parts, depth + 1);
    }
  }
}
