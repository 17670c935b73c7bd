package io.tocsin;

import io.tocsin.settings.SettingsProblem;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.zone.ZoneRulesProvider;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program: one jar, many commands. Exit codes: 0 fine, 1 the thing checked is bad, 2 usage. */
@Command(
    name = "tocsin",
    description = "Hears that something is wrong, wakes the right person, tells the truth.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      ConfigCommand.class,
      RulesCommand.class,
      SloCommand.class,
      QueryCommand.class,
      DriftCommand.class,
      ModelCommand.class,
      GrafanaCommand.class,
      PostmortemCommand.class,
      IncidentsCommand.class,
      ReceiversCommand.class,
      TokenCommand.class,
      UserCommand.class,
      VersionCommand.class
    })
public final class Tocsin implements Callable<Integer> {

  /** Fine. */
  static final int FINE = 0;

  /** What was checked is bad. */
  static final int BAD = 1;

  /** Wrong usage or environment. */
  static final int USAGE = 2;

  @Spec private CommandSpec spec;

  private Tocsin(CommandSpec unset) {
    this.spec = unset;
  }

  public static void main(String[] args) {
    // The calendar library adds time zones and logs then. First come the zones, else the log, whose
    // times have one, would begin with the library in the middle and say so on every screen.
    var unused = ZoneRulesProvider.getAvailableZoneIds();
    int code = commandLine().execute(args);
    if (code != FINE) {
      System.exit(code);
    }
  }

  /** The command line, ready to execute; what goes wrong is one line on standard error. */
  static CommandLine commandLine() {
    var line = new CommandLine(new Tocsin(CommandSpec.create()));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (exception, failed, result) -> {
          explain(exception, failed.getErr());
          return USAGE;
        });
    return line;
  }

  private static void explain(Exception exception, PrintWriter err) {
    if (exception instanceof SettingsProblem problem) {
      err.println(problem.getMessage());
      return;
    }
    err.println("tocsin: " + words(exception));
    if (System.getProperty("tocsin.trace") != null) {
      exception.printStackTrace(err);
    }
  }

  private static String words(Exception exception) {
    String message = exception.getMessage();
    return switch (exception) {
      // The JDK says no more than the name.
      case NoSuchFileException missing -> missing.getFile() + ": found no such file";
      case AccessDeniedException denied -> denied.getFile() + ": may not be read or written";
      default -> message == null ? exception.getClass().getSimpleName() : message;
    };
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "a command is missing; try --help");
  }
}
