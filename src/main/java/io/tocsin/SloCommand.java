package io.tocsin;

import io.tocsin.settings.Objectives;
import io.tocsin.settings.Section;
import io.tocsin.settings.SettingsProblem;
import io.tocsin.settings.Yaml;
import io.tocsin.slo.BurnRateRules;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin slo ...}. */
@Command(
    name = "slo",
    description = "Objectives to alerts.",
    subcommands = SloCommand.Generate.class)
final class SloCommand {

  /** {@code tocsin slo generate FILE}: the rule file of a list of objectives. */
  @Command(
      name = "generate",
      description = "Prints the multi-window burn-rate rules of a file with slos: as a rule file.")
  static final class Generate implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "A file with slos:, such as tocsin.yaml.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
      try {
        Section top = Yaml.read(file, System.getenv());
        spec.commandLine().getOut().print(BurnRateRules.yaml(Objectives.read(top)));
        spec.commandLine().getOut().flush();
        return Tocsin.FINE;
      } catch (SettingsProblem problem) {
        spec.commandLine().getErr().println(problem.getMessage());
        return Tocsin.BAD;
      }
    }
  }
}
