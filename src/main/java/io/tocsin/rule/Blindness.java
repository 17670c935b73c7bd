package io.tocsin.rule;

import io.tocsin.label.Matcher;
import io.tocsin.promql.BinaryOp;
import io.tocsin.promql.Expr;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether an expression that found nothing could have found anything. It could not when every
 * selector that was read is empty, and {@code a and b} could not when either side could not: a
 * short window that has run out of data does not say that the long one has recovered.
 */
public final class Blindness {

  private Blindness() {}

  /**
   * Whether there was nothing to judge by.
   *
   * @param lives whether a selector met a living series; empty when it was not read. Asked no more
   *     than it takes, since elsewhere each answer is a question over the network
   */
  public static boolean of(Expr expr, Function<List<Matcher>, Optional<Boolean>> lives) {
    if (expr.bare() instanceof Expr.Binary binary && binary.op() == BinaryOp.AND) {
      return of(binary.left(), lives) || of(binary.right(), lives);
    }
    var seen = new Seen(lives);
    seen.look(expr);
    return seen.read && !seen.found;
  }

  private static final class Seen {
    private final Function<List<Matcher>, Optional<Boolean>> lives;
    private boolean read;
    private boolean found;

    Seen(Function<List<Matcher>, Optional<Boolean>> lives) {
      this.lives = lives;
    }

    void look(Expr expr) {
      if (found) {
        return;
      }
      if (expr instanceof Expr.VectorSelector selector) {
        Optional<Boolean> alive = lives.apply(selector.matchers());
        read |= alive.isPresent();
        found |= alive.orElse(false);
      }
      expr.children().forEach(this::look);
    }
  }
}
