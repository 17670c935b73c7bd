package io.tocsin;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tocsin.rule.RuleFile;
import io.tocsin.rule.RuleTestReport;
import io.tocsin.settings.RuleFiles;
import io.tocsin.settings.RuleTests;
import io.tocsin.settings.SettingsProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin rules ...}. */
@Command(
    name = "rules",
    description = "Checks, tests, replays and back-fills rule files.",
    subcommands = {
      RulesCommand.Check.class,
      RulesCommand.Test.class,
      ReplayCommand.class,
      BackfillCommand.class
    })
final class RulesCommand {

  /** {@code tocsin rules check FILE...}. */
  @Command(name = "check", description = "Checks rule files, Prometheus' own or ours.")
  static final class Check implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Rule files.")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
      int code = Tocsin.FINE;
      for (Path file : files) {
        try {
          RuleFile rules = RuleFiles.read(file, RuleFiles.DEFAULT_INTERVAL);
          spec.commandLine().getOut().println(file + ": " + rules.rules().size() + " rules: fine");
          rules
              .duplicates()
              .forEach(
                  name -> spec.commandLine().getErr().println(file + ": duplicate rule " + name));
        } catch (SettingsProblem problem) {
          spec.commandLine().getErr().println(problem.getMessage());
          code = Tocsin.BAD;
        }
      }
      return code;
    }
  }

  /** {@code tocsin rules test FILE...}, promtool's test-file format. */
  @Command(name = "test", description = "Runs unit tests of rules, in promtool's file format.")
  static final class Test implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
        names = "--run",
        paramLabel = "PATTERN",
        description = "Runs only tests whose name the regular expression is found in.")
    private String only = "";

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Test files.")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
      int code = Tocsin.FINE;
      Pattern pattern = pattern();
      for (Path file : files) {
        try {
          RuleTestReport report = RuleTests.run(file, pattern);
          spec.commandLine().getOut().println(report);
          code = report.passed() ? code : Tocsin.BAD;
        } catch (SettingsProblem problem) {
          spec.commandLine().getErr().println(problem.getMessage());
          code = Tocsin.BAD;
        }
      }
      return code;
    }

    private Pattern pattern() {
      try {
        return Pattern.compile(only);
      } catch (PatternSyntaxException wrong) {
        throw new ParameterException(
            spec.commandLine(),
            "--run: found \"" + only + "\", expected a regular expression: " + wrong.getMessage());
      }
    }
  }
}
