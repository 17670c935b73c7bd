package io.tocsin.postgres;

import io.tocsin.rule.drift.Finding;
import io.tocsin.rule.drift.FindingStore;
import io.tocsin.rule.drift.Standing;
import io.tocsin.rule.drift.Target;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What drift rules found and remember, in the database. */
public final class PostgresFindings implements FindingStore {

  private final Database database;

  public PostgresFindings(Database database) {
    this.database = database;
  }

  @Override
  public void add(Finding finding) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO drift_finding (id, at, model, rule_id, document)
                        VALUES (:id, :at, :model, :rule, cast(:document AS jsonb))
                        ON CONFLICT (id) DO UPDATE SET document = excluded.document
                        """)
                    .bind("id", finding.id())
                    .bind("at", finding.at())
                    .bind("model", Documents.text(finding.reading().target().model()))
                    .bind("rule", Documents.text(finding.rule()))
                    .bind("document", Documents.write(finding))
                    .execute());
  }

  @Override
  public List<Finding> search(Filter filter) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT document FROM drift_finding
                        WHERE (cast(:model AS text) IS NULL OR model = :model)
                          AND (cast(:rule AS text) IS NULL OR rule_id = :rule)
                          AND (cast(:labels AS jsonb) IS NULL
                            OR document -> 'labels' = cast(:labels AS jsonb))
                          AND (cast(:from AS timestamptz) IS NULL OR at >= :from)
                          AND (cast(:until AS timestamptz) IS NULL OR at <= :until)
                        ORDER BY at DESC, id LIMIT :limit
                        """)
                    .bind("model", filter.model().map(Documents::text).orElse(null))
                    .bind("rule", filter.rule().map(Documents::text).orElse(null))
                    .bind("labels", filter.labels().map(Documents::write).orElse(null))
                    .bind("from", filter.from().map(PostgresFindings::utc).orElse(null))
                    .bind("until", filter.until().map(PostgresFindings::utc).orElse(null))
                    .bind("limit", filter.limit())
                    .map(Documents.rows(Finding.class))
                    .list());
  }

  private static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  @Override
  public void remember(String rule, Target target, Standing standing) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO drift_standing (rule_id, target, document)
                        VALUES (:rule, :target, cast(:document AS jsonb))
                        ON CONFLICT (rule_id, target) DO UPDATE SET document = excluded.document
                        """)
                    .bind("rule", Documents.text(rule))
                    .bind("target", Documents.text(target.words()))
                    .bind("document", Documents.write(standing))
                    .execute());
  }

  @Override
  public Map<String, Standing> remembered(String rule) {
    return database
        .jdbi()
        .withHandle(
            handle -> {
              var known = new HashMap<String, Standing>();
              handle
                  .createQuery("SELECT target, document FROM drift_standing WHERE rule_id = :rule")
                  .bind("rule", Documents.text(rule))
                  .map(
                      (row, context) ->
                          Map.entry(
                              row.getString(1), Documents.read(row.getString(2), Standing.class)))
                  .forEach(entry -> known.put(entry.getKey(), entry.getValue()));
              return Map.copyOf(known);
            });
  }

  @Override
  public void forgetAllBut(List<String> rules) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate("DELETE FROM drift_standing WHERE NOT rule_id = ANY(:rules)")
                    .bindArray("rules", String.class, rules.stream().map(Documents::text).toList())
                    .execute());
  }
}
