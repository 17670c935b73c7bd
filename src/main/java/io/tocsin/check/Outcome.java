package io.tocsin.check;

/** What one run of a probe found, before anything earlier is weighed. */
public enum Outcome {
  SUCCESS,
  /**
   * The target did what was asked, but too slowly or close to a limit, such as a certificate's end.
   */
  DEGRADED,
  FAILURE,
  /** The run tells nothing about the target. */
  UNKNOWN
}
