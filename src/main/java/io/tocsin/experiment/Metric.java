package io.tocsin.experiment;

/**
 * What is measured of every unit.
 *
 * @param minimumEffect the smallest change worth having, in the metric's own unit (0.01 for a point
 *     of a share), above 0
 * @param margin how much worse a guardrail may get before it counts as harm, 0 or more
 */
public record Metric(
    String name,
    Kind kind,
    Goal goal,
    Role role,
    double minimumEffect,
    double margin,
    Combine combine,
    Absent absent) {

  /** How values are distributed. */
  public enum Kind {
    /** 0 or 1 for each unit. */
    PROPORTION,
    /** Any number for each unit. */
    MEAN
  }

  /** Which way is better. */
  public enum Goal {
    INCREASE,
    DECREASE;

    /** A difference so that more is better. */
    double better(double difference) {
      return this == INCREASE ? difference : -difference;
    }
  }

  /** What the metric decides. */
  public enum Role {
    /** Names the winner; one of an experiment. */
    PRIMARY,
    /** Shown only. */
    SECONDARY,
    /** Must not get worse than its margin. */
    GUARDRAIL
  }

  /** What becomes of several outcomes of one unit. */
  public enum Combine {
    /** The latest stands. */
    LAST,
    /** They add up; an outcome with an id counts once. */
    SUM,
    /** The largest stands. */
    MAX
  }

  /** What a unit without an outcome is. */
  public enum Absent {
    /** 0: it has not converted, it has not paid. */
    ZERO,
    /** Left out: it was not measured. */
    EXCLUDE
  }
}
