package io.tocsin.postgres;

import io.tocsin.access.Account;
import io.tocsin.access.AccountStore;
import io.tocsin.access.PasswordHash;
import io.tocsin.access.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Accounts in the database; of a password its Argon2id hash alone. */
public final class PostgresAccounts implements AccountStore {

  private static final String LOCK = "LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE";
  private static final String INSERT =
      """
      INSERT INTO account
        (id, name, role, password, subject, disabled, created_at, last_login_at)
      VALUES (:id, :name, :role, :password, :subject, :disabled, :created, :login)
      ON CONFLICT DO NOTHING
      """;
  private static final String UPDATE =
      """
      UPDATE account SET name = :name, role = :role, password = :password, subject = :subject,
        disabled = :disabled, created_at = :created, last_login_at = :login
      WHERE id = :id
      """;
  private static final String UNIQUE_VIOLATION = "23505";

  private final Database database;

  public PostgresAccounts(Database database) {
    this.database = database;
  }

  @Override
  public List<Account> accounts() {
    return database.jdbi().withHandle(PostgresAccounts::all);
  }

  private static List<Account> all(Handle handle) {
    return handle
        .createQuery("SELECT * FROM account ORDER BY lower(name) COLLATE \"C\"")
        .map((row, context) -> account(row))
        .list();
  }

  @Override
  public Optional<Account> find(String id) {
    return first("SELECT * FROM account WHERE id = :key", id);
  }

  @Override
  public Optional<Account> named(String name) {
    return first("SELECT * FROM account WHERE lower(name) = lower(:key)", name);
  }

  @Override
  public Optional<Account> ofSubject(String subject) {
    return first("SELECT * FROM account WHERE subject = :key", subject);
  }

  private Optional<Account> first(String sql, String key) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(sql)
                    .bind("key", Documents.text(key))
                    .map((row, context) -> account(row))
                    .findOne());
  }

  @Override
  public void add(Account account) {
    int added =
        database.jdbi().withHandle(handle -> bind(handle.createUpdate(INSERT), account).execute());
    if (added == 0) {
      throw taken(account);
    }
  }

  private static Refused taken(Account account) {
    return new Refused("the name " + account.name() + " is taken");
  }

  @Override
  public boolean addFirst(Account account) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              handle.execute(LOCK);
              return all(handle).isEmpty()
                  && bind(handle.createUpdate(INSERT), account).execute() == 1;
            });
  }

  @Override
  public Optional<Changed> change(String id, UnaryOperator<Account> edit) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              handle.execute(LOCK);
              List<Account> all = all(handle);
              Optional<Changed> changed =
                  all.stream()
                      .filter(account -> account.id().equals(id))
                      .findFirst()
                      .map(before -> new Changed(before, edit.apply(before)));
              changed.ifPresent(
                  it -> {
                    AccountStore.keepOneAdmin(it, all);
                    write(handle, it.after());
                  });
              return changed;
            });
  }

  private static void write(Handle handle, Account account) {
    try {
      bind(handle.createUpdate(UPDATE), account).execute();
    } catch (UnableToExecuteStatementException e) {
      if (e.getCause() instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
        throw taken(account);
      }
      throw e;
    }
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Account account) {
    return statement
        .bind("id", account.id())
        .bind("name", account.name())
        .bind("role", account.role().word())
        .bind("password", account.password().map(PasswordHash::phc))
        .bind("subject", account.subject().map(Documents::text))
        .bind("disabled", account.disabled())
        .bind("created", account.created())
        .bind("login", account.lastLogin());
  }

  private static Account account(ResultSet row) throws SQLException {
    String role = row.getString("role");
    return new Account(
        row.getString("id"),
        row.getString("name"),
        Role.named(role).orElseThrow(() -> new IllegalStateException("stored role " + role)),
        Optional.ofNullable(row.getString("password")).map(PasswordHash::parse),
        Optional.ofNullable(row.getString("subject")),
        row.getBoolean("disabled"),
        row.getTimestamp("created_at").toInstant(),
        Optional.ofNullable(row.getTimestamp("last_login_at")).map(Timestamp::toInstant));
  }
}
