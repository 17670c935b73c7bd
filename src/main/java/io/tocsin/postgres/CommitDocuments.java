package io.tocsin.postgres;

import io.tocsin.alert.Alert;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The documents of one commit. In a storm the same alert stands in its own row, in its incident's
 * and in the event that tells of it: it is turned to JSON once. Used by one thread.
 */
final class CommitDocuments {

  private final Map<Alert, String> alerts = new IdentityHashMap<>();

  String of(Alert alert) {
    return alerts.computeIfAbsent(alert, Documents::write);
  }

  /** Anything that may have alerts in it. */
  String write(Object document) {
    return Documents.write(document, this::of);
  }
}
