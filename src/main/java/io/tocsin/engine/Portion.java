package io.tocsin.engine;

import io.tocsin.alert.AlertTracker.Advance;
import io.tocsin.alert.Evaluation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * As much of what waits as one cycle takes: a storm is taken in pieces, of which a commit carries
 * as many as were decided while the one before it was written, and commands go along with them.
 *
 * @param batch what the cycle takes
 * @param alerts the alerts after it
 */
record Portion(Inbox.Batch batch, Advance alerts) {

  /**
   * The most alerts that one commit changes: few enough that a command behind it waits little, many
   * enough that ten thousand are through in two seconds.
   */
  static final int MOST_ALERTS = 60;

  /** The most alerts that one cycle changes, when it can be cut. */
  static final int PIECE = 30;

  /** Cuts a batch and puts back what is left. */
  static Portion of(
      Inbox.Batch batch, Inbox inbox, EvaluationCycle cycle, EngineState state, Instant now) {
    Portion whole = of(batch, cycle, state, now);
    if (batch.evaluations().isEmpty() || whole.alerts.changed().size() <= PIECE) {
      return whole;
    }
    var pieces = new ArrayList<Evaluation>();
    batch.evaluations().forEach(it -> pieces.addAll(cycle.pieces(state, it, PIECE)));
    int taken = fitting(pieces);
    inbox.putBack(pieces.subList(taken, pieces.size()));
    return of(batch.with(List.copyOf(pieces.subList(0, taken))), cycle, state, now);
  }

  private static Portion of(
      Inbox.Batch batch, EvaluationCycle cycle, EngineState state, Instant now) {
    return new Portion(batch, cycle.advance(state, batch.evaluations(), batch.retired(), now));
  }

  /** How many pieces from the first one on speak of so few alerts; at least one. */
  private static int fitting(List<Evaluation> pieces) {
    int alerts = 0;
    int count = 0;
    for (Evaluation piece : pieces) {
      if (!(piece.scope() instanceof Evaluation.Scope.Only only)) {
        break;
      }
      alerts += only.labels().size();
      if (alerts > PIECE) {
        break;
      }
      count++;
    }
    return Math.max(1, count);
  }
}
