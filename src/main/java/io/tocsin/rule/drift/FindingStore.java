package io.tocsin.rule.drift;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where findings are kept, and what rules remember between evaluations. */
public interface FindingStore {

  /**
   * Which findings are asked for, newest first.
   *
   * @param model any when absent
   * @param labels those of one alert, any when absent
   * @param until at or before
   */
  record Filter(
      Optional<String> model,
      Optional<String> rule,
      Optional<Map<String, String>> labels,
      Optional<Instant> from,
      Optional<Instant> until,
      int limit) {}

  void add(Finding finding);

  List<Finding> search(Filter filter);

  /** What a rule remembers of a target, in place of what it did. */
  void remember(String rule, Target target, Standing standing);

  /** What a rule remembers of each target, by {@link Target#words}. */
  Map<String, Standing> remembered(String rule);

  /** Drops what rules other than these remember. */
  void forgetAllBut(List<String> rules);

  /** As long as the process lives; the last 1000 findings. */
  static FindingStore inMemory() {
    return new InMemory();
  }

  /** See {@link #inMemory}. */
  final class InMemory implements FindingStore {
    private static final int MOST = 1000;

    private final ArrayDeque<Finding> findings = new ArrayDeque<>();
    private final Map<String, Map<String, Standing>> standings = new HashMap<>();

    @Override
    public synchronized void add(Finding finding) {
      findings.add(finding);
      if (findings.size() > MOST) {
        findings.removeFirst();
      }
    }

    @Override
    public synchronized List<Finding> search(Filter filter) {
      return new ArrayList<>(findings)
          .stream()
              .filter(one -> matches(one, filter))
              .sorted(Comparator.comparing(Finding::at).reversed())
              .limit(filter.limit())
              .toList();
    }

    private static boolean matches(Finding one, Filter filter) {
      return filter.model().map(one.reading().target().model()::equals).orElse(true)
          && filter.rule().map(one.rule()::equals).orElse(true)
          && filter.labels().map(one.labels()::equals).orElse(true)
          && filter.from().map(from -> !one.at().isBefore(from)).orElse(true)
          && filter.until().map(until -> !one.at().isAfter(until)).orElse(true);
    }

    @Override
    public synchronized void remember(String rule, Target target, Standing standing) {
      standings.computeIfAbsent(rule, id -> new HashMap<>()).put(target.words(), standing);
    }

    @Override
    public synchronized Map<String, Standing> remembered(String rule) {
      return Map.copyOf(standings.getOrDefault(rule, Map.of()));
    }

    @Override
    public synchronized void forgetAllBut(List<String> rules) {
      standings.keySet().retainAll(rules);
    }
  }
}
