package io.tocsin.probe;

import io.tocsin.settings.Section;

/**
 * How much may be under way at once. Each event loop gets an equal share. A run that finds no place
 * waits; when its next time comes and it still waits, its check becomes unknown by our own fault.
 *
 * @param loops event loops that probe
 * @param inFlight runs under way together
 * @param perHost runs under way together to one host
 */
public record ProbeLimits(int loops, int inFlight, int perHost) {

  public static final ProbeLimits DEFAULT = new ProbeLimits(2, 8192, 1024);

  /** Read from {@code probes: {loops, max_in_flight, max_in_flight_per_host}}. */
  public static ProbeLimits read(Section root) {
    return root.section("probes")
        .map(
            section -> {
              var limits =
                  new ProbeLimits(
                      positive(section, "loops", DEFAULT.loops()),
                      positive(section, "max_in_flight", DEFAULT.inFlight()),
                      positive(section, "max_in_flight_per_host", DEFAULT.perHost()));
              section.done();
              return limits;
            })
        .orElse(DEFAULT);
  }

  private static int positive(Section section, String key, int otherwise) {
    int value = section.integer(key, otherwise);
    if (value < 1) {
      throw section.problem(key, "at least 1");
    }
    return value;
  }

  int inFlightEach() {
    return Math.max(1, inFlight / loops);
  }

  int perHostEach() {
    return Math.max(1, perHost / loops);
  }
}
