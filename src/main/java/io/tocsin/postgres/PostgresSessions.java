package io.tocsin.postgres;

import io.tocsin.access.LoginSession;
import io.tocsin.access.LoginSession.Holder;
import io.tocsin.access.LoginSession.OfAccount;
import io.tocsin.access.LoginSession.OfToken;
import io.tocsin.access.SessionStore;
import io.tocsin.access.TokenHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sessions in the database; of what a cookie holds its hash alone. */
public final class PostgresSessions implements SessionStore {

  private final Database database;

  public PostgresSessions(Database database) {
    this.database = database;
  }

  @Override
  public List<LoginSession> sessions() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT * FROM login_session ORDER BY seen_at DESC LIMIT 1000")
                    .map((row, context) -> session(row))
                    .list());
  }

  @Override
  public Optional<LoginSession> find(TokenHash id) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT * FROM login_session WHERE id = :id")
                    .bind("id", id.hex())
                    .map((row, context) -> session(row))
                    .findOne());
  }

  @Override
  public void add(LoginSession session) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              handle
                  .createUpdate(
                      """
                      INSERT INTO login_session
                        (id, account, token, opened_at, seen_at, address, agent)
                      VALUES (:id, :account, :token, :opened, :seen, :address, :agent)
                      """)
                  .bind("id", session.id().hex())
                  .bind("account", account(session.holder()))
                  .bind("token", token(session.holder()))
                  .bind("opened", session.opened())
                  .bind("seen", session.lastSeen())
                  .bind("address", session.address())
                  .bind("agent", Documents.text(session.agent()))
                  .execute();
              handle
                  .createUpdate(
                      """
                      DELETE FROM login_session WHERE id IN (
                        SELECT id FROM login_session WHERE account = :account OR token = :token
                        ORDER BY opened_at DESC OFFSET :most)
                      """)
                  .bind("account", account(session.holder()))
                  .bind("token", token(session.holder()))
                  .bind("most", MOST)
                  .execute();
            });
  }

  private static Optional<String> account(Holder holder) {
    return holder instanceof OfAccount of ? Optional.of(of.accountId()) : Optional.empty();
  }

  private static Optional<String> token(Holder holder) {
    return holder instanceof OfToken of ? Optional.of(of.tokenId()) : Optional.empty();
  }

  @Override
  public void seen(TokenHash id, Instant now) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute("UPDATE login_session SET seen_at = ? WHERE id = ?", now, id.hex()));
  }

  @Override
  public boolean end(TokenHash id) {
    return database
        .jdbi()
        .withHandle(
            handle -> handle.execute("DELETE FROM login_session WHERE id = ?", id.hex()) == 1);
  }

  @Override
  public int endAll(Holder holder) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createUpdate(
                        "DELETE FROM login_session WHERE account = :account OR token = :token")
                    .bind("account", account(holder))
                    .bind("token", token(holder))
                    .execute());
  }

  @Override
  public void forget(Instant openedBefore, Instant seenBefore) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "DELETE FROM login_session WHERE opened_at < ? OR seen_at < ?",
                    openedBefore,
                    seenBefore));
  }

  private static LoginSession session(ResultSet row) throws SQLException {
    String account = row.getString("account");
    return new LoginSession(
        TokenHash.fromHex(row.getString("id")),
        account == null ? new OfToken(row.getString("token")) : new OfAccount(account),
        row.getTimestamp("opened_at").toInstant(),
        row.getTimestamp("seen_at").toInstant(),
        row.getString("address"),
        row.getString("agent"));
  }
}
