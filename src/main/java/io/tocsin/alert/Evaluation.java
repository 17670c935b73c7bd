package io.tocsin.alert;

import io.tocsin.label.Labels;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What one rule found at one instant.
 *
 * @param spec the rule
 * @param at the instant it was evaluated for
 * @param scope which of the rule's alerts this speaks about
 * @param outcome what was found
 */
public record Evaluation(AlertSpec spec, Instant at, Scope scope, Outcome outcome) {

  /** Which of a rule's alerts an evaluation speaks about. */
  public sealed interface Scope {
    /** All of them: an alert that is not among the breaches has ended. */
    record Whole() implements Scope {}

    /** Only alerts with these labels (evaluation on arrival): others stay as they are. */
    record Only(Set<Labels> labels) implements Scope {
      public Only {
        labels = Set.copyOf(labels);
      }
    }
  }

  /** What was found. */
  public sealed interface Outcome {
    /** The rule ran; these breach, possibly none. */
    record Found(List<Breach> breaches) implements Outcome {
      public Found {
        breaches = List.copyOf(breaches);
      }
    }

    /** The rule ran, but every selector it names was empty. */
    record Empty() implements Outcome {}

    /**
     * Nothing is known. Never means "nothing wrong".
     *
     * @param reason why, for people
     * @param failed whether the rule itself failed; false when it ran but could not tell, as on
     *     stale data
     */
    record Unknown(String reason, boolean failed) implements Outcome {
      /** The rule failed. */
      public Unknown(String reason) {
        this(reason, true);
      }
    }
  }

  /** A whole rule with what breaches. */
  public static Evaluation found(AlertSpec spec, Instant at, List<Breach> breaches) {
    return new Evaluation(spec, at, new Scope.Whole(), new Outcome.Found(breaches));
  }
}
