package io.tocsin.check;

import java.time.Instant;

/**
 * A check that was asked for over the API.
 *
 * @param name unique among all checks
 * @param document as it was written: the shape of an entry of {@code checks} in the configuration;
 *     may hold secrets, so it is never given back
 * @param createdBy who asked for it
 */
public record CheckDefinition(String name, String document, Instant createdAt, String createdBy) {

  /** Without the document. */
  @Override
  public String toString() {
    return "CheckDefinition[" + name + "]";
  }
}
