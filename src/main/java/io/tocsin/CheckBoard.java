package io.tocsin;

import io.tocsin.alert.Severity;
import io.tocsin.check.CheckEvents;
import io.tocsin.check.CheckObservation;
import io.tocsin.check.CheckState;
import io.tocsin.check.Verdict;
import io.tocsin.probe.Check;
import io.tocsin.probe.CheckTimings;
import io.tocsin.probe.Probes;
import io.tocsin.slo.DayState;
import io.tocsin.slo.UptimeLedger;
import io.tocsin.slo.UptimeSubject;
import io.tocsin.statuspage.ComponentState;
import io.tocsin.web.CheckRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Every check as it stands, for the console, the status page and the uptime accounts. */
final class CheckBoard implements CheckEvents {

  private final Map<String, CheckObservation> latest = new ConcurrentHashMap<>();
  private final Map<String, Verdict> worst = new ConcurrentHashMap<>();
  private final UptimeLedger uptime;
  private final Function<String, Boolean> inMaintenance;
  private volatile Map<String, Check> checks = Map.of();
  private volatile Set<String> paused = Set.of();
  private volatile Map<String, List<Check>> byComponent = Map.of();
  private volatile Function<String, Optional<CheckState>> states = name -> Optional.empty();
  private volatile Function<String, Optional<CheckTimings.Quantiles>> timings =
      name -> Optional.empty();

  /**
   * A board.
   *
   * @param inMaintenance whether a component is under planned maintenance now; never blocks
   */
  CheckBoard(UptimeLedger uptime, Function<String, Boolean> inMaintenance) {
    this.uptime = uptime;
    this.inMaintenance = inMaintenance;
  }

  /**
   * Takes over the checks as configured and where their states are found.
   *
   * @param resting names of checks that do not run: nothing is known of them
   */
  void configure(List<Check> configured, Set<String> resting, Probes probes) {
    configure(configured, resting, probes::state, probes::timings);
  }

  /** The same where another node checks: of its runs only the states are known. */
  void follow(
      List<Check> configured, Set<String> resting, Function<String, Optional<CheckState>> stored) {
    configure(configured, resting, stored, name -> Optional.empty());
  }

  private void configure(
      List<Check> configured,
      Set<String> resting,
      Function<String, Optional<CheckState>> knownStates,
      Function<String, Optional<CheckTimings.Quantiles>> knownTimings) {
    var named = new TreeMap<String, Check>();
    var components = new TreeMap<String, List<Check>>();
    for (Check check : configured) {
      named.put(check.policy().name(), check);
      components.computeIfAbsent(check.policy().component(), name -> new ArrayList<>()).add(check);
    }
    checks = Map.copyOf(named);
    byComponent = Map.copyOf(components);
    states = knownStates;
    timings = knownTimings;
    paused = Set.copyOf(resting);
    latest.keySet().retainAll(named.keySet());
    latest.keySet().removeAll(resting);
    worst.clear();
  }

  /** By name, as configured. */
  Map<String, Check> configured() {
    return checks;
  }

  /**
   * Opens the accounts of all checks and components; those of checks that rest go on as unknown.
   * Blocks.
   */
  void open(Instant now) {
    uptime.begin(
        Stream.concat(
                checks.keySet().stream().map(UptimeSubject::check),
                byComponent.keySet().stream().map(UptimeSubject::component))
            .toList(),
        now);
    for (String name : paused) {
      Check check = checks.get(name);
      if (check != null) {
        account(name, check.policy().component(), Verdict.UNKNOWN, now);
      }
    }
  }

  /** The severity a check's configuration names, {@code ""} when none. */
  String severity(String check) {
    Check configured = checks.get(check);
    return configured == null ? "" : configured.policy().severity();
  }

  @Override
  public void observed(CheckObservation observation) {
    String name = observation.result().check();
    CheckObservation before = latest.put(name, observation);
    Check check = checks.get(name);
    if (check != null) {
      String component = check.policy().component();
      if (before == null || before.after() != observation.after()) {
        worst.put(component, worstNow(component));
      }
      account(name, component, observation.after(), observation.result().at());
    }
  }

