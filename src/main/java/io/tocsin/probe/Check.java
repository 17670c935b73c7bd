package io.tocsin.probe;

import io.tocsin.access.OutboundGuard;
import io.tocsin.check.CheckPolicy;
import io.tocsin.check.CheckTracker;
import io.tocsin.settings.Section;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Something watched: how to ask, and how to judge the answers.
 *
 * @param policy name, component, interval and thresholds
 * @param kind the probe's kind as the configuration names it
 * @param probe how to ask
 * @param outbound judges where the probe may connect, for checks that were not written by the
 *     operator
 */
public record Check(
    CheckPolicy policy, String kind, Probe probe, Optional<OutboundGuard> outbound) {

  /** The shortest interval, so that what is kept for each check is bounded. */
  static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

  /**
   * The checks under the key {@code checks} of a file. Each has {@code name, component, interval,
   * timeout, down_after, up_after, depends_on, severity, guard} and exactly one kind of probe.
   * {@code check_guard} beside {@code checks} names the guard of all that name none; {@code guard:
   * none} does without.
   */
  public static List<Check> readAll(Section root) {
    Optional<String> guard = root.optional("check_guard");
    var sections = new LinkedHashMap<String, Section>();
    var checks = new ArrayList<Check>();
    for (Section section : root.sections("checks")) {
      Check check = read(section, guard, Optional.empty());
      String name = check.policy().name();
      Section first = sections.putIfAbsent(name, section);
      if (first != null) {
        throw section.problem(
            "name", "\"" + name + "\" again", "a name not used at " + first.place());
      }
      checks.add(check);
    }
    checks.forEach(check -> neighbours(check.policy(), sections, root));
    try {
      new CheckTracker(checks.stream().map(Check::policy).toList(), List.of(), Instant.EPOCH);
    } catch (IllegalArgumentException e) {
      throw root.problem("checks", String.valueOf(e.getMessage()), "checks that fit together");
    }
    return List.copyOf(checks);
  }

  private static void neighbours(CheckPolicy policy, Map<String, Section> sections, Section root) {
    Section own = sections.getOrDefault(policy.name(), root);
    for (String name : policy.dependsOn()) {
      if (name.equals(policy.name()) || !sections.containsKey(name)) {
        throw own.problem("depends_on", "\"" + name + "\"", "names of other checks");
      }
    }
    policy
        .guard()
        .filter(name -> !sections.containsKey(name))
        .ifPresent(
            name -> {
              Section place = own.has("guard") ? own : root;
              String key = own.has("guard") ? "guard" : "check_guard";
              throw place.problem(key, "\"" + name + "\"", "the name of a check");
            });
  }

  /**
   * One check.
   *
   * @param otherwiseGuarded the guard when it names none
   * @param outbound where it may connect; empty for everywhere
   */
  public static Check read(
      Section section, Optional<String> otherwiseGuarded, Optional<OutboundGuard> outbound) {
    ProbeKind kind = kind(section);
    Probe probe = kind.reader().apply(section.section(kind.key()).orElseThrow());
    boolean heartbeat = probe instanceof HeartbeatProbe;
    String name = section.string("name");
    Duration interval = section.duration("interval", Duration.ofSeconds(30));
    Duration ordinary = Duration.ofSeconds(5);
    if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
      throw section.problem("interval", "at least 100ms");
    }
    try {
      var policy =
          new CheckPolicy(
              name,
              section.string("component", name),
              interval,
              section.duration("timeout", interval.compareTo(ordinary) < 0 ? interval : ordinary),
              section.integer("down_after", heartbeat ? 1 : 3),
              section.integer("up_after", heartbeat ? 1 : 2),
              section.strings("depends_on"),
              section.string("severity", ""),
              guard(section, name, otherwiseGuarded));
      section.done();
      return new Check(policy, kind.key(), probe, outbound);
    } catch (CheckPolicy.Invalid e) {
      throw section.problem(e.field(), e.expected());
    }
  }

  /**
   * One check that somebody asked for over the API. It may go where its guard lets it only, so
   * kinds that find their own way, and files of ours, are refused.
   */
  public static Check readAsked(Section section, OutboundGuard outbound) {
    if (section.has("sql")) {
      throw section.problem("sql", "a mapping", "a kind that may be asked for over the API");
    }
    for (ProbeKind kind : ProbeKinds.ALL) {
      if (section.isSection(kind.key())
          && section.section(kind.key()).filter(Check::namesFile).isPresent()) {
        throw section.problem(kind.key(), "ca_file", "no files of the server over the API");
      }
    }
    return read(section, Optional.empty(), Optional.of(outbound));
  }

  private static boolean namesFile(Section probe) {
    return probe.has("ca_file")
        || (probe.isSection("tls")
            && probe.section("tls").filter(tls -> tls.has("ca_file")).isPresent());
  }

  private static Optional<String> guard(Section section, String name, Optional<String> otherwise) {
    return section
        .optional("guard")
        .or(() -> otherwise)
        .filter(guard -> !guard.equals(name) && !guard.equals("none"));
  }

  private static ProbeKind kind(Section section) {
    List<ProbeKind> found =
        ProbeKinds.ALL.stream().filter(kind -> section.has(kind.key())).toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    String all = ProbeKinds.ALL.stream().map(ProbeKind::key).collect(Collectors.joining(", "));
    throw section.problem(
        found.isEmpty() ? "name" : found.get(1).key(),
        found.isEmpty() ? "no probe" : "a second probe",
        "exactly one of " + all);
  }
}
