package io.tocsin.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.settings.Section;
import io.vertx.core.Future;
import java.util.ArrayList;

/**
 * Reads a Dropwizard application's health checks: an object of names with {@code healthy} and an
 * optional {@code message}. A failure as soon as one is unhealthy.
 *
 * @see <a href="https://www.dropwizard.io/en/stable/manual/core.html#health-checks">Dropwizard
 *     health checks</a>
 */
record DropwizardProbe(HttpTarget target) implements Probe {

  /** How it is written in a check: {@code dropwizard: {url, ...}}, see {@link HttpTarget#read}. */
  static final ProbeKind KIND = new ProbeKind("dropwizard", DropwizardProbe::read);

  private static DropwizardProbe read(Section section) {
    var probe = new DropwizardProbe(HttpTarget.read(section));
    section.done();
    return probe;
  }

  @Override
  public String host() {
    return target.host();
  }

  @Override
  public Future<Finding> ask(ProbeRun run) {
    return HealthDocument.ask(run, target, DropwizardProbe::judge);
  }

  private static Finding judge(JsonNode document) {
    var parts = new ArrayList<HealthDocument.Part>();
    for (var check : document.properties()) {
      JsonNode healthy = check.getValue().path("healthy");
      if (!healthy.isBoolean()) {
        return Finding.failure("no health document: " + check.getKey() + " has no \"healthy\"");
      }
      String message = check.getValue().path("message").asText("unhealthy");
      parts.add(new HealthDocument.Part(check.getKey(), healthy.booleanValue(), message));
    }
    String unhealthy = HealthDocument.unhealthy(parts);
    Finding finding =
        unhealthy.isEmpty()
            ? Finding.success(parts.size() + " healthy")
            : Finding.failure("unhealthy: " + unhealthy);
    return finding.withReadings(HealthDocument.readings(parts));
  }
}
