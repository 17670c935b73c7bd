package io.tocsin.incident;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertKey;
import io.tocsin.alert.Severity;
import io.tocsin.incident.IncidentCommands.Answer;
import io.tocsin.label.Labels;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One incident becomes two: the chosen alerts leave for a new one, with its own number, key and
 * clocks; both name each other. An alert that left and comes back goes to where it left for.
 */
final class Split {

  private static final String LABEL = "split";

  private final Recorder recorder;
  private final Incident incident;
  private final Actor actor;
  private final Instant now;

  Split(Recorder recorder, Incident incident, Actor actor, Instant now) {
    this.recorder = recorder;
    this.incident = incident;
    this.actor = actor;
    this.now = now;
  }

  /** Whether a group is one that was split off. */
  static boolean is(GroupKey group) {
    return group.values().has(LABEL);
  }

  /** Whether people took one apart from the other: nobody need be told that they are alike. */
  static boolean apart(GroupKey one, GroupKey other) {
    return (is(one) || is(other))
        && one.route().equals(other.route())
        && whole(one).equals(whole(other));
  }

  private static Map<String, String> whole(GroupKey group) {
    var values = new TreeMap<>(group.values().toMap());
    values.remove(LABEL);
    return values;
  }

  /** The group of the incident that an alert left for, open or ended lately, the newest first. */
  static Optional<GroupKey> home(AlertKey alert, List<Incident> splits) {
    return splits.stream()
        .filter(split -> split.alerts().stream().anyMatch(one -> one.key().equals(alert)))
        .max(Comparator.comparing(Incident::number))
        .map(Incident::group);
  }

  /** The new incident, or why there is none. The old one must be open. */
  Answer carryOut(Desk desk, IncidentCommand.Split command) {
    Set<String> wanted = new LinkedHashSet<>(command.fingerprints());
    List<Alert> leaving =
        incident.alerts().stream()
            .filter(alert -> wanted.contains(alert.key().fingerprint()))
            .toList();
    Set<String> found = new HashSet<>();
    leaving.forEach(alert -> found.add(alert.key().fingerprint()));
    Optional<String> strange = wanted.stream().filter(one -> !found.contains(one)).findFirst();
    if (strange.isPresent()) {
      return new Answer.Invalid("alerts", strange.get(), "fingerprints of this incident's alerts");
    }
    if (leaving.isEmpty()) {
      return new Answer.Invalid("alerts", "none", "at least one of this incident's alerts");
    }
    if (leaving.size() == incident.alerts().size()) {
      return new Answer.Invalid(
          "alerts", "all of them", "not all: at least one alert must stay where it is");
    }
    if (leaving.stream().noneMatch(Alert::active)) {
      return new Answer.Invalid("alerts", "only ended ones", "at least one that fires");
    }
    return new Answer.Done(open(desk, command, leaving));
  }

  private Incident open(Desk desk, IncidentCommand.Split command, List<Alert> leaving) {
    long number = recorder.incidents().lastNumber() + 1;
    var group =
        new GroupKey(
            incident.group().route(), with(incident.group().values(), Long.toString(number)));
    Incident fresh =
        recorder.open(
            IncidentId.of(group, now),
            actor,
            given -> opened(desk, given, group, command.title(), leaving),
            now);
    var from = new Change.SplitFrom(incident.id(), incident.number(), command.reason());
    recorder.record(fresh.id(), actor, from, now);
    var off = new Change.SplitOff(fresh.id(), fresh.number(), leaving, command.reason());
    recorder.record(incident.id(), actor, off, now);
    if (incident.acknowledgedAt().isPresent()) {
      // Who takes it apart is awake and has it: nobody is called for what was called for already.
      recorder.record(fresh.id(), actor, new Change.Acknowledged(), now);
    }
    desk.review(recorder, recorder.find(fresh.id()).orElseThrow(), now);
    return recorder.find(fresh.id()).orElseThrow();
  }

  private static Labels with(Labels values, String number) {
    var all = new TreeMap<>(values.toMap());
    all.put(LABEL, number);
    return Labels.from(all);
  }

  private static Change.Opened opened(
      Desk desk, long number, GroupKey group, Optional<String> title, List<Alert> leaving) {
    Comparator<Alert> worstFirst = Comparator.comparing(desk::severityOf);
    Alert worst = leaving.stream().filter(Alert::active).min(worstFirst).orElseThrow();
    Severity severity = desk.severityOf(worst);
    List<String> components = Desk.components(leaving);
    return new Change.Opened(
        number,
        group,
        title.filter(text -> !text.isBlank()).orElse(worst.summary()),
        severity,
        leaving,
        components,
        desk.publishes(severity, components));
  }
}
