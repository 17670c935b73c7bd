package io.tocsin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.settings.Durations;
import io.tocsin.settings.SettingsProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin rules replay FILE --from --to}. */
@Command(
    name = "replay",
    description =
        "Runs rules over what the service has stored: which incidents would have opened, and which"
            + " pages a change of rules adds and loses.")
final class ReplayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RemoteServer server = new RemoteServer();

  @Mixin private RuleStretch stretch = new RuleStretch();

  @Option(
      names = "--against",
      paramLabel = "CONFIG",
      description =
          "Compares with the rules of a tocsin.yaml; \"none\" compares with nothing (default: the"
              + " rules now active). A file of the same name is replaced, others stay.")
  private @Nullable String against;

  @Option(names = "--json", description = "Prints the service's answer as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    ObjectNode question;
    try {
      question = stretch.question(spec.commandLine(), Instant.now());
      compareWith(question);
    } catch (SettingsProblem problem) {
      spec.commandLine().getErr().println(problem.getMessage());
      return Tocsin.BAD;
    }
    String answer = server.post("/api/v1/rules/replay", question.toString());
    if (json) {
      out.println(answer);
    } else {
      print(new ObjectMapper().readTree(answer), out);
    }
    out.flush();
    return Tocsin.FINE;
  }

  private void compareWith(ObjectNode question) throws IOException {
    if (against == null || against.equals("none")) {
      question.put("against", against == null ? "active" : "none");
      return;
    }
    var files = new TreeSet<Path>();
    Configuration.read(Path.of(against), System.getenv())
        .rules()
        .forEach(group -> files.add(Path.of(group.file())));
    question.put("against", "files");
    RuleStretch.put(question.putArray("before"), files);
  }

  private static void print(JsonNode answer, PrintWriter out) {
    JsonNode replay = answer.path("replay");
    out.printf(
        "%s to %s, %,d evaluations in %,d ms%n",
        replay.path("from").asText(),
        replay.path("to").asText(),
        replay.path("evaluations").asLong(),
        answer.path("took_millis").asLong());
    JsonNode incidents = replay.path("incidents");
    out.printf("%d incidents would have opened:%n", incidents.size());
    for (JsonNode incident : incidents) {
      out.printf(
          "  %-8s %s  %-12s %s%n",
          incident.path("severity").asText().toUpperCase(java.util.Locale.ROOT),
          incident.path("opened_at").asText(),
          lasted(incident, replay.path("to").asText()),
          incident.path("title").asText());
      for (JsonNode alert : incident.path("alerts")) {
        out.println("             " + alert.asText());
      }
    }
    list(out, "Never fired", replay.path("quiet"));
    list(out, "Not replayed", replay.path("skipped"));
    list(out, "Failed", replay.path("failed"));
    JsonNode comparison = answer.path("comparison");
    if (comparison.isObject()) {
      compared(comparison, out);
    }
  }

  private static String lasted(JsonNode incident, String end) {
    boolean over = incident.hasNonNull("resolved_at");
    Duration length =
        Duration.between(
            Instant.parse(incident.path("opened_at").asText()),
            Instant.parse(over ? incident.path("resolved_at").asText() : end));
    return Durations.print(Duration.ofSeconds(length.toSeconds())) + (over ? "" : "+ open");
  }

  private static void compared(JsonNode comparison, PrintWriter out) {
    out.printf(
        "Pages: %d by the rules before, %d by these%n",
        comparison.path("pages_before").asInt(), comparison.path("pages_after").asInt());
    changes(out, "+", comparison.path("added"));
    changes(out, "-", comparison.path("lost"));
    for (JsonNode move : comparison.path("moved")) {
      out.printf(
          "  ~ %s -> %s  %s%n",
          move.path("before").path("at").asText(),
          move.path("after").path("at").asText(),
          move.path("title").asText());
    }
  }

  private static void changes(PrintWriter out, String sign, JsonNode changes) {
    for (JsonNode change : changes) {
      out.printf(
          "  %s %s  %-8s %s%n",
          sign,
          change.path("page").path("at").asText(),
          change.path("page").path("severity").asText(),
          change.path("title").asText());
    }
  }

  private static void list(PrintWriter out, String title, JsonNode lines) {
    if (!lines.isEmpty()) {
      out.println(title + ":");
      lines.forEach(line -> out.println("  " + line.asText()));
    }
  }
}
