package io.tocsin.web;

import io.tocsin.access.Account;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Oneself.
 *
 * @param name as others see it
 * @param scopes what one may do
 * @param account empty for a token, or where access is open
 * @param sessions the browsers in which one is logged in
 * @param troubles what is wrong with what was typed, by field
 * @param done what just happened
 */
public record MeView(
    String name,
    List<String> scopes,
    Optional<Account> account,
    List<SessionRow> sessions,
    Map<String, String> troubles,
    String done) {

  /** What is wrong with a field; {@code ""} when nothing is. */
  public String trouble(String field) {
    return troubles.getOrDefault(field, "");
  }
}
