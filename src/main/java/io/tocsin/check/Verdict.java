package io.tocsin.check;

/**
 * What we hold to be true of a check's target now. UNKNOWN is no weaker kind of DOWN: it says that
 * we could not tell, so it neither pages nor resolves, and reports keep it apart.
 */
public enum Verdict {
  UP,
  /** Answers as it should, but slower or closer to a limit than it may. */
  DEGRADED,
  DOWN,
  UNKNOWN
}
