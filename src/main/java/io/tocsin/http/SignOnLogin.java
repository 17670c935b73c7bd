package io.tocsin.http;

import io.tocsin.access.Account;
import io.tocsin.access.AccountStore;
import io.tocsin.access.AuditEntry.Outcome;
import io.tocsin.access.AuditLog;
import io.tocsin.access.LoginSession.OfAccount;
import io.tocsin.access.Role;
import io.tocsin.http.oidc.SignOn;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Logs in whom the identity provider vouches for. They are known by the provider's subject alone,
 * never by a name, which anybody may choose; their role is what their groups give at each log-in.
 * Calls block.
 */
public final class SignOnLogin {

  private static final int LONGEST_NAME = 60;
  private static final int NAMES_TRIED = 100;

  private final AccountStore accounts;
  private final LoginLog log;
  private final Sessions sessions;
  private final SecureRandom random = new SecureRandom();

  public SignOnLogin(AccountStore accounts, AuditLog audit, Sessions sessions) {
    this.accounts = accounts;
    this.log = new LoginLog(audit, sessions.addresses());
    this.sessions = sessions;
  }

  /**
   * Lets them in.
   *
   * @throws ProblemException 403 when their groups give no role, or they are kept out here
   */
  public Account logIn(RoutingContext context, SignOn.Arrival arrival, Instant now) {
    Optional<Account> known = accounts.ofSubject(arrival.subject());
    if (arrival.role().isEmpty()) {
      throw notIn(context, arrival, "none of your groups has a role in Tocsin", now);
    }
    if (known.map(Account::disabled).orElse(false)) {
      throw notIn(context, arrival, "the account is disabled", now);
    }
    Role role = arrival.role().get();
    Account account = known.isPresent() ? again(known.get(), role, now) : made(arrival, role, now);
    sessions.open(context, new OfAccount(account.id()), now);
    sessions.refresh();
    log.written(
        context, account.name(), Outcome.DONE, Map.of("with", "sign-on", "role", role.word()), now);
    return account;
  }

  /** The provider's word did not hold. */
  public void refused(RoutingContext context, String reason, Instant now) {
    log.written(context, "", Outcome.FAILED, Map.of("with", "sign-on", "reason", reason), now);
  }

  private ProblemException notIn(
      RoutingContext context, SignOn.Arrival arrival, String reason, Instant now) {
    log.written(
        context,
        arrival.name(),
        Outcome.REFUSED,
        Map.of("with", "sign-on", "reason", reason, "groups", String.join(" ", arrival.groups())),
        now);
    return ProblemException.of(403, reason);
  }

  private Account again(Account known, Role role, Instant now) {
    try {
      return accounts
          .change(known.id(), it -> it.as(role).seen(now))
          .map(AccountStore.Changed::after)
          .orElse(known);
    } catch (AccountStore.Refused lastAdmin) {
      throw ProblemException.of(403, String.valueOf(lastAdmin.getMessage()));
    }
  }

  private Account made(SignOn.Arrival arrival, Role role, Instant now) {
    var bytes = new byte[8];
    random.nextBytes(bytes);
    String id = "u" + HexFormat.of().formatHex(bytes);
    String wanted = name(arrival.name());
    for (int i = 1; i <= NAMES_TRIED; i++) {
      String name = i == 1 ? wanted : wanted + "-" + i;
      if (accounts.named(name).isEmpty()) {
        Account account = Account.foreign(id, name, role, arrival.subject(), now).seen(now);
        accounts.add(account);
        return account;
      }
    }
    throw ProblemException.of(403, "too many people are called " + wanted);
  }

  /** The name with what names here may hold. */
  private static String name(String given) {
    String name =
        given.strip().replaceAll("[^A-Za-z0-9._@+-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
    String bounded = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    return bounded.isEmpty() ? "person" : bounded;
  }
}
