package io.tocsin.rule.drift;

import io.tocsin.model.ModelSpec;
import io.tocsin.model.ReferenceSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Evaluates drift rules, one target after the other, and remembers between evaluations what streaks
 * there are. Thread-safe as long as one rule is evaluated by one thread at a time.
 */
public final class DriftJudge {

  /** What one evaluation of one target came to. */
  public record Judged(Target target, Duration window, Reading reading, Verdict verdict) {}

  private final ModelHistory past;
  private final FindingStore store;
  private final Map<String, Map<Target, Standing>> standings = new HashMap<>();
  private final Map<String, Map<Target, ErrorWatch>> streams = new HashMap<>();

  public DriftJudge(ModelHistory past, FindingStore store) {
    this.past = past;
    this.store = store;
  }

  /**
   * Evaluates a rule for every target that is due; those that are not are left out.
   *
   * @param interval of the rule's group
   */
  public List<Judged> evaluate(About about, DriftTerms terms, Duration interval, Instant at) {
    var judged = new ArrayList<Judged>();
    for (Target target : targets(terms.target())) {
      ModelSpec own = past.spec(target.model());
      Duration window = terms.window().orElse(own.window());
      Standing before = standing(about.id(), target);
      if (due(before, terms.pace(window, interval), at)) {
        judged.add(evaluate(about, terms, target, own, window, before, at));
      }
    }
    return judged;
  }

  private List<Target> targets(Target asked) {
    return asked.any() ? past.models().stream().map(asked::at).toList() : List.of(asked);
  }

  private static boolean due(Standing before, Duration pace, Instant at) {
    return before.evaluatedAt().map(last -> !at.isBefore(last.plus(pace))).orElse(true);
  }

  private Judged evaluate(
      About about,
      DriftTerms terms,
      Target target,
      ModelSpec own,
      Duration window,
      Standing before,
      Instant at) {
    ReferenceSource reference = terms.reference().orElse(own.reference());
    Standing known = before;
    Reading reading;
    var asked = new Measurement(terms, target, reference, window, past);
    if (terms.criterion() instanceof Criterion.Concept concept) {
      ErrorWatch.Step step =
          stream(about.id(), target, concept, terms).read(target, window, past, before, at);
      reading = step.reading();
      known = step.standing();
    } else {
      reading = asked.at(at);
    }
    Verdict verdict = Verdict.of(terms, window, known, reading);
    if (!verdict.begun().isEmpty() || !verdict.improved().isEmpty()) {
      reading = asked.context(reading, at);
      tell(about, terms, target, window, reference, verdict, reading);
    }
    keep(about.id(), target, known.equals(before) ? before : known, verdict.after());
    return new Judged(target, window, reading, verdict);
  }

  private void tell(
      About about,
      DriftTerms terms,
      Target target,
      Duration window,
      ReferenceSource reference,
      Verdict verdict,
      Reading reading) {
    var findings = new Findings(about, terms, target, window, reference);
    if (!verdict.begun().isEmpty()) {
      store.add(findings.alert(verdict, reading));
    }
    if (!verdict.improved().isEmpty()) {
      store.add(findings.improvement(verdict, reading));
    }
  }

  private synchronized ErrorWatch stream(
      String rule, Target target, Criterion.Concept concept, DriftTerms terms) {
    return streams
        .computeIfAbsent(rule, id -> new HashMap<>())
        .computeIfAbsent(target, one -> new ErrorWatch(concept, terms));
  }

  private synchronized Standing standing(String rule, Target target) {
    Map<Target, Standing> mine = standings.computeIfAbsent(rule, id -> new HashMap<>());
    return mine.computeIfAbsent(
        target,
        one -> Optional.ofNullable(store.remembered(rule).get(one.words())).orElse(Standing.NEW));
  }

  /** Writes only what differs in more than the time it was looked at. */
  private void keep(String rule, Target target, Standing before, Standing after) {
    synchronized (this) {
      standings.computeIfAbsent(rule, id -> new HashMap<>()).put(target, after);
    }
    boolean same =
        before.streaks().equals(after.streaks())
            && before.endedAt().equals(after.endedAt())
            && before.driftedAt().equals(after.driftedAt())
            && before.improved().equals(after.improved())
            && before.cursor() == after.cursor();
    if (!same) {
      store.remember(rule, target, after);
    }
  }

  /** Forgets rules that are no longer there. */
  public void keepOnly(List<String> rules) {
    synchronized (this) {
      standings.keySet().retainAll(rules);
      streams.keySet().retainAll(rules);
    }
    store.forgetAllBut(rules);
  }
}
