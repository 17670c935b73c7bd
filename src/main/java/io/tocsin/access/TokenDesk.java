package io.tocsin.access;

import io.tocsin.access.AuditEntry.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** What is done with tokens, each deed written to the audit log. Calls block. */
public final class TokenDesk {

  private final TokenStore store;
  private final AuditLog audit;
  private final RandomGenerator random;
  private final Consumer<String> revoked;

  /**
   * @param random cryptographically strong, for the tokens' texts
   * @param revoked is told of the id of each token revoked, for those who keep copies
   */
  public TokenDesk(
      TokenStore store, AuditLog audit, RandomGenerator random, Consumer<String> revoked) {
    this.store = store;
    this.audit = audit;
    this.random = random;
    this.revoked = revoked;
  }

  /** A token with its text, which nobody can read again. */
  public record Made(ApiToken token, TokenText text) {}

  /** Every token, oldest first. */
  public List<ApiToken> tokens() {
    return store.tokens();
  }

  /** A new token. */
  public Made create(AccountDesk.By by, String name, Set<Scope> scopes, Optional<Instant> expires) {
    TokenText text = TokenText.mint(random);
    ApiToken token = ApiToken.of(text, name, scopes, by.at(), expires);
    store.add(token);
    written(by, "token created", token, Map.of(), told(token));
    return new Made(token, text);
  }

  /** Ends a token; false when there is none. */
  public boolean revoke(AccountDesk.By by, String id) {
    Optional<ApiToken> token = store.find(id);
    if (token.isEmpty() || !store.revoke(id)) {
      return false;
    }
    revoked.accept(id);
    written(by, "token revoked", token.get(), told(token.get()), Map.of());
    return true;
  }

  private void written(
      AccountDesk.By by,
      String action,
      ApiToken token,
      Map<String, String> before,
      Map<String, String> after) {
    audit.append(
        new AuditEntry(
            by.at(), by.name(), by.address(), action, token.id(), Outcome.DONE, before, after));
  }

  private static Map<String, String> told(ApiToken token) {
    return Map.of(
        "name",
        token.name(),
        "scopes",
        token.scopes().stream().sorted().map(Scope::word).collect(Collectors.joining(" ")),
        "expires",
        token.expires().map(Instant::toString).orElse("never"));
  }
}
