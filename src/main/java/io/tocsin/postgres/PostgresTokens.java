package io.tocsin.postgres;

import io.tocsin.access.ApiToken;
import io.tocsin.access.Scope;
import io.tocsin.access.TokenHash;
import io.tocsin.access.TokenStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** API tokens in the database: their hashes, never their text. */
public final class PostgresTokens implements TokenStore {
  private final Database database;

  public PostgresTokens(Database database) {
    this.database = database;
  }

  @Override
  public List<ApiToken> tokens() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT * FROM api_token ORDER BY created_at, id COLLATE \"C\"")
                    .map((row, context) -> token(row))
                    .list());
  }

  @Override
  public Optional<ApiToken> find(String id) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT * FROM api_token WHERE id = :id")
                    .bind("id", Documents.text(id))
                    .map((row, context) -> token(row))
                    .findOne());
  }

  private static ApiToken token(ResultSet row) throws SQLException {
    String[] scopes = (String[]) row.getArray("scopes").getArray();
    return new ApiToken(
        row.getString("id"),
        row.getString("name"),
        Arrays.stream(scopes).map(Scope::valueOf).collect(Collectors.toUnmodifiableSet()),
        TokenHash.fromHex(row.getString("hash")),
        row.getTimestamp("created_at").toInstant(),
        Optional.ofNullable(row.getTimestamp("expires_at")).map(Timestamp::toInstant),
        Optional.ofNullable(row.getTimestamp("last_used_at")).map(Timestamp::toInstant));
  }

  @Override
  public void add(ApiToken token) {
    int added =
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createUpdate(
                            """
                            INSERT INTO api_token
                              (id, name, hash, scopes, created_at, expires_at, last_used_at)
                            VALUES (:id, :name, :hash, :scopes, :created, :expires, :used)
                            ON CONFLICT DO NOTHING
                            """)
                        .bind("id", token.id())
                        .bind("name", Documents.text(token.name()))
                        .bind("hash", token.hash().hex())
                        .bindArray(
                            "scopes",
                            String.class,
                            token.scopes().stream().map(Scope::name).sorted().toList())
                        .bind("created", token.created())
                        .bind("expires", token.expires())
                        .bind("used", token.lastUsed())
                        .execute());
    if (added == 0) {
      throw new IllegalStateException("token id " + token.id() + " is taken");
    }
  }

  @Override
  public boolean revoke(String id) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                        .createUpdate("DELETE FROM api_token WHERE id = :id")
                        .bind("id", Documents.text(id))
                        .execute()
                    == 1);
  }

  @Override
  public void used(String id, Instant now) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate("UPDATE api_token SET last_used_at = :now WHERE id = :id")
                    .bind("now", now)
                    .bind("id", Documents.text(id))
                    .execute());
  }
}
