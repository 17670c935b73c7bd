package io.tocsin;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin model ...}. */
@Command(
    name = "model",
    description = "Watched models of the running service.",
    subcommands = ModelCommand.Report.class)
final class ModelCommand {

  /** What a report may be written in. */
  enum Format {
    MD,
    JSON,
    HTML
  }

  /** {@code tocsin model report NAME}: a model's daily report. */
  @Command(name = "report", description = "Prints a model's daily report, the newest or a day's.")
  static final class Report implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private RemoteServer server = new RemoteServer();

    @Parameters(paramLabel = "NAME", description = "Name of the model.")
    private String name = "";

    @Option(
        names = "--day",
        paramLabel = "DAY",
        description = "Day such as 2026-01-31 (default: the newest that is kept).")
    private @Nullable LocalDate day;

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        defaultValue = "md",
        description = "One of md, json, html (default ${DEFAULT-VALUE}).")
    private Format format = Format.MD;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "File to write to (default: standard output).")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
      String text =
          server.get(
              "/api/v1/models/%s/reports/%s?format=%s"
                  .formatted(
                      URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"),
                      day == null ? "latest" : day.toString(),
                      format.name().toLowerCase(Locale.ROOT)));
      if (out != null) {
        Files.writeString(out, text);
        return Tocsin.FINE;
      }
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
      return Tocsin.FINE;
    }
  }
}
