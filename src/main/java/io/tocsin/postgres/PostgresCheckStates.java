package io.tocsin.postgres;

import io.tocsin.check.CheckState;
import io.tocsin.check.CheckStateStore;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What is remembered of each check, one row per check. */
public final class PostgresCheckStates implements CheckStateStore {
  private final Database database;

  public PostgresCheckStates(Database database) {
    this.database = database;
  }

  @Override
  public void save(Collection<CheckState> states) {
    if (states.isEmpty()) {
      return;
    }
    database
        .jdbi()
        .useTransaction(
            handle -> {
              PreparedBatch rows =
                  handle.prepareBatch(
                      """
                      INSERT INTO check_state (check_name, verdict, since, document)
                      VALUES (:check, :verdict, :since, cast(:document AS jsonb))
                      ON CONFLICT (check_name) DO UPDATE SET verdict = excluded.verdict,
                        since = excluded.since, document = excluded.document
                      """);
              for (CheckState state : states) {
                rows.bind("check", Documents.text(state.check()))
                    .bind("verdict", state.verdict())
                    .bind("since", state.since())
                    .bind("document", Documents.write(state))
                    .add();
              }
              rows.execute();
            });
  }

  @Override
  public List<CheckState> load() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT document FROM check_state")
                    .map(Documents.rows(CheckState.class))
                    .list());
  }
}
