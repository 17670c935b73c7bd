package io.tocsin;

import io.tocsin.drift.adhoc.Catalogue;
import io.tocsin.drift.adhoc.Compare;
import io.tocsin.drift.adhoc.Detect;
import io.tocsin.drift.adhoc.Judgement;
import io.tocsin.drift.adhoc.Requests;
import io.tocsin.http.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code tocsin drift}: the measures and detectors on files, without a service. Exit code 1 means
 * that there is drift.
 */
@Command(
    name = "drift",
    description = "Compares samples and searches streams for changes, on files.")
final class DriftCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing; try --help");
  }

  @Command(
      name = "compare",
      description = {
        "How far has a sample moved from its reference?",
        "Files: a JSON array, a CSV column, or one value per line; - is standard input."
      })
  int compare(
      @Parameters(paramLabel = "REFERENCE", description = "What is compared with.")
          String reference,
      @Parameters(paramLabel = "CURRENT", description = "What is compared.") String current,
      @Option(
              names = "--method",
              paramLabel = "METHOD",
              defaultValue = "psi",
              description = "Method, see tocsin drift methods (default ${DEFAULT-VALUE}).")
          String method,
      @Option(
              names = "--set",
              paramLabel = "NAME=VALUE",
              description = "A parameter of the method; may be repeated.")
          @Nullable Map<String, String> parameters,
      @Option(names = "--column", paramLabel = "NAME", description = "Column of CSV files.")
          @Nullable String column,
      @Option(
              names = "--type",
              paramLabel = "TYPE",
              description = "numeric or categorical (default: what the values are).")
          @Nullable String type,
      @Option(
              names = "--threshold",
              paramLabel = "EFFECT",
              description = "The effect that is drift (default: the method's).")
          @Nullable Double threshold,
      @Option(
              names = "--min-samples",
              paramLabel = "ROWS",
              defaultValue = "1",
              description = "Rows the current sample needs (default ${DEFAULT-VALUE}).")
          long minSamples,
      @Option(names = "--json", description = "Print the answer as JSON.") boolean json)
      throws IOException {
    String named = column == null ? "" : column;
    Compare.Answer answer =
        Requests.compare(
                method,
                parameters == null ? Map.of() : parameters,
                type == null ? "" : type,
                ValueFile.read(reference, named).sample(),
                ValueFile.read(current, named).sample(),
                threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold),
                minSamples,
                Compare.SIGNIFICANCE)
            .run();
    if (json) {
      printJson(answer);
    } else {
      print(answer);
    }
    return answer.verdict().equals(Judgement.DRIFT.word()) ? Tocsin.BAD : Tocsin.FINE;
  }

  private void print(Compare.Answer answer) {
    var lines = new LinkedHashMap<String, Optional<Object>>();
    lines.put("method", Optional.of(answer.method() + " (" + answer.kind() + ")"));
    lines.put("statistic", boxed(answer.statistic()));
    lines.put("p-value", boxed(answer.pValue()));
    lines.put("effect", boxed(answer.effect()));
    lines.put("noise floor", boxed(answer.noiseFloor()));
    lines.put("threshold", Optional.of(answer.threshold()));
    lines.put("reference", Optional.of(side(answer.reference())));
    lines.put("current", Optional.of(side(answer.current())));
    lines.put("verdict", Optional.of(answer.verdict()));
    lines.put("reason", answer.reason().map(Object.class::cast));
    PrintWriter out = out();
    lines.forEach((name, value) -> value.ifPresent(v -> out.printf("%-12s %s%n", name, v)));
    answer.notes().forEach(note -> out.printf("%-12s %s%n", "note", note));
    out.flush();
  }

  private static Optional<Object> boxed(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }

  private static String side(Compare.Side side) {
    return side.n() + " rows, " + side.missing() + " missing";
  }

  @Command(
      name = "detect",
      description = {
        "Where did a stream change? Indices from 0.",
        "File: a JSON array, a CSV column, or one value per line; - is standard input."
      })
  int detect(
      @Parameters(paramLabel = "FILE", description = "The stream, in order.") String file,
      @Option(
              names = "--detector",
              paramLabel = "DETECTOR",
              defaultValue = "adwin",
              description = "Detector, see tocsin drift methods (default ${DEFAULT-VALUE}).")
          String detector,
      @Option(
              names = "--set",
              paramLabel = "NAME=VALUE",
              description = "A parameter of the detector; may be repeated.")
          @Nullable Map<String, String> parameters,
      @Option(names = "--column", paramLabel = "NAME", description = "Column of a CSV file.")
          @Nullable String column,
      @Option(names = "--json", description = "Print the answer as JSON.") boolean json)
      throws IOException {
    Detect.Answer answer =
        Requests.detect(
                detector,
                parameters == null ? Map.of() : parameters,
                ValueFile.read(file, column == null ? "" : column))
            .run();
    if (json) {
      printJson(answer);
    } else {
      PrintWriter out = out();
      out.printf(
          "%s: %d values, %d missing, %d warnings%ndrifts at %s%n",
          answer.detector(), answer.n(), answer.missing(), answer.warningCount(), answer.drifts());
      out.flush();
    }
    return answer.drifts().isEmpty() ? Tocsin.FINE : Tocsin.BAD;
  }

  @Command(name = "methods", description = "Lists methods, detectors, parameters and defaults.")
  int methods(@Option(names = "--json", description = "Print them as JSON.") boolean json) {
    Catalogue all = Catalogue.all();
    if (json) {
      printJson(all);
      return Tocsin.FINE;
    }
    PrintWriter out = out();
    out.println("methods (an effect of warning / critical):");
    all.methods()
        .forEach(
            method -> {
              out.printf("  %s  %s / %s%n", method.id(), method.warning(), method.critical());
              method.parameters().forEach(parameter -> print(out, parameter));
            });
    out.println("detectors:");
    all.detectors()
        .forEach(
            detector -> {
              out.printf("  %s  (%s)%n", detector.id(), detector.input());
              detector.parameters().forEach(parameter -> print(out, parameter));
            });
    out.flush();
    return Tocsin.FINE;
  }

  private static void print(PrintWriter out, Catalogue.Offer parameter) {
    out.printf(
        "      %s = %s  %s%n",
        parameter.name(),
        parameter
            .words()
            .map(words -> parameter.defaultValue() + " of " + words)
            .orElse(parameter.defaultValue()),
        parameter.meaning());
  }

  private void printJson(Object answer) {
    PrintWriter out = out();
    out.println(Json.write(answer));
    out.flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
