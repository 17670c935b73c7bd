package io.tocsin.incident;

import io.tocsin.alert.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The owner's automatic priority (P0 to P3) of what a person reports without saying how bad it is:
 * by words, by who is hit and how many, by revenue.
 */
public final class AutomaticPriority {

  private static final List<String> P0 = List.of("outage", "down", "data loss", "breach");
  private static final List<String> P1 = List.of("broken", "not working", "error", "billing issue");
  private static final List<String> P3 =
      List.of("feature request", "nice to have", "suggestion", "enhancement");
  private static final int MANY_USERS = 100;

  private AutomaticPriority() {}

  /**
   * Judges a report.
   *
   * @param text title and description
   * @param tier the customer's: enterprise, business, ...
   * @param affected how many users are hit
   * @param revenue whether revenue is lost
   */
  public static Severity of(
      String text, Optional<String> tier, OptionalInt affected, boolean revenue) {
    String customer = tier.orElse("").toLowerCase(Locale.ROOT);
    boolean manyOfEnterprise = customer.equals("enterprise") && affected.orElse(0) > MANY_USERS;
    if (says(text, P0) || manyOfEnterprise) {
      return Severity.CRITICAL;
    }
    if (says(text, P1) || customer.equals("business") || revenue) {
      return Severity.HIGH;
    }
    return says(text, P3) ? Severity.LOW : Severity.MEDIUM;
  }

  /** Whether a text has any of these words, as whole words in any case. */
  static boolean says(String text, List<String> words) {
    return words.stream()
        .anyMatch(
            word ->
                Pattern.compile(
                        "(?<![\\p{L}\\p{N}])" + Pattern.quote(word) + "(?![\\p{L}\\p{N}])",
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                    .matcher(text)
                    .find());
  }
}
