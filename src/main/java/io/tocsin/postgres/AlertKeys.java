package io.tocsin.postgres;

import io.tocsin.alert.AlertKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An alert's identity as one column: SHA-256 of rule id and labels. */
final class AlertKeys {

  private AlertKeys() {}

  static String of(AlertKey alert) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(alert.ruleId().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(alert.labels().toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
