package io.tocsin.incident;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertKey;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Mute;
import io.tocsin.alert.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds the alerts that fire against the incidents that are open and writes what must happen:
 * opened, joined, left, worse, resolved, reopened. It compares levels, not edges, so whatever was
 * missed is made good by the next cycle.
 */
public final class Desk {

  /** The same trouble within this time after its end reopens the same incident. */
  public static final Duration REOPEN_WITHIN = Duration.ofMinutes(10);

  private static final Duration FIRST_QUIET = Duration.ofSeconds(30);
  private static final Duration LONGEST_QUIET = Duration.ofMinutes(10);

  private final Grouping grouping;
  private final Publication publication;
  private final Storm storm;

  public Desk(Grouping grouping, Publication publication) {
    this.grouping = grouping;
    this.publication = publication;
    this.storm = new Storm(grouping);
  }

  /**
   * Writes what the firing alerts mean for the incidents. A muted alert opens and joins nothing,
   * but an incident that has it stays open until the alert itself ends.
   *
   * @param burning the firing alerts; all of them where the recorder looks at every incident
   * @return the open incidents that have alerts, all of them muted now: they make no sound
   */
  public Set<IncidentId> reconcile(Recorder recorder, Burning burning, Instant now) {
    Map<GroupKey, List<Alert>> newcomers = storm.fold(newcomers(recorder, burning), recorder, now);

    for (Incident incident : recorder.open()) {
      List<Alert> joined = newcomers.remove(incident.group());
      update(recorder, incident, joined == null ? List.of() : joined, burning, now);
    }
    newcomers.forEach((group, alerts) -> begin(recorder, group, alerts, now));
    for (Incident incident : recorder.lookedAt()) {
      resolveWhenQuiet(recorder, incident, now);
    }
    if (recorder.whole()) {
      nameMasked(recorder, burning.seen(), now);
      recorder.forgetEnded(incident -> forgettable(recorder, incident, burning, now));
    }
    return muted(recorder.open(), burning);
  }

  /** Has the publication rule look at an incident again. */
  void review(Recorder recorder, Incident incident, Instant now) {
    publication.review(recorder, incident, now);
  }

  /** How bad an alert is. */
  Severity severityOf(Alert alert) {
    return grouping.severityOf(alert);
  }

  /** Whether the public sees such an incident without anybody asking for it. */
  boolean publishes(Severity severity, List<String> components) {
    return publication.automatic(severity, components);
  }

  /** How long it must be quiet before an incident that came back k times is over. */
  static Duration quietNeeded(int reopened) {
    if (reopened == 0) {
      return Duration.ZERO;
    }
    Duration quiet = FIRST_QUIET.multipliedBy(1L << Math.min(reopened, 10));
    return quiet.compareTo(LONGEST_QUIET) < 0 ? quiet : LONGEST_QUIET;
  }

  /** Audible alerts that no incident has yet, by the group of the incident they go to. */
  private Map<GroupKey, List<Alert>> newcomers(Recorder recorder, Burning burning) {
    var newcomers = new LinkedHashMap<GroupKey, List<Alert>>();
    if (burning.seen().isEmpty()) {
      return newcomers;
    }
    Set<AlertKey> held = HashSet.newHashSet(burning.seen().size());
    for (Incident incident : recorder.open()) {
      for (Alert alert : incident.alerts()) {
        if (alert.active() && burning.sees(alert)) {
          held.add(alert.key());
        }
      }
    }
    List<Incident> ended = recorder.ended();
    Map<AlertKey, Instant> settled = settled(ended);
    List<Incident> splits = splits(recorder, ended);
    for (MarkedAlert marked : burning.seen()) {
      Alert alert = marked.alert();
      if (marked.audible()
          && !held.contains(alert.key())
          && !alert.activeSince().equals(settled.get(alert.key()))) {
        GroupKey group =
            Split.home(alert.key(), splits)
                .orElseGet(() -> successor(grouping.groupOf(alert), recorder, ended));
        newcomers.computeIfAbsent(group, g -> new ArrayList<>()).add(alert);
      }
    }
    return newcomers;
  }

