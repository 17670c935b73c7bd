package io.tocsin;

import io.tocsin.channel.Channels;
import io.tocsin.settings.AlertmanagerFile;
import io.tocsin.settings.Section;
import io.tocsin.settings.SettingsProblem;
import io.tocsin.settings.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin config ...}. */
@Command(
    name = "config",
    description = "Looks at configuration files.",
    subcommands = {ConfigCommand.Check.class, ConfigCommand.Schema.class})
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
        ConfigSchema.open(configuration);
        configuration.routing().notes().forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().println(file + ": " + configuration.summary());
        return Tocsin.FINE;
      } catch (SettingsProblem problem) {
        spec.commandLine().getErr().println(problem.getMessage());
        return Tocsin.BAD;
      }
    }
  }

  /** {@code tocsin config schema}: what editors need to complete tocsin.yaml. */
  @Command(name = "schema", description = "Writes the JSON Schema of tocsin.yaml, for editors.")
  static final class Schema implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--out", paramLabel = "FILE", description = "Where to; else standard output.")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
      String schema = ConfigSchema.document().toPrettyString();
      if (out == null) {
        spec.commandLine().getOut().println(schema);
        return Tocsin.FINE;
      }
      try {
        Files.writeString(out, schema + "\n");
        return Tocsin.FINE;
      } catch (IOException unwritable) {
        spec.commandLine().getErr().println("--out: found " + out + ", expected a writable file");
        return Tocsin.USAGE;
      }
    }
  }
}
