package io.tocsin;

import io.tocsin.channel.Channels;
import io.tocsin.channel.Outside;
import io.tocsin.settings.AlertmanagerFile;
import io.tocsin.settings.Section;
import io.tocsin.settings.SettingsProblem;
import io.tocsin.settings.Yaml;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin config ...}. */
@Command(
    name = "config",
    description = "Looks at configuration files.",
    subcommands = ConfigCommand.Check.class)
final class ConfigCommand {

  /** {@code tocsin config check FILE}: reads it with all it names, as {@code serve} would. */
  @Command(name = "check", description = "Checks a configuration with all the files it names.")
  static final class Check implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The configuration.")
    private Path file = Path.of("tocsin.yaml");

    @Override
    public Integer call() {
      try {
        Section top = Yaml.read(file, System.getenv());
        if (AlertmanagerFile.looksLikeOne(top)) {
          AlertmanagerFile read = AlertmanagerFile.read(file, System.getenv(), Channels.kinds());
          read.notes().forEach(spec.commandLine().getOut()::println);
          spec.commandLine()
              .getOut()
              .println(file + ": " + read.receivers().size() + " receivers: fine");
          return Tocsin.FINE;
        }
        Configuration configuration = Configuration.read(file, System.getenv());
        checkReceivers(configuration);
        configuration.routing().notes().forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().println(file + ": " + configuration.summary());
        return Tocsin.FINE;
      } catch (SettingsProblem problem) {
        spec.commandLine().getErr().println(problem.getMessage());
        return Tocsin.BAD;
      }
    }

    private static void checkReceivers(Configuration configuration) {
      Vertx vertx = Vertx.vertx();
      try {
        Channels.read(
            configuration.receivers(),
            new Outside(
                vertx, configuration.console(), InstantSource.system(), configuration.smtp()));
      } finally {
        vertx.close();
      }
    }
  }
}
