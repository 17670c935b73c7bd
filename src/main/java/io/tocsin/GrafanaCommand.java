package io.tocsin;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.tocsin.grafana.Board;
import io.tocsin.grafana.BoardJson;
import io.tocsin.grafana.DataSources;
import io.tocsin.grafana.GrafanaProblem;
import io.tocsin.grafana.Installation;
import io.tocsin.grafana.Installation.Fate;
import io.tocsin.grafana.board.Boards;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin grafana ...}: boards and data sources for Grafana. */
@Command(
    name = "grafana",
    description = "Boards and data sources for Grafana.",
    subcommands = {GrafanaCommand.Install.class, GrafanaCommand.Export.class})
final class GrafanaCommand {

  /** Where the boards that are shipped as files link to. */
  static final String CONSOLE = "http://localhost:9110";

  private static final String INDENT = "  ";

  /** A board as the text of its file: always the same for the same board. */
  static String text(Board board, String console) throws IOException {
    var indenter = new DefaultIndenter(INDENT, "\n");
    var printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    ObjectWriter writer = new ObjectMapper().writer(printer);
    return writer.writeValueAsString(BoardJson.of(board, console)) + "\n";
  }

  /** {@code tocsin grafana export}: the boards as files, for Grafana's provisioning. */
  @Command(name = "export", description = "Writes every board as a JSON file into a folder.")
  static final class Export implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
        names = "--to",
        paramLabel = "DIR",
        defaultValue = "grafana/boards",
        description = "Folder (default ${DEFAULT-VALUE}).")
    private Path folder = Path.of("");

    @Option(
        names = "--console",
        paramLabel = "URL",
        defaultValue = CONSOLE,
        description = "Address of the console that links lead to (default ${DEFAULT-VALUE}).")
    private String console = CONSOLE;

    @Override
    public Integer call() throws IOException {
      Files.createDirectories(folder);
      for (Board board : Boards.ALL) {
        Files.writeString(folder.resolve(board.file()), text(board, console));
      }
      spec.commandLine().getOut().println(Boards.ALL.size() + " boards written to " + folder);
      return Tocsin.FINE;
    }
  }

  /** {@code tocsin grafana install}: data sources and boards over Grafana's API. */
  @Command(
      name = "install",
      description = {
        "Posts data sources and boards to a running Grafana; again and again as you like.",
        "A board or data source of somebody else under a name of ours is left alone and told."
      })
  static final class Install implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--url", paramLabel = "URL", required = true, description = "Grafana.")
    private URI grafana = URI.create("");

    @Option(
        names = "--token",
        paramLabel = "TOKEN",
        defaultValue = "${env:GRAFANA_TOKEN}",
        description = "A service account's with the role Admin (default: GRAFANA_TOKEN).")
    private @Nullable String token;

    @Option(
        names = "--folder",
        paramLabel = "TITLE",
        defaultValue = "Tocsin",
        description = "Folder of the boards (default ${DEFAULT-VALUE}).")
    private String folder = "";

    @Option(
        names = "--tocsin",
        paramLabel = "URL",
        defaultValue = CONSOLE,
        description = "The operations listener as Grafana reaches it (default ${DEFAULT-VALUE}).")
    private URI tocsin = URI.create(CONSOLE);

    @Option(
        names = "--tocsin-token",
        paramLabel = "TOKEN",
        defaultValue = "${env:TOCSIN_TOKEN}",
        description = "Lets Grafana read; scope read (default: TOCSIN_TOKEN).")
    private @Nullable String tocsinToken;

    @Option(
        names = "--console",
        paramLabel = "URL",
        description = "The console as people reach it (default: as --tocsin).")
    private @Nullable URI console;

    @Option(
        names = "--sql",
        paramLabel = "HOST:PORT/DATABASE",
        description = "The database as Grafana reaches it; without it SQL panels stay empty.")
    private @Nullable String sql;

    @Option(
        names = "--sql-user",
        paramLabel = "ROLE",
        defaultValue = "tocsin_reader",
        description =
            "A role that may only read, see grafana/reader.sql (default ${DEFAULT-VALUE}).")
    private String sqlUser = "";

    @Option(
        names = "--sql-password",
        paramLabel = "PASSWORD",
        defaultValue = "${env:TOCSIN_DB_READER_PASSWORD}",
        description = "Its password (default: TOCSIN_DB_READER_PASSWORD).")
    private @Nullable String sqlPassword;

    @Option(names = "--force", description = "Also overwrite what is somebody else's.")
    private boolean force;

    @Override
    public Integer call() {
      var sources = new DataSources(tocsin, given(tocsinToken), database());
      URI links = console == null ? tocsin : console;
      var plan = new Installation.Plan(folder, links, sources, Boards.ALL, force);
      var foreign = new ArrayList<String>();
      try {
        Installation.run(
            grafana,
            given(token).orElse(""),
            plan,
            step -> {
              say(step.what() + ": " + step.fate().name().toLowerCase(Locale.ROOT));
              if (step.fate() == Fate.FOREIGN) {
                foreign.add(step.what());
              }
            });
      } catch (GrafanaProblem problem) {
        spec.commandLine().getErr().println(problem.getMessage());
        return Tocsin.USAGE;
      }
      if (sources.sql().isEmpty()) {
        say("no --sql: panels that ask the database stay empty");
      }
      for (String what : foreign) {
        spec.commandLine()
            .getErr()
            .println(what + ": found one that is not ours, left as it is; --force overwrites it");
      }
      return foreign.isEmpty() ? Tocsin.FINE : Tocsin.USAGE;
    }

    private Optional<DataSources.Sql> database() {
      if (sql == null) {
        return Optional.empty();
      }
      int slash = sql.indexOf('/');
      String address = slash < 0 ? sql : sql.substring(0, slash);
      String name = slash < 0 ? "tocsin" : sql.substring(slash + 1);
      return Optional.of(
          new DataSources.Sql(address, name, sqlUser, given(sqlPassword).orElse("")));
    }

    /** An option whose variable is not set comes as the text of its own hole. */
    private static Optional<String> given(@Nullable String value) {
      return Optional.ofNullable(value).filter(text -> !text.isEmpty() && !text.startsWith("${"));
    }

    private void say(String line) {
      spec.commandLine().getOut().println(line);
      spec.commandLine().getOut().flush();
    }
  }
}