  private static List<Incident> splits(Recorder recorder, List<Incident> ended) {
    return Stream.concat(recorder.open().stream(), ended.stream())
        .filter(incident -> Split.is(incident.group()))
        .filter(incident -> incident.state() != Incident.State.MERGED)
        .toList();
  }

  /** Episodes that still fire although a person ended their incident: that person has the word. */
  private static Map<AlertKey, Instant> settled(List<Incident> ended) {
    var settled = new HashMap<AlertKey, Instant>();
    for (Incident incident : ended) {
      for (Alert alert : incident.alerts()) {
        if (alert.active()) {
          settled.put(alert.key(), alert.activeSince());
        }
      }
    }
    return settled;
  }

  /** The group of the incident that took over this group's incident by a merge, else the group. */
  private static GroupKey successor(GroupKey group, Recorder recorder, List<Incident> ended) {
    for (Incident merged : ended) {
      if (merged.state() == Incident.State.MERGED && merged.group().equals(group)) {
        Optional<Incident> heir = heir(merged, recorder.open());
        if (heir.isPresent()) {
          return heir.get().group();
        }
      }
    }
    return group;
  }

  private static Optional<Incident> heir(Incident merged, List<Incident> open) {
    var keys = new HashSet<AlertKey>();
    merged.alerts().forEach(alert -> keys.add(alert.key()));
    return open.stream()
        .filter(incident -> incident.alerts().stream().anyMatch(a -> keys.contains(a.key())))
        .findFirst();
  }

  private void update(
      Recorder recorder, Incident incident, List<Alert> joined, Burning burning, Instant now) {
    List<Alert> left = left(incident, burning, now);
    if (joined.isEmpty() && left.isEmpty()) {
      return;
    }
    var change = new Change.AlertsChanged(joined, left, components(joined));
    Incident after = recorder.record(incident.id(), Actor.SYSTEM, change, now);
    publication.review(recorder, worsened(recorder, after, joined, now), now);
  }

  private static List<Alert> left(Incident incident, Burning burning, Instant now) {
    if (burning.noneOver()) {
      return List.of();
    }
    var left = new ArrayList<Alert>(0);
    for (Alert alert : incident.alerts()) {
      if (alert.active() && burning.over(alert)) {
        left.add(alert.resolved(now));
      }
    }
    return left;
  }

  /** Alerts that joined can make it worse; better it becomes by a person's word only. */
  private Incident worsened(Recorder recorder, Incident incident, List<Alert> joined, Instant now) {
    Optional<Severity> worst =
        joined.stream().map(grouping::severityOf).min(Comparator.naturalOrder());
    if (worst.isEmpty() || !worst.get().worseThan(incident.severity())) {
      return incident;
    }
    var change = new Change.SeverityChanged(incident.severity(), worst.get());
    return recorder.record(incident.id(), Actor.SYSTEM, change, now);
  }

  private void begin(Recorder recorder, GroupKey group, List<Alert> alerts, Instant now) {
    Optional<Incident> same =
        recorder.ended().stream()
            .filter(incident -> incident.group().equals(group) && mayReopen(incident, now))
            .max(Comparator.comparing(incident -> incident.resolvedAt().orElse(now)));
    if (same.isPresent()) {
      reopen(recorder, same.get(), alerts, now);
    } else {
      open(recorder, group, alerts, now);
    }
  }

  private static boolean mayReopen(Incident incident, Instant now) {
    return incident.state() == Incident.State.RESOLVED
        && incident.resolvedAt().orElse(now).plus(REOPEN_WITHIN).isAfter(now);
  }

  private void reopen(Recorder recorder, Incident incident, List<Alert> alerts, Instant now) {
    var change = new Change.Reopened(incident.reopened() + 1, alerts);
    Incident after = recorder.record(incident.id(), Actor.SYSTEM, change, now);
    publication.cameBack(recorder, after, now);
    publication.review(recorder, worsened(recorder, after, alerts, now), now);
  }

