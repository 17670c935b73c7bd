package io.tocsin.alert;

import io.tocsin.label.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the books of posted alerts: which are on, until when, and what that means as evaluations.
 * Resends, ends and merges follow Alertmanager's API. Safe from any thread.
 *
 * @see <a href="https://prometheus.io/docs/alerting/latest/clients/">Alertmanager, sending
 *     alerts</a>
 */
public final class PostedAlerts {

  /** The name of an alert whose sender gave it none. */
  private static final String NAMELESS = "alert";

  /** The label by which a source that names its alerts names them. */
  public static final String DEDUP_KEY = "dedup_key";

  private final Map<AlertKey, HeldAlert> held = new LinkedHashMap<>();
  private final Map<Name, AlertKey> byName = new HashMap<>();
  private final Set<AlertKey> unsaved = new HashSet<>();
  private final Set<AlertKey> unremoved = new HashSet<>();

  /**
   * What is to be done after alerts came or ended.
   *
   * @param save held alerts that are to be written
   * @param remove alerts that are over
   * @param evaluations what the road must hear
   */
  public record Change(List<HeldAlert> save, List<AlertKey> remove, List<Evaluation> evaluations) {
    public Change {
      save = List.copyOf(save);
      remove = List.copyOf(remove);
      evaluations = List.copyOf(evaluations);
    }
  }

  /**
   * Begins with what was stored. The time that we did not run is ours: no alert ends before its
   * source had {@code grace} to tell of it again.
   */
  public synchronized Change restore(List<HeldAlert> stored, Duration grace, Instant now) {
    Instant earliest = now.plus(grace);
    for (HeldAlert alert : stored) {
      boolean late = alert.endsAt().map(end -> end.isBefore(earliest)).orElse(false);
      hold(late ? alert.until(earliest) : alert);
    }
    return new Change(List.of(), List.of(), evaluations(held.values(), Set.of(), now));
  }

  /** Takes in what a source tells. */
  public synchronized Change take(
      String source, List<PostedAlert> alerts, Optional<Duration> timeout, Instant now) {
    var save = new ArrayList<HeldAlert>();
    var remove = new ArrayList<AlertKey>();
    var on = new LinkedHashMap<AlertKey, HeldAlert>();
    var over = new LinkedHashMap<AlertKey, HeldAlert>();
    for (PostedAlert posted : alerts) {
      HeldAlert alert = held(source, posted, timeout, now);
      HeldAlert known = held.get(alert.key());
      HeldAlert merged = known == null ? alert : alert.over(known, now);
      if (merged.ended(now)) {
        release(merged);
        remove.add(merged.key());
        on.remove(merged.key());
        over.put(merged.key(), merged);
      } else {
        hold(merged);
        over.remove(merged.key());
        on.put(merged.key(), merged);
        if (known == null || unsaved.contains(merged.key()) || news(known, merged)) {
          save.add(merged);
        }
      }
    }
    remove.removeAll(on.keySet());
    save.removeIf(alert -> over.containsKey(alert.key()));
    return new Change(save, remove, evaluations(on.values(), over.values(), now));
  }

  /** A change that could not be written: it goes along with the next one. */
  public synchronized void failed(Change change) {
    change.save().forEach(alert -> unsaved.add(alert.key()));
    unremoved.addAll(change.remove());
  }

  /** Ends what was not told of again in time; with it goes what could not be written before. */
  public synchronized Change expire(Instant now) {
    List<HeldAlert> save = unsaved.stream().map(held::get).filter(Objects::nonNull).toList();
    var remove = new ArrayList<>(unremoved);
    remove.removeIf(held::containsKey);
    unsaved.clear();
    unremoved.clear();
    var over = new ArrayList<HeldAlert>();
    for (HeldAlert alert : held.values()) {
      if (alert.ended(now)) {
        over.add(alert);
      }
    }
    over.forEach(this::release);
    over.forEach(alert -> remove.add(alert.key()));
    return new Change(save, remove, evaluations(List.of(), over, now));
  }

