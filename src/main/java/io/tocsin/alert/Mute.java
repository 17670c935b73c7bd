package io.tocsin.alert;

/** Why a firing alert makes no sound. Muted is not resolved. */
public sealed interface Mute {

  /** A person's silence. */
  record BySilence(String silenceId) implements Mute {}

  /** Planned maintenance of a component it hits. */
  record ByMaintenance(String maintenanceId) implements Mute {}

  /** Another firing alert explains it. */
  record ByInhibition(AlertKey source) implements Mute {}

  /**
   * By the hours of its routes.
   *
   * @param name of the intervals
   * @param within whether it is quiet within them, else outside of them
   */
  record ByTimeInterval(String name, boolean within) implements Mute {}
}