  private void open(Recorder recorder, GroupKey group, List<Alert> alerts, Instant now) {
    Severity severity =
        alerts.stream().map(grouping::severityOf).min(Comparator.naturalOrder()).get();
    Alert worst = alerts.stream().min(Comparator.comparing(grouping::severityOf)).get();
    Instant began = alerts.stream().map(Alert::activeSince).min(Comparator.naturalOrder()).get();
    IncidentId id = IncidentId.of(group, began);
    if (recorder.find(id).isPresent()) {
      id = IncidentId.of(group, now);
    }
    List<String> components = components(alerts);
    boolean published = publication.automatic(severity, components);
    Incident incident =
        recorder.open(
            id,
            Actor.SYSTEM,
            number ->
                new Change.Opened(
                    number, group, title(group, worst), severity, alerts, components, published),
            now);
    publication.review(recorder, incident, now);
  }

  /** A storm goes on after its first alerts, so that its title does not count them. */
  private static String title(GroupKey group, Alert worst) {
    return Storm.is(group) ? "A storm of alerts, the worst: " + worst.summary() : worst.summary();
  }

  private void resolveWhenQuiet(Recorder recorder, Incident incident, Instant now) {
    if (incident.alerts().isEmpty() || anyActive(incident)) {
      return;
    }
    Instant quietSince =
        incident.alerts().stream()
            .map(alert -> alert.resolvedAt().orElse(now))
            .max(Comparator.naturalOrder())
            .get();
    if (!quietSince.plus(quietNeeded(incident.reopened())).isAfter(now)) {
      publication.over(recorder, incident, now);
      recorder.record(incident.id(), Actor.SYSTEM, new Change.Resolved(Optional.empty()), now);
    }
  }

  /** What an incident's alerts keep quiet is named on its timeline, once each. */
  private static void nameMasked(Recorder recorder, List<MarkedAlert> firing, Instant now) {
    Map<AlertKey, List<Alert>> masked = new LinkedHashMap<>();
    for (MarkedAlert marked : firing) {
      for (Mute mute : marked.mutes()) {
        if (mute instanceof Mute.ByInhibition it) {
          masked.computeIfAbsent(it.source(), key -> new ArrayList<>()).add(marked.alert());
        }
      }
    }
    if (masked.isEmpty()) {
      return;
    }
    for (Incident incident : recorder.open()) {
      var fresh = new LinkedHashMap<String, Masked.Child>();
      active(incident).stream()
          .map(alert -> masked.getOrDefault(alert.key(), List.of()))
          .flatMap(List::stream)
          .filter(child -> !incident.masked().names(child.key().fingerprint()))
          .forEach(child -> fresh.put(child.key().fingerprint(), Masked.Child.of(child)));
      int room = Masked.MOST - incident.masked().children().size();
      boolean more = fresh.size() > room;
      if (!fresh.isEmpty() && !(more && incident.masked().more())) {
        List<Masked.Child> named = fresh.values().stream().limit(Math.max(0, room)).toList();
        var change = new Change.AlertsMasked(named, more);
        recorder.record(incident.id(), Actor.SYSTEM, change, now);
      }
    }
  }

  private static boolean forgettable(
      Recorder recorder, Incident ended, Burning burning, Instant now) {
    boolean recent = ended.resolvedAt().orElse(now).plus(REOPEN_WITHIN).isAfter(now);
    boolean stillBurns = active(ended).stream().anyMatch(burning::sees);
    boolean inherited =
        ended.state() == Incident.State.MERGED && heir(ended, recorder.open()).isPresent();
    return !recent && !stillBurns && !inherited;
  }

  private static Set<IncidentId> muted(List<Incident> open, Burning burning) {
    if (burning.muted().isEmpty()) {
      return Set.of();
    }
    var muted = new HashSet<IncidentId>();
    for (Incident incident : open) {
      boolean any = false;
      boolean silent = true;
      for (Alert alert : incident.alerts()) {
        if (silent && alert.active()) {
          any = true;
          silent = burning.muted().contains(alert.key());
        }
      }
      if (any && silent) {
        muted.add(incident.id());
      }
    }
    return muted;
  }

  private static boolean anyActive(Incident incident) {
    for (Alert alert : incident.alerts()) {
      if (alert.active()) {
        return true;
      }
    }
    return false;
  }

  private static List<Alert> active(Incident incident) {
    return incident.alerts().stream().filter(Alert::active).toList();
  }

  /** Names of what alerts hit, each once. */
  static List<String> components(List<Alert> alerts) {
    var names = new LinkedHashSet<String>();
    alerts.forEach(alert -> names.addAll(alert.components()));
    return List.copyOf(names);
  }
}
