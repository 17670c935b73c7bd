package io.tocsin.rule;

import io.tocsin.alert.Evaluation;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.Pointwise;
import io.tocsin.promql.QueryLimits;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rules that may be evaluated on arrival, for just the series that got samples, at each
 * sample's timestamp in order. A series' readers are found once and remembered.
 */
public final class PointwiseRules {

  private static final int REMEMBERED = 1_000_000;

  private record Candidate(RuleGroup group, AlertingRule rule, Pointwise pointwise) {}

  private final Map<String, Readers> byName;
  private final QueryLimits limits;
  private final RuleEvaluator evaluator;
  private final Map<Labels, List<Candidate>> readers = new ConcurrentHashMap<>();

  public PointwiseRules(
      List<RuleGroup> groups, SeriesReader reader, QueryLimits limits, Site site) {
    this.byName = byName(groups);
    this.limits = limits;
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
        if (Matcher.all(candidate.pointwise.matchers(), series)) {
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
                          .add(new Candidate(group, alerting, pointwise)));
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
   * the look-back before {@code now} are passed over: they never page.
   */
  public List<Evaluation> evaluate(SampleBatch batch, Instant now) {
    long oldest = now.toEpochMilli() - limits.lookbackMillis();
    var evaluations = new ArrayList<Evaluation>();
    for (int i = 0; i < batch.size(); i++) {
      if (batch.timestamp(i) <= oldest) {
        continue;
      }
      for (Candidate candidate : candidates(batch.labels(i))) {
        evaluator
            .arrival(candidate.group, candidate.rule, batch.labels(i), batch.timestamp(i))
            .ifPresent(evaluations::add);
      }
    }
    return evaluations;
  }

  private List<Candidate> candidates(Labels series) {
    List<Candidate> known = readers.get(series);
    if (known != null) {
      return known;
    }
    List<Candidate> found = found(series);
    if (readers.size() >= REMEMBERED) {
      readers.clear();
    }
    readers.put(series, found);
    return found;
  }

  private List<Candidate> found(Labels series) {
    Readers named = byName.get(series.metricName());
    return named == null ? List.of() : named.of(series);
  }
}
