package io.tocsin.access;

import io.tocsin.access.AccountStore.Changed;
import io.tocsin.access.AuditEntry.Outcome;
import io.tocsin.access.LoginSession.OfAccount;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * What is done with accounts, each deed written to the audit log. A change of role, password or
 * standing ends the person's sessions. Calls block.
 */
public final class AccountDesk {

  private final AccountStore accounts;
  private final SessionStore sessions;
  private final AuditLog audit;
  private final Hashing hashing;
  private final RandomGenerator random;
  private final Runnable changed;

  /**
   * @param random cryptographically strong, for ids
   * @param changed is called after each change, for those who keep copies
   */
  public AccountDesk(
      AccountStore accounts,
      SessionStore sessions,
      AuditLog audit,
      Hashing hashing,
      RandomGenerator random,
      Runnable changed) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.audit = audit;
    this.hashing = hashing;
    this.random = random;
    this.changed = changed;
  }

  /** Who does it, from where, when. */
  public record By(String name, String address, Instant at) {}

  /** What is wrong with what was typed; fit to stand beside the field. */
  public static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String field;

    Wrong(String field, String words) {
      super(words, null, false, false);
      this.field = field;
    }

    public String field() {
      return field;
    }

    public String words() {
      return String.valueOf(getMessage());
    }
  }

  public List<Account> accounts() {
    return accounts.accounts();
  }

  public Optional<Account> find(String id) {
    return accounts.find(id);
  }

  /** Whether nobody can log in yet. */
  public boolean empty() {
    return accounts.accounts().isEmpty();
  }

  /**
   * A new account.
   *
   * @throws Wrong for a name or password that is not taken
   */
  public Account create(By by, String name, Role role, String password) {
    Account account = draft(by, name, role, password);
    try {
      accounts.add(account);
    } catch (AccountStore.Refused taken) {
      throw new Wrong("name", "This name is taken.");
    }
    written(by, "user created", account, Map.of(), told(account));
    return account;
  }

  /** The very first account, an admin; empty when there is one already. */
  public Optional<Account> first(By by, String name, String password) {
    Account account = draft(by, name, Role.ADMIN, password).seen(by.at);
    if (!accounts.addFirst(account)) {
      return Optional.empty();
    }
    written(new By(name, by.address, by.at), "first admin", account, Map.of(), told(account));
    return Optional.of(account);
  }

  private Account draft(By by, String name, Role role, String password) {
    if (!Account.NAME.matcher(name).matches()) {
      throw new Wrong(
          "name", "1 to 64 letters, digits and . _ @ + -, a letter or digit first; no spaces.");
    }
    return Account.local(id(), name, role, hashed(name, password), by.at);
  }

  private PasswordHash hashed(String name, String password) {
    PasswordRules.refusal(password, name)
        .ifPresent(
            words -> {
              throw new Wrong("password", words);
            });
    return hashing.hash(password);
  }

  private String id() {
    var bytes = new byte[8];
    random.nextBytes(bytes);
    return "u" + HexFormat.of().formatHex(bytes);
  }

  /**
   * Gives another role, lets in or keeps out; empty when there is no such account.
   *
   * @throws AccountStore.Refused when nobody would be left who administers
   */
  public Optional<Account> edit(By by, String id, Optional<Role> role, Optional<Boolean> disabled) {
    return change(
        by,
        "user changed",
        id,
        account ->
            account.as(role.orElse(account.role())).disabled(disabled.orElse(account.disabled())));
  }

  /**
   * Gives another person a new password; empty when there is no such account.
   *
   * @throws Wrong for a password that is not taken
   */
  public Optional<Account> resetPassword(By by, String id, String password) {
    Optional<Account> account = accounts.find(id).map(it -> local(it, "password"));
    return account.flatMap(
        it -> {
          PasswordHash hash = hashed(it.name(), password);
          return change(by, "password reset", id, one -> one.with(hash));
        });
  }

  /**
   * One's own new password.
   *
   * @throws Wrong for a wrong present password, or a new one that is not taken
   */
  public Account changePassword(By by, String id, String current, String next) {
    Account account =
        local(
            accounts.find(id).orElseThrow(() -> new Wrong("current", "There is no account.")),
            "current");
    if (!account.password().map(hash -> hashing.matches(current, hash)).orElse(false)) {
      written(by, "password change", account, Outcome.FAILED, Map.of(), Map.of());
      throw new Wrong("current", "This is not the present password.");
    }
    PasswordHash hash = hashed(account.name(), next);
    return change(by, "password change", id, one -> one.with(hash)).orElse(account);
  }

  private static Account local(Account account, String field) {
    if (account.password().isEmpty()) {
      throw new Wrong(field, "This person logs in with the identity provider and has no password.");
    }
    return account;
  }

  /** Ends a session by its handle; false when there is none. */
  public boolean endSession(By by, String handle) {
    Optional<LoginSession> session =
        sessions.sessions().stream().filter(it -> it.handle().equals(handle)).findFirst();
    session.ifPresent(
        it -> {
          sessions.end(it.id());
          changed.run();
          audit.append(
              new AuditEntry(
                  by.at,
                  by.name,
                  by.address,
                  "session ended",
                  holder(it),
                  Outcome.DONE,
                  Map.of("opened", it.opened().toString(), "address", it.address()),
                  Map.of()));
        });
    return session.isPresent();
  }

  /** Every session that is good, latest used first. */
  public List<LoginSession> sessions(LoginSession.Life life, Instant now) {
    return sessions.sessions().stream().filter(it -> !it.over(life, now)).toList();
  }

  /** Whose a session is, by name. */
  public String holder(LoginSession session) {
    return switch (session.holder()) {
      case OfAccount of -> accounts.find(of.accountId()).map(Account::name).orElse("nobody");
      case LoginSession.OfToken of -> "token " + of.tokenId();
    };
  }

  private Optional<Account> change(By by, String action, String id, UnaryOperator<Account> edit) {
    Optional<Changed> done = accounts.change(id, edit);
    done.ifPresent(
        it -> {
          if (!it.before().equals(it.after())) {
            sessions.endAll(new OfAccount(id));
          }
          changed.run();
          written(by, action, it.after(), told(it.before()), told(it.after()));
        });
    return done.map(Changed::after);
  }

  private void written(
      By by,
      String action,
      Account subject,
      Map<String, String> before,
      Map<String, String> after) {
    written(by, action, subject, Outcome.DONE, before, after);
  }

  private void written(
      By by,
      String action,
      Account subject,
      Outcome outcome,
      Map<String, String> before,
      Map<String, String> after) {
    audit.append(
        new AuditEntry(by.at, by.name, by.address, action, subject.name(), outcome, before, after));
  }

  private static Map<String, String> told(Account account) {
    return Map.of(
        "name",
        account.name(),
        "role",
        account.role().word(),
        "disabled",
        Boolean.toString(account.disabled()),
        "from",
        account.subject().isPresent() ? "identity provider" : "here");
  }
}
