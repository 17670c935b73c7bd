package io.tocsin.check;

/**
 * Whose trouble made a result bad, and why in a few words.
 *
 * @param side whose trouble
 * @param reason a short text such as {@code status 503, expected 200}; holds no secret
 */
public record Cause(Side side, String reason) {

  /** Whose trouble it is. Only {@link #TARGET} can make a check DOWN. */
  public enum Side {
    /** It answered wrongly, refused, or fell silent after the path to it was open. */
    TARGET,
    /** Another check that this one depends on is failing, so this target is not blamed. */
    DEPENDENCY,
    /** The path: no route, unreachable network, or our guard target out of reach. */
    NETWORK,
    /** We: no file handles left, our resolver gone, too busy to run the probe in time. */
    OURSELVES
  }

  public static Cause target(String reason) {
    return new Cause(Side.TARGET, reason);
  }

  public static Cause dependency(String reason) {
    return new Cause(Side.DEPENDENCY, reason);
  }

  public static Cause network(String reason) {
    return new Cause(Side.NETWORK, reason);
  }

  public static Cause ourselves(String reason) {
    return new Cause(Side.OURSELVES, reason);
  }
}
