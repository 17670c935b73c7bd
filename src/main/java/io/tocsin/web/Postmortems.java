package io.tocsin.web;

import io.tocsin.incident.IncidentId;
import java.time.Instant;
import java.util.Optional;

/** Post-mortems as the console reads and edits them. Calls block: virtual threads only. */
public interface Postmortems {

  Optional<Document> find(IncidentId incident);

  /** Drafts one where there is none yet; what is there stays as it is. */
  Document draft(IncidentId incident);

  /** Keeps a person's text. */
  void save(IncidentId incident, String markdown, String author);

  /**
   * A post-mortem as it stands.
   *
   * @param markdown its text
   * @param changedAt when it last changed
   * @param changedBy who wrote it
   */
  record Document(String markdown, Instant changedAt, String changedBy) {}
}
