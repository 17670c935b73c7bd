package io.tocsin.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.OutboundGuard;
import io.tocsin.check.Cause;
import io.tocsin.check.Outcome;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SqlProbeTest {

  private static final AnswersOne DRIVER = new AnswersOne();
  private static ProbeHarness harness;

  @BeforeAll
  static void open() throws Exception {
    harness = new ProbeHarness();
    DriverManager.registerDriver(DRIVER);
  }

  @AfterAll
  static void close() throws Exception {
    DriverManager.deregisterDriver(DRIVER);
    harness.close();
  }

  private static Finding ask(String more) throws Exception {
    return harness.ask("timeout: 5s\nsql: {url: 'jdbc:one:x', password: secret%s}".formatted(more));
  }

  @Test
  void aQueryThatSucceedsIsASuccess() throws Exception {
    int before = DRIVER.closed.get();

    assertThat(ask("").outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(ask(", expect: 1").outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(DRIVER.closed.get()).isEqualTo(before + 2);
  }

  @Test
  void anotherValueThanExpectedIsAFailure() throws Exception {
    assertThat(ask(", expect: 2").cause()).contains(Cause.target("query: found 1, expected 2"));
    assertThat(ask(", query: fail").cause()).contains(Cause.target("relation does not exist"));
    assertThat(ask(", slower_than: 0s").outcome()).isEqualTo(Outcome.DEGRADED);
  }

  @Test
  void aDatabaseThatRefusesConnectionsIsToBlame() throws Exception {
    try (var socket = new ServerSocket(0)) {
      int port = socket.getLocalPort();
      socket.close();
      Finding finding =
          harness.ask(
              "timeout: 5s\nsql: {url: 'jdbc:postgresql://127.0.0.1:%d/x'}".formatted(port));

      assertThat(finding.cause()).contains(Cause.target("connection refused"));
    }
  }

  @Test
  void isNotForChecksFromOutsideTheConfiguration() throws Exception {
    Finding finding =
        harness.askUnder(OutboundGuard.allowing(List.of()), "sql: {url: 'jdbc:one:x'}");

    assertThat(finding.detail()).isEqualTo("a SQL check is allowed in the configuration file only");
  }

  @Test
  void thePasswordIsNeverPrinted() {
    assertThat(ProbeHarness.check("sql: {url: 'jdbc:one:x', password: secret}"))
        .asString()
        .doesNotContain("secret");
  }

  /** A driver for {@code jdbc:one:} whose every query gives 1, unless it is {@code fail}. */
  private static final class AnswersOne implements Driver {
    final AtomicInteger closed = new AtomicInteger();

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
      return type.cast(
          Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) {
      if (!acceptsURL(url)) {
        return null;
      }
      return proxy(
          Connection.class,
          (self, method, arguments) ->
              switch (method.getName()) {
                case "createStatement" -> statement();
                case "close" -> closed.incrementAndGet() < 0 ? this : null;
                default -> throw new UnsupportedOperationException(method.getName());
              });
    }

    private Statement statement() {
      return proxy(
          Statement.class,
          (self, method, arguments) ->
              switch (method.getName()) {
                case "setQueryTimeout", "close" -> null;
                case "execute" -> {
                  if (arguments[0].equals("fail")) {
                    throw new SQLException("relation does not exist");
                  }
                  yield true;
                }
                case "getResultSet" -> result();
                default -> throw new UnsupportedOperationException(method.getName());
              });
    }

    private static ResultSet result() {
      return proxy(
          ResultSet.class,
          (self, method, arguments) ->
              switch (method.getName()) {
                case "next" -> true;
                case "getString" -> "1";
                case "close" -> null;
                default -> throw new UnsupportedOperationException(method.getName());
              });
    }

    @Override
    public boolean acceptsURL(String url) {
      return url.startsWith("jdbc:one:");
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException();
    }
  }
}
