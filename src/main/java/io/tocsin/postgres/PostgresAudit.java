package io.tocsin.postgres;

import io.tocsin.access.AuditEntry;
import io.tocsin.access.AuditLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The audit log in the database; housekeeping forgets it with the reports. */
public final class PostgresAudit implements AuditLog {

  private final Database database;

  public PostgresAudit(Database database) {
    this.database = database;
  }

  /** What of an entry stands in the document. */
  private record Told(
      String address,
      AuditEntry.Outcome outcome,
      Map<String, String> before,
      Map<String, String> after) {}

  @Override
  public void append(AuditEntry entry) {
    var told = new Told(entry.address(), entry.outcome(), entry.before(), entry.after());
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO audit_log (at, actor, action, subject, document)
                        VALUES (:at, :actor, :action, :subject, :document::jsonb)
                        """)
                    .bind("at", entry.at())
                    .bind("actor", Documents.text(entry.actor()))
                    .bind("action", Documents.text(entry.action()))
                    .bind("subject", Documents.text(entry.subject()))
                    .bind("document", Documents.write(told))
                    .execute());
  }

  @Override
  public List<Kept> read(Filter filter) {
    var where = new ArrayList<String>();
    var values = new LinkedHashMap<String, Object>();
    filter.actor().ifPresent(it -> and(where, values, "actor = :actor", "actor", it));
    filter
        .text()
        .ifPresent(
            it ->
                and(
                    where,
                    values,
                    "position(lower(:text) in lower(action || E'\\n' || subject)) > 0",
                    "text",
                    Documents.text(it)));
    filter
        .outcome()
        .ifPresent(
            it -> and(where, values, "document->>'outcome' = :outcome", "outcome", it.name()));
    filter.from().ifPresent(it -> and(where, values, "at >= :from", "from", it));
    filter.to().ifPresent(it -> and(where, values, "at < :to", "to", it));
    filter.before().ifPresent(it -> and(where, values, "id < :before", "before", it));
    String condition = where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where);
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT * FROM audit_log" + condition + " ORDER BY id DESC LIMIT :limit")
                    .bindMap(values)
                    .bind("limit", filter.limit())
                    .map((row, context) -> kept(row))
                    .list());
  }

  private static void and(
      List<String> where, Map<String, Object> values, String sql, String name, Object value) {
    where.add(sql);
    values.put(name, value);
  }

  private static Kept kept(ResultSet row) throws SQLException {
    Told told = Documents.read(row.getString("document"), Told.class);
    return new Kept(
        row.getLong("id"),
        new AuditEntry(
            row.getTimestamp("at").toInstant(),
            row.getString("actor"),
            told.address,
            row.getString("action"),
            row.getString("subject"),
            told.outcome,
            told.before,
            told.after));
  }
}
