package io.tocsin.access;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One change, or one try: who, when, from where, what, and how it went.
 *
 * @param at when
 * @param actor who, by name; {@code ""} for nobody known
 * @param address from where
 * @param action what was asked, as {@code POST /api/v1/tokens} or {@code login}
 * @param subject on what
 * @param outcome how it went
 * @param before what it was, without secrets; empty when nothing was or nothing is told
 * @param after what it became, or what was asked for
 */
public record AuditEntry(
    Instant at,
    String actor,
    String address,
    String action,
    String subject,
    Outcome outcome,
    Map<String, String> before,
    Map<String, String> after) {

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(passw|secret|token|credential|authorization|bearer|cookie|csrf|hook"
              + "|(api|private|routing|integration)[-_.]?key).*");
  private static final int LONGEST = 500;
  private static final int MOST = 40;

  /** How it went. */
  public enum Outcome {
    DONE,
    REFUSED,
    FAILED
  }

  public AuditEntry {
    before = told(before);
    after = told(after);
  }

  /** Without what must not be told, and bounded. */
  private static Map<String, String> told(Map<String, String> values) {
    var told = new TreeMap<String, String>();
    for (var entry : values.entrySet()) {
      if (told.size() == MOST) {
        break;
      }
      String value = entry.getValue();
      String shown = value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "...";
      told.put(entry.getKey(), SECRET.matcher(entry.getKey()).matches() ? "***" : shown);
    }
    return Map.copyOf(told);
  }
}
