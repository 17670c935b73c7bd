package io.tocsin.http;

import io.tocsin.access.Account;
import io.tocsin.access.AccountStore;
import io.tocsin.access.AuditEntry.Outcome;
import io.tocsin.access.AuditLog;
import io.tocsin.access.Lockout;
import io.tocsin.access.LoginSession.OfAccount;
import io.tocsin.access.Network;
import io.tocsin.access.PasswordHash;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Logs a person in with name and password. An unknown name takes as long as a wrong password and is
 * answered alike. Whoever guesses waits longer and longer, for one name and from one address. Calls
 * block.
 */
public final class PasswordLogin {

  private static final int FREE_FOR_NAME = 5;
  private static final int FREE_FOR_ADDRESS = 20;
  private static final int REMEMBERED = 10_000;
  private static final int LONGEST_NAME = 64;

  private final AccountStore accounts;
  private final LoginLog log;
  private final Passwords passwords;
  private final Sessions sessions;
  private final Lockout names = new Lockout(FREE_FOR_NAME, REMEMBERED);
  private final Lockout addresses = new Lockout(FREE_FOR_ADDRESS, REMEMBERED);
  private final PasswordHash nobodys;

  public PasswordLogin(
      AccountStore accounts, AuditLog audit, Passwords passwords, Sessions sessions) {
    this.accounts = accounts;
    this.log = new LoginLog(audit, sessions.addresses());
    this.passwords = passwords;
    this.sessions = sessions;
    this.nobodys = passwords.hash("nobody's password");
  }

  /** How it went. */
  public sealed interface Answer {}

  /** Logged in; the answer to the request carries the cookie. */
  public record In(Account account) implements Answer {}

  /** Name or password is wrong, or the account is kept out; which of them is not told. */
  public record Wrong() implements Answer {}

  /** Too many tries: not before this time has passed. */
  public record Wait(Duration time) implements Answer {}

  /** Tries. */
  public Answer logIn(RoutingContext context, String typed, String password, Instant now) {
    String name = typed.length() <= LONGEST_NAME ? typed : typed.substring(0, LONGEST_NAME);
    String key = name.toLowerCase(Locale.ROOT);
    String address = sessions.addresses().of(context);
    Optional<Duration> wait = names.wait(key, now).or(() -> addresses.wait(network(address), now));
    if (wait.isPresent()) {
      return new Wait(wait.get());
    }
    // Counted before the slow part, so that many at once do not all slip through.
    int failures = names.failed(key, now);
    addresses.failed(network(address), now);
    Optional<Account> account = accounts.named(name);
    boolean fits = passwords.matches(password, account.flatMap(Account::password).orElse(nobodys));
    if (!fits || account.filter(PasswordLogin::welcome).isEmpty()) {
      log.written(
          context, name, Outcome.FAILED, Map.of("failures", Integer.toString(failures)), now);
      return new Wrong();
    }
    names.succeeded(key);
    Account known = account.get();
    Optional<PasswordHash> fresh =
        known.password().filter(hash -> hash.cost().equals(passwords.cost())).isPresent()
            ? Optional.empty()
            : Optional.of(passwords.hash(password));
    accounts.change(known.id(), it -> fresh.map(it::with).orElse(it).seen(now));
    sessions.open(context, new OfAccount(known.id()), now);
    log.written(context, known.name(), Outcome.DONE, Map.of("with", "password"), now);
    return new In(known);
  }

  private static boolean welcome(Account account) {
    return !account.disabled() && account.password().isPresent();
  }

  /** Whoever has one IPv6 address has its whole /64. */
  private static String network(String address) {
    return Network.literal(address)
        .filter(bytes -> bytes.length == 16)
        .map(bytes -> HexFormat.of().formatHex(bytes, 0, 8))
        .orElse(address);
  }
}
