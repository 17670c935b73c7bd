package io.tocsin.rule;

import io.tocsin.alert.Evaluation;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.Pointwise;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.Threshold;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesReader;
import io.tocsin.series.StaleMarker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rules that may be evaluated on arrival, for just the series that got samples, at each
 * sample's timestamp in order. A series' readers are found once and remembered.
 */
public final class PointwiseRules {

  private static final int REMEMBERED = 1_000_000;

  private record Candidate(
      RuleGroup group, AlertingRule rule, Pointwise pointwise, Optional<Threshold> threshold) {

    static Candidate of(RuleGroup group, AlertingRule rule, Pointwise pointwise) {
      return new Candidate(group, rule, pointwise, Threshold.of(pointwise));
    }

    String id() {
      return rule.spec().ruleId();
    }

    /** Whether a sample's value alone says that the rule finds nothing in it. */
    boolean passes(double value) {
      return threshold.isPresent() && !StaleMarker.is(value) && !threshold.get().keeps(value);
    }

    boolean waits(Labels series) {
      return !Matcher.all(pointwise.matchers(), series) || RuleEvaluator.waits(group, rule, series);
    }
  }

  private final Map<String, Readers> byName;
  private final QueryLimits limits;
  private final RuleEvaluator evaluator;
  private final Predicate<String> live;
  private final Map<Labels, Reading> readings = new HashMap<>();

  /** Who reads a series, and the newest sample they were asked about. */
  private static final class Reading {
    final List<Candidate> candidates;
    long newest = Long.MIN_VALUE;

    Reading(List<Candidate> candidates) {
      this.candidates = candidates;
    }
  }

  /**
   * @param live whether the rule of an id may have alerts: one that has none need not hear that all
   *     is well
   */
  public PointwiseRules(
      List<RuleGroup> groups,
      SeriesReader reader,
      QueryLimits limits,
      Site site,
      Predicate<String> live) {
    this.byName = byName(groups);
    this.limits = limits;
    this.live = live;
    this.evaluator = new RuleEvaluator(reader, limits, site);
  }

  /**
   * The rules that read one metric: those that ask for a value of another label by that value, so
   * that of thousands only a few are looked at; and the rest.
   */
  private record Readers(Map<String, Map<String, List<Candidate>>> byValue, List<Candidate> rest) {
    Readers() {
      this(new HashMap<>(), new ArrayList<>());
    }

    void add(Candidate candidate) {
      for (Matcher matcher : candidate.pointwise.matchers()) {
        boolean exact = matcher.op() == Matcher.Op.EQUAL && !matcher.value().isEmpty();
        if (exact && !matcher.name().equals(Labels.NAME)) {
          byValue
              .computeIfAbsent(matcher.name(), name -> new HashMap<>())
              .computeIfAbsent(matcher.value(), value -> new ArrayList<>())
              .add(candidate);
          return;
        }
      }
      rest.add(candidate);
    }

    List<Candidate> of(Labels series) {
      var found = new ArrayList<Candidate>();
      collect(rest, series, found);
      byValue.forEach(
          (name, values) ->
              collect(values.getOrDefault(series.get(name), List.of()), series, found));
      return List.copyOf(found);
    }

    private static void collect(List<Candidate> from, Labels series, List<Candidate> into) {
      for (Candidate candidate : from) {
        if (!candidate.waits(series)) {
          into.add(candidate);
        }
      }
    }
  }

  private static Map<String, Readers> byName(List<RuleGroup> groups) {
    var byName = new HashMap<String, Readers>();
    for (RuleGroup group : groups) {
      for (Rule rule : group.rules()) {
        if (rule instanceof AlertingRule alerting) {
          alerting
              .pointwise()
              .ifPresent(
                  pointwise ->
                      byName
                          .computeIfAbsent(name(pointwise), name -> new Readers())
                          .add(Candidate.of(group, alerting, pointwise)));
        }
      }
    }
    return byName;
  }

  private static String name(Pointwise pointwise) {
    return pointwise.matchers().stream()
        .filter(m -> m.name().equals(Labels.NAME) && m.op() == Matcher.Op.EQUAL)
        .map(Matcher::value)
        .findFirst()
        .orElse("");
  }

  /** Whether any rule reads a series. */
  public boolean reads(Labels series) {
    return !found(series).isEmpty();
  }

  /**
   * Evaluates what the samples of a batch concern, after the batch was appended. Samples older than
   * the look-back before {@code now}, or than one that was evaluated, are passed over: they never
   * page. Most samples are passed over by their value: that a threshold is kept is no news of a
   * rule without alerts. For one thread.
   */
  public List<Evaluation> evaluate(SampleBatch batch, Instant now) {
    long oldest = now.toEpochMilli() - limits.lookbackMillis();
    var evaluations = new ArrayList<Evaluation>();
    var told = new HashSet<String>();
    for (int i = 0; i < batch.size(); i++) {
      Reading reading = reading(batch.labels(i));
      if (batch.timestamp(i) > oldest && batch.timestamp(i) >= reading.newest) {
        reading.newest = batch.timestamp(i);
        for (Candidate candidate : reading.candidates) {
          evaluate(candidate, batch, i, told).ifPresent(evaluations::add);
        }
      }
    }
    return evaluations;
  }

  /**
   * @param told ids of the rules that this batch has told something of already
   */
  private Optional<Evaluation> evaluate(
      Candidate candidate, SampleBatch batch, int i, Set<String> told) {
    String id = candidate.id();
    boolean needed = told.contains(id) || live.test(id);
    if (!needed && candidate.passes(batch.value(i))) {
      return Optional.empty();
    }
    Optional<Evaluation> evaluation =
        evaluator.arrival(
            candidate.group, candidate.rule, batch.labels(i), batch.timestamp(i), needed);
    if (evaluation.isPresent()) {
      told.add(id);
    }
    return evaluation;
  }

  private Reading reading(Labels series) {
    Reading known = readings.get(series);
    if (known != null) {
      return known;
    }
    var reading = new Reading(found(series));
    if (readings.size() >= REMEMBERED) {
      readings.clear();
    }
    readings.put(series, reading);
    return reading;
  }

  private List<Candidate> found(Labels series) {
    Readers named = byName.get(series.metricName());
    return named == null ? List.of() : named.of(series);
  }
}