  /** Everything that is on, told to the road once more. */
  public synchronized List<Evaluation> again(Instant now) {
    return evaluations(held.values(), Set.of(), now);
  }

  /** Ends for the road what it believes is on but nobody holds. */
  public synchronized List<Evaluation> orphans(Collection<Alert> firing, Instant now) {
    var over = new ArrayList<Evaluation>();
    for (Alert alert : firing) {
      boolean posted = HeldAlert.source(alert.spec().ruleId()).isPresent();
      if (posted && !held.containsKey(alert.key())) {
        over.add(
            new Evaluation(
                alert.spec(),
                now,
                new Evaluation.Scope.Only(Set.of(alert.labels())),
                new Evaluation.Outcome.Found(List.of())));
      }
    }
    return over;
  }

  public synchronized Optional<HeldAlert> find(AlertKey key) {
    return Optional.ofNullable(held.get(key));
  }

  /** The alert of a source that carries a {@code dedup_key}. */
  public synchronized Optional<HeldAlert> find(String source, String dedupKey) {
    return Optional.ofNullable(byName.get(new Name(source, dedupKey))).map(held::get);
  }

  private record Name(String source, String dedupKey) {}

  private void hold(HeldAlert alert) {
    held.put(alert.key(), alert);
    if (alert.labels().has(DEDUP_KEY)) {
      byName.put(new Name(alert.source(), alert.labels().get(DEDUP_KEY)), alert.key());
    }
  }

  private void release(HeldAlert alert) {
    held.remove(alert.key());
    byName.remove(new Name(alert.source(), alert.labels().get(DEDUP_KEY)), alert.key());
  }

  /** How many are on. */
  public synchronized int size() {
    return held.size();
  }

  private static HeldAlert held(
      String source, PostedAlert posted, Optional<Duration> timeout, Instant now) {
    Instant start = posted.startsAt().or(posted::endsAt).orElse(now);
    Optional<Instant> end = posted.endsAt().or(() -> timeout.map(now::plus));
    return new HeldAlert(
        source,
        posted.labels(),
        posted.annotations(),
        start.isAfter(now) ? now : start,
        end,
        posted.endsAt().isEmpty(),
        now,
        posted.generatorUrl());
  }

  /** Whether more has changed than the end, which a restart gives anew. */
  private static boolean news(HeldAlert known, HeldAlert now) {
    return !known.annotations().equals(now.annotations())
        || !known.startsAt().equals(now.startsAt())
        || !known.generatorUrl().equals(now.generatorUrl());
  }

  private record Rule(String id, String name) {}

  /** One evaluation for each rule id and alert name, speaking of just these alerts. */
  private static List<Evaluation> evaluations(
      Collection<HeldAlert> on, Collection<HeldAlert> over, Instant now) {
    var breaches = new LinkedHashMap<Rule, List<Breach>>();
    var scopes = new LinkedHashMap<Rule, Set<Labels>>();
    for (HeldAlert alert : on) {
      Rule rule = rule(alert);
      scopes.computeIfAbsent(rule, r -> new HashSet<>()).add(alert.labels());
      breaches
          .computeIfAbsent(rule, r -> new ArrayList<>())
          .add(
              new Breach(
                  alert.labels(), Double.NaN, alert.annotations(), Optional.of(alert.startsAt())));
    }
    for (HeldAlert alert : over) {
      scopes.computeIfAbsent(rule(alert), r -> new HashSet<>()).add(alert.labels());
    }
    var evaluations = new ArrayList<Evaluation>();
    scopes.forEach(
        (rule, labels) ->
            evaluations.add(
                new Evaluation(
                    AlertSpec.of(rule.id, rule.name, Duration.ZERO),
                    now,
                    new Evaluation.Scope.Only(labels),
                    new Evaluation.Outcome.Found(breaches.getOrDefault(rule, List.of())))));
    return evaluations;
  }

  private static Rule rule(HeldAlert alert) {
    String name = alert.labels().get("alertname");
    return new Rule(HeldAlert.ruleId(alert.source()), name.isEmpty() ? NAMELESS : name);
  }
}
