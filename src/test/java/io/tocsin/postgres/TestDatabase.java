package io.tocsin.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.postgresql.Driver;

/**
 * Gives each test class that asks for a {@link Database} an empty, migrated one of its own:
 * {@code @ExtendWith(TestDatabase.class)} and a parameter. The server is one embedded PostgreSQL
 * per JVM, or the one named by {@code
 * -Dtocsin.test.database=jdbc:postgresql://host/db?user=..&password=..}.
 */
public final class TestDatabase implements ParameterResolver, AfterAllCallback {
  private static final ExtensionContext.Namespace SPACE =
      ExtensionContext.Namespace.create(TestDatabase.class);
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** Where tests unpack the server's programs, once for all of them. */
  static final Path PROGRAMS = Path.of("target", "postgres-programs");

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Database.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(SPACE)
        .getOrComputeIfAbsent(outermost(context), tests -> create(), Lease.class)
        .database();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (context.getRequiredTestClass() == outermost(context)) {
      Lease lease = context.getRoot().getStore(SPACE).remove(outermost(context), Lease.class);
      if (lease != null) {
        lease.close();
      }
    }
  }

  /** Nested test classes share the database of the class around them. */
  private static Class<?> outermost(ExtensionContext context) {
    Class<?> tests = context.getRequiredTestClass();
    while (tests.getEnclosingClass() != null) {
      tests = tests.getEnclosingClass();
    }
    return tests;
  }

  /** A fresh database outside the extension; close it to drop it. */
  public static Lease create() {
    return Home.INSTANCE.create();
  }

  /**
   * A database on loan.
   *
   * @param address where it is, for a second pool on the same data
   */
  public record Lease(Database database, DatabaseSettings.Server address) implements AutoCloseable {
    @Override
    public void close() {
      database.close();
      Home.INSTANCE.execute("DROP DATABASE IF EXISTS " + name() + " WITH (FORCE)");
    }

    private String name() {
      return Home.name(address);
    }
  }

  /** The server behind all tests of this JVM. */
  private record Home(DatabaseSettings.Server server, Optional<String> template) {
    static final Home INSTANCE = open();

    private static Home open() {
      String url = System.getProperty("tocsin.test.database", "");
      if (!url.isEmpty()) {
        return new Home(external(url), Optional.empty());
      }
      EmbeddedServer embedded = embedded();
      String template = "tocsin_template";
      var home = new Home(embedded.address(), Optional.of(template));
      home.execute("CREATE DATABASE " + template);
      Database.open(named(embedded.address(), template), Retention.DEFAULT, Instant.now()).close();
      return home;
    }

    private static DatabaseSettings.Server external(String url) {
      var parts = Driver.parseURL(url, null);
      if (parts == null) {
        throw new IllegalArgumentException("tocsin.test.database: not a JDBC URL: " + url);
      }
      return new DatabaseSettings.Server(
          url.replaceFirst("\\?.*", ""),
          parts.getProperty("user", "postgres"),
          parts.getProperty("password", ""),
          4);
    }

    private static EmbeddedServer embedded() {
      try {
        Path folder = Files.createTempDirectory("tocsin-test-postgres");
        var settings = new DatabaseSettings.Embedded(folder, 0, 4, false);
        EmbeddedServer server = EmbeddedServer.start(settings, PROGRAMS);
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(
                    () -> {
                      server.close();
                      delete(folder);
                    }));
        return server;
      } catch (java.io.IOException failed) {
        throw new java.io.UncheckedIOException(failed);
      }
    }

    Lease create() {
      String name = "tocsin_test_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
      execute("CREATE DATABASE " + name + template.map(from -> " TEMPLATE " + from).orElse(""));
      var address = named(server, name);
      return new Lease(Database.open(address, Retention.DEFAULT, Instant.now()), address);
    }

    void execute(String sql) {
      try (var connection =
              DriverManager.getConnection(server.url(), server.user(), server.password());
          var statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException failed) {
        throw new IllegalStateException(sql, failed);
      }
    }

    private static DatabaseSettings.Server named(DatabaseSettings.Server server, String name) {
      String url = server.url().substring(0, server.url().lastIndexOf('/') + 1) + name;
      return new DatabaseSettings.Server(url, server.user(), server.password(), server.poolSize());
    }

    private static String name(DatabaseSettings.Server address) {
      return address.url().substring(address.url().lastIndexOf('/') + 1);
    }
  }

  /** Deletes a folder and what is in it. */
  static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (java.io.IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }
}
