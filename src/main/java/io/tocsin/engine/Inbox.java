package io.tocsin.engine;

import io.tocsin.alert.Evaluation;
import io.tocsin.label.Labels;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What waits for the engine. Bounded: an evaluation that finds it full is refused, since the rule's
 * next one says more; a command that finds it full is refused to its sender.
 */
final class Inbox {
  static final int EVALUATIONS = 20_000;
  static final int ORDERS = 1_000;

  /** Evaluations taken at once speak of at most so many alerts, when several are taken. */
  private static final int WEIGHT = 500;

  private static final int ORDERS_AT_ONCE = 50;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition something = lock.newCondition();
  private final Deque<Evaluation> evaluations = new ArrayDeque<>();
  private final Deque<Ask> asks = new ArrayDeque<>();
  private final Set<String> retired = new HashSet<>();
  private boolean woken;
  private boolean looked;

  /** What was taken had to be cut: until all is through no more is taken than one cycle carries. */
  private boolean storm;

  /**
   * What one cycle takes.
   *
   * @param woken whether a cycle was called for, also with nothing to take in
   */
  record Batch(List<Evaluation> evaluations, Set<String> retired, List<Ask> asks, boolean woken) {

    Batch with(List<Evaluation> others) {
      return new Batch(others, retired, asks, woken);
    }

    /** Whether a cycle has something to do besides what time brings. */
    boolean asksForCycle() {
      return woken || !(evaluations.isEmpty() && retired.isEmpty() && asks.isEmpty());
    }
  }

  boolean offer(Evaluation evaluation) {
    return put(evaluations, evaluation, EVALUATIONS);
  }

  boolean offer(Ask ask) {
    return put(asks, ask, ORDERS);
  }

  private <T> boolean put(Deque<T> queue, T item, int bound) {
    lock.lock();
    try {
      if (queue.size() >= bound) {
        return false;
      }
      queue.add(item);
      something.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  void retire(Set<String> ruleIds) {
    note(() -> retired.addAll(ruleIds));
  }

  /** Puts what is left of a storm back in front. */
  void putBack(List<Evaluation> left) {
    lock.lock();
    try {
      left.reversed().forEach(evaluations::addFirst);
      storm = true;
    } finally {
      lock.unlock();
    }
  }

  /** Calls for a cycle, also when nothing came. */
  void wake() {
    note(() -> woken = true);
  }

  /** Ends a wait without calling for a cycle: a commit went on. */
  void lookUp() {
    note(() -> looked = true);
  }

  /** Changes something that a wait is about. */
  private void note(Runnable change) {
    lock.lock();
    try {
      change.run();
      something.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is something to take or {@link #lookUp} was called, at most so long, and
   * takes it.
   *
   * @param room whether there is room for evaluations; commands are always taken
   */
  Batch take(Duration atMost, BooleanSupplier room) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (nothing(room) && left > 0) {
        left = something.awaitNanos(left);
      }
      var batch =
          new Batch(
              room.getAsBoolean() ? someEvaluations() : List.of(),
              takeRetired(),
              someAsks(),
              woken);
      woken = false;
      looked = false;
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private boolean nothing(BooleanSupplier room) {
    return asks.isEmpty()
        && retired.isEmpty()
        && !woken
        && !looked
        && (evaluations.isEmpty() || !room.getAsBoolean());
  }

  /** Whether something that was found waits to be taken. */
  boolean evaluationsWait() {
    lock.lock();
    try {
      return !evaluations.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  int depth() {
    lock.lock();
    try {
      return evaluations.size() + asks.size();
    } finally {
      lock.unlock();
    }
  }

  /** Takes every command out, to refuse them. */
  List<Ask> drainAsks() {
    lock.lock();
    try {
      var all = List.copyOf(asks);
      asks.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }

  /**
   * As many as fit, but no alert twice: a breach and its end that arrived together must be seen as
   * two steps by the desk.
   */
  private List<Evaluation> someEvaluations() {
    var taken = new ArrayList<Evaluation>();
    var seen = new HashMap<String, Set<Labels>>();
    int weight = 0;
    while (!evaluations.isEmpty()) {
      Evaluation next = evaluations.getFirst();
      weight += weight(next);
      boolean full = weight > (storm ? Portion.PIECE : WEIGHT);
      if ((full && !taken.isEmpty()) || meets(seen, next)) {
        break;
      }
      taken.add(evaluations.removeFirst());
    }
    storm &= !evaluations.isEmpty();
    return taken;
  }

  private static boolean meets(Map<String, Set<Labels>> seen, Evaluation evaluation) {
    String rule = evaluation.spec().ruleId();
    Set<Labels> before = seen.get(rule);
    return switch (evaluation.scope()) {
      case Evaluation.Scope.Whole whole -> {
        seen.putIfAbsent(rule, Set.of());
        yield before != null;
      }
      case Evaluation.Scope.Only only -> {
        if (before == null) {
          seen.put(rule, new HashSet<>(only.labels()));
          yield false;
        }
        if (before.isEmpty() || only.labels().stream().anyMatch(before::contains)) {
          yield true;
        }
        before.addAll(only.labels());
        yield false;
      }
    };
  }

  /** How many alerts it speaks of, as far as it says. */
  private static int weight(Evaluation evaluation) {
    int breaches =
        evaluation.outcome() instanceof Evaluation.Outcome.Found found
            ? found.breaches().size()
            : 0;
    return switch (evaluation.scope()) {
      case Evaluation.Scope.Whole whole -> 1 + breaches;
      case Evaluation.Scope.Only only -> Math.max(breaches, only.labels().size());
    };
  }

  private Set<String> takeRetired() {
    var all = Set.copyOf(retired);
    retired.clear();
    return all;
  }

  private List<Ask> someAsks() {
    var some = new ArrayList<Ask>();
    while (!asks.isEmpty() && some.size() < ORDERS_AT_ONCE) {
      some.add(asks.removeFirst());
    }
    return some;
  }
}
