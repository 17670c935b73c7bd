package io.tocsin.probe;

import static io.tocsin.probe.ScrapeProtocol.OPEN_METRICS_TEXT_0_0_1;
import static io.tocsin.probe.ScrapeProtocol.OPEN_METRICS_TEXT_1_0_0;
import static io.tocsin.probe.ScrapeProtocol.PROMETHEUS_TEXT_0_0_4;
import static io.tocsin.probe.ScrapeProtocol.PROMETHEUS_TEXT_1_0_0;

import io.tocsin.ingest.Format;
import io.tocsin.ingest.MalformedInput;
import io.tocsin.settings.Section;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a target is asked for and how its answer is read, as in Prometheus 3.
 *
 * @param accepted the best first
 * @param fallback taken for an answer that does not say what it is, or says something else
 * @param escaping what becomes of names of other than the classic characters
 * @param legacyNames whether other names than the classic ones fail the scrape
 */
record ScrapeProtocols(
    List<ScrapeProtocol> accepted,
    Optional<ScrapeProtocol> fallback,
    String escaping,
    boolean legacyNames) {

  private static final String PROTOCOLS = "scrape_protocols";
  private static final String FALLBACK = "fallback_scrape_protocol";
  private static final String ESCAPING = "metric_name_escaping_scheme";
  private static final String ANY_TEXT = "allow-utf-8";
  private static final List<String> SCHEMES = List.of(ANY_TEXT, "underscores", "dots", "values");
  private static final List<ScrapeProtocol> USUAL =
      List.of(
          OPEN_METRICS_TEXT_1_0_0,
          OPEN_METRICS_TEXT_0_0_1,
          PROMETHEUS_TEXT_1_0_0,
          PROMETHEUS_TEXT_0_0_4);

  /** Names of the classic characters or any. */
  enum NameValidation {
    UTF8,
    LEGACY
  }

  /** The protocols at the top of the file, for jobs that name none. */
  static List<ScrapeProtocol> usual(Section root) {
    return root.has(PROTOCOLS) ? accepted(root) : USUAL;
  }

  /** Reads a job's keys. */
  static ScrapeProtocols read(Section job, List<ScrapeProtocol> usual) {
    boolean legacy =
        job.choice("metric_name_validation_scheme", NameValidation.class, NameValidation.UTF8)
            == NameValidation.LEGACY;
    String escaping = job.string(ESCAPING, legacy ? "underscores" : ANY_TEXT);
    if (!SCHEMES.contains(escaping)) {
      throw job.problem(ESCAPING, "one of " + String.join(", ", SCHEMES));
    }
    if (legacy && escaping.equals(ANY_TEXT)) {
      throw job.problem(ESCAPING, "another scheme where metric_name_validation_scheme is legacy");
    }
    return new ScrapeProtocols(
        job.has(PROTOCOLS) ? accepted(job) : usual,
        job.optional(FALLBACK).map(word -> protocol(job, FALLBACK, word)),
        escaping,
        legacy);
  }

  private static List<ScrapeProtocol> accepted(Section section) {
    var accepted = new LinkedHashSet<ScrapeProtocol>();
    for (String word : section.strings(PROTOCOLS)) {
      if (!accepted.add(protocol(section, PROTOCOLS, word))) {
        throw section.problem(PROTOCOLS, word + " twice", "each protocol once");
      }
    }
    if (accepted.isEmpty()) {
      throw section.problem(PROTOCOLS, "nothing", "at least one protocol");
    }
    return List.copyOf(accepted);
  }

  private static ScrapeProtocol protocol(Section section, String key, String word) {
    return ScrapeProtocol.named(word)
        .orElseThrow(
            () ->
                section.problem(
                    key,
                    "\"" + word + "\"",
                    Arrays.stream(ScrapeProtocol.values())
                        .map(ScrapeProtocol::word)
                        .collect(Collectors.joining(", ", "one of ", ""))));
  }

  /** The header Accept: the protocols in their order, then anything. */
  String accept() {
    var header = new StringBuilder();
    int weight = ScrapeProtocol.values().length + 1;
    for (ScrapeProtocol protocol : accepted) {
      header.append(protocol.mediaType(escaping)).append(";q=0.").append(weight--).append(',');
    }
    return header.append("*/*;q=0.").append(weight).toString();
  }

  /**
   * How an answer is read.
   *
   * @param mediaType as the target gives it; may be empty
   * @throws MalformedInput when it is none that we know and there is no fallback
   */
  Format format(String mediaType) {
    return Format.expositionNamed(mediaType)
        .or(() -> fallback.map(ScrapeProtocol::format))
        .orElseThrow(
            () ->
                new MalformedInput(
                    mediaType.isBlank()
                        ? "non-compliant scrape target sending blank Content-Type and no "
                            + FALLBACK
                            + " specified for target"
                        : "received unsupported Content-Type \""
                            + mediaType
                            + "\" and no "
                            + FALLBACK
                            + " specified for target"));
  }
}
