package io.tocsin.probe;

import io.tocsin.settings.Section;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/**
 * Connects over JDBC and asks a query, on a virtual thread.
 *
 * @param url a JDBC address
 * @param expect the first column of the first row as text; empty only wants the query to succeed
 * @param slowerThan degraded when connecting and asking take longer
 */
record SqlProbe(
    String url,
    Optional<String> user,
    Optional<String> password,
    String query,
    Optional<String> expect,
    Optional<Duration> slowerThan)
    implements Probe {

  /**
   * How it is written in a check: {@code sql: {url, user, password, query, expect, slower_than}}.
   */
  static final ProbeKind KIND = new ProbeKind("sql", SqlProbe::read);

  private static SqlProbe read(Section section) {
    var probe =
        new SqlProbe(
            section.string("url"),
            section.optional("user"),
            section.optional("password"),
            section.string("query", "SELECT 1"),
            section.optional("expect"),
            section.optionalDuration("slower_than"));
    try {
      DriverManager.getDriver(probe.url());
    } catch (SQLException e) {
      throw section.problem("url", "jdbc:postgresql://host:port/database");
    }
    section.done();
    return probe;
  }

  @Override
  public String host() {
    return url;
  }

  @Override
  public Future<Finding> ask(ProbeRun run) {
    if (run.guard().isPresent()) {
      return Future.succeededFuture(
          Finding.failure("a SQL check is allowed in the configuration file only"));
    }
    run.step("waiting for the database");
    return run.outside().offLoop(() -> query(run));
  }

  private Finding query(ProbeRun run) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, properties(run.timeout()));
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(seconds(run.timeout()));
      return answer(statement).orElseGet(() -> weigh(run.elapsed()));
    }
  }

  private Properties properties(Duration timeout) {
    var properties = new Properties();
    user.ifPresent(name -> properties.setProperty("user", name));
    password.ifPresent(secret -> properties.setProperty("password", secret));
    String seconds = String.valueOf(seconds(timeout));
    properties.setProperty("connectTimeout", seconds);
    properties.setProperty("loginTimeout", seconds);
    properties.setProperty("socketTimeout", seconds);
    properties.setProperty("ApplicationName", "tocsin-check");
    return properties;
  }

  private static int seconds(Duration timeout) {
    return (int) Math.max(1, timeout.plusMillis(999).toSeconds());
  }

  private Optional<Finding> answer(Statement statement) throws SQLException {
    boolean rows = statement.execute(query);
    if (expect.isEmpty()) {
      return Optional.empty();
    }
    String found = "nothing";
    if (rows) {
      try (ResultSet result = statement.getResultSet()) {
        found = result.next() ? String.valueOf(result.getString(1)) : "no row";
      }
    }
    return found.equals(expect.get())
        ? Optional.empty()
        : Optional.of(Finding.failure("query: found " + found + ", expected " + expect.get()));
  }

  private Finding weigh(Duration elapsed) {
    return slowerThan
        .flatMap(limit -> Finding.slow(elapsed, limit))
        .orElseGet(() -> Finding.success("query answered"));
  }

  @Override
  public String toString() {
    return "SqlProbe[" + query + "]";
  }
}