  private void account(String name, String component, Verdict verdict, Instant at) {
    boolean planned = inMaintenance.apply(component);
    uptime.enter(UptimeSubject.check(name), planned ? DayState.MAINTENANCE : day(verdict), at);
    uptime.enter(
        UptimeSubject.component(component),
        planned ? DayState.MAINTENANCE : day(worst(component)),
        at);
  }

  private static DayState day(Verdict verdict) {
    return switch (verdict) {
      case UP -> DayState.UP;
      case DEGRADED -> DayState.DEGRADED;
      case DOWN -> DayState.DOWN;
      case UNKNOWN -> DayState.UNKNOWN;
    };
  }

  private Verdict worst(String component) {
    return worst.computeIfAbsent(component, this::worstNow);
  }

  /** The worst that is known of a component; unknown only when nothing is known. */
  private Verdict worstNow(String component) {
    return byComponent.getOrDefault(component, List.of()).stream()
        .map(check -> verdict(check.policy().name()))
        .max(Comparator.comparingInt(CheckBoard::badness))
        .orElse(Verdict.UNKNOWN);
  }

  private static int badness(Verdict verdict) {
    return switch (verdict) {
      case UNKNOWN -> 0;
      case UP -> 1;
      case DEGRADED -> 2;
      case DOWN -> 3;
    };
  }

  private Verdict verdict(String check) {
    if (paused.contains(check)) {
      return Verdict.UNKNOWN;
    }
    CheckObservation seen = latest.get(check);
    return seen != null
        ? seen.after()
        : states.apply(check).map(CheckState::verdict).orElse(Verdict.UNKNOWN);
  }

  /** Names of a component's checks. */
  List<String> checksOf(String component) {
    return byComponent.getOrDefault(component, List.of()).stream()
        .map(check -> check.policy().name())
        .toList();
  }

  /** What the checks say of each component. */
  Map<String, ComponentState> components() {
    var found = new TreeMap<String, ComponentState>();
    for (String component : byComponent.keySet()) {
      found.put(
          component,
          switch (worst(component)) {
            case UP -> ComponentState.OPERATIONAL;
            case DEGRADED -> ComponentState.DEGRADED_PERFORMANCE;
            case DOWN -> outage(component);
            case UNKNOWN -> ComponentState.UNKNOWN;
          });
    }
    return found;
  }

  /** Major when nothing of it answers and that is CRITICAL, as for its incident; else partial. */
  private ComponentState outage(String component) {
    boolean major =
        byComponent.getOrDefault(component, List.of()).stream()
            .map(Check::policy)
            .allMatch(
                policy ->
                    verdict(policy.name()) == Verdict.DOWN
                        && Severity.fromLabel(policy.severity()) == Severity.CRITICAL);
    return major ? ComponentState.MAJOR_OUTAGE : ComponentState.PARTIAL_OUTAGE;
  }

  /** Rows of the console, by name, without latencies. */
  Supplier<List<CheckRow>> rows() {
    return () ->
        checks.values().stream()
            .sorted(Comparator.comparing(check -> check.policy().name()))
            .map(this::row)
            .toList();
  }

  private CheckRow row(Check check) {
    String name = check.policy().name();
    Optional<CheckState> state = states.apply(name);
    Optional<CheckObservation> seen = Optional.ofNullable(latest.get(name));
    return new CheckRow(
        name,
        check.policy().component(),
        check.kind(),
        verdict(name),
        cause(state, seen),
        state.map(CheckState::since).orElse(Instant.EPOCH),
        seen.map(observation -> observation.result().at()),
        Optional.empty(),
        seen.flatMap(observation -> observation.result().tlsExpiry()),
        paused.contains(name));
  }

  /** How long a check's runs took lately; sorts them, so ask only for what is shown. */
  Optional<CheckRow.Latency> latency(String name) {
    return timings
        .apply(name)
        .map(q -> new CheckRow.Latency(q.p50() * 1e3, q.p95() * 1e3, q.p99() * 1e3));
  }

  private static String cause(Optional<CheckState> state, Optional<CheckObservation> seen) {
    return state
        .flatMap(CheckState::cause)
        .map(cause -> cause.reason())
        .orElseGet(() -> seen.map(observation -> observation.result().detail()).orElse(""));
  }
}
