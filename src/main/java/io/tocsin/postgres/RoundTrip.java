package io.tocsin.postgres;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Statements that go to the database together and are answered together: under load each round trip
 * costs more than the statement it carries. Rows come as arrays, one for each column.
 */
final class RoundTrip {

  private final StringJoiner sql = new StringJoiner(";\n");
  private final Map<String, List<String>> columns = new LinkedHashMap<>();

  /** One statement more; the first is a query of one number. */
  RoundTrip add(String statement) {
    sql.add(statement.strip());
    return this;
  }

  /** What a statement finds under {@code :name}, of each row; names are its own. */
  <T> RoundTrip column(String name, List<T> rows, Function<T, String> value) {
    columns.put(name, rows.stream().map(value).toList());
    return this;
  }

  /** Carries all out; the answer is the first statement's number. */
  long run(Handle handle) {
    Query all = handle.createQuery(sql.toString());
    columns.forEach((name, column) -> all.bindArray(name, String.class, column));
    return all.execute(
        (done, context) -> {
          try (var first = done.get().getResultSet()) {
            if (!first.next()) {
              throw new SQLException("no row was found by the first of several statements");
            }
            return first.getLong(1);
          }
        });
  }
}
