package io.tocsin.incident;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Names an incident for ever; also the deduplication key that receivers see. Derived from the group
 * and the start of the episode, so that a node that could not reach the database and the row
 * written later agree on it.
 */
public record IncidentId(String value) implements Comparable<IncidentId> {

  public IncidentId {
    if (!value.matches("[a-z0-9]{4,40}")) {
      throw new IllegalArgumentException(
          "incident id: found \"" + value + "\", expected 4 to 40 of a-z and 0-9");
    }
  }

  /** The id of the episode of a group that started at an instant (millisecond precision). */
  public static IncidentId of(GroupKey group, Instant episodeStart) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((group + "@" + episodeStart.toEpochMilli()).getBytes(StandardCharsets.UTF_8));
      return new IncidentId("i" + HexFormat.of().formatHex(digest, 0, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public int compareTo(IncidentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
