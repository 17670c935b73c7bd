package io.tocsin.web;

import io.tocsin.telemetry.SelfHealth;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What runs here and how it is.
 *
 * @param version of this build
 * @param java what it runs on
 * @param node this node's name
 * @param startedAt since when
 * @param epoch how often the lead has changed hands
 * @param leads whether this node leads
 * @param database in words
 * @param databaseBytes how large it is, if it can be asked
 * @param queues how much waits where
 * @param backups what was last backed up when, and when a restore was last tried
 * @param licences of what is shipped
 * @param health each part's state
 */
public record AboutView(
    String version,
    String java,
    String node,
    Instant startedAt,
    long epoch,
    boolean leads,
    String database,
    Optional<Long> databaseBytes,
    List<Queue> queues,
    List<Backup> backups,
    List<Licence> licences,
    SelfHealth.Report health) {

  /**
   * Something that waits.
   *
   * @param name of the queue
   * @param state how long it is, or how far behind
   */
  public record Queue(String name, String state) {}

  /**
   * Something that came to a good end.
   *
   * @param name of it
   * @param at when it last did
   */
  public record Backup(String name, Instant at) {}

  public AboutView {
    queues = List.copyOf(queues);
    backups = List.copyOf(backups);
    licences = List.copyOf(licences);
  }

  /** How large the database is, in words. */
  public String size() {
    return databaseBytes
        .map(
            bytes ->
                bytes < 1e9
                    ? String.format(Locale.ROOT, "%.0f MB", bytes / 1e6)
                    : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9))
        .orElse("not known");
  }
}
