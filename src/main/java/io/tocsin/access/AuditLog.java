package io.tocsin.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Where what was done is written down; nothing is ever changed in it. Calls may block. */
public interface AuditLog {

  /** An entry with its place in the log; later ones have greater numbers. */
  record Kept(long number, AuditEntry entry) {}

  /**
   * Which entries are wanted.
   *
   * @param actor exactly this name
   * @param text stands somewhere in the action or the subject, whatever the case
   * @param outcome went so
   * @param from at or after
   * @param to before
   * @param before numbered before, to page on
   * @param limit at most so many
   */
  record Filter(
      Optional<String> actor,
      Optional<String> text,
      Optional<AuditEntry.Outcome> outcome,
      Optional<Instant> from,
      Optional<Instant> to,
      OptionalLong before,
      int limit) {

    /** The latest. */
    public static Filter latest(int limit) {
      return new Filter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          limit);
    }
  }

  void append(AuditEntry entry);

  /** Latest first. */
  List<Kept> read(Filter filter);
}
