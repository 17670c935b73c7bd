package io.tocsin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.settings.SettingsProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tocsin rules backfill FILE --from --to}. */
@Command(
    name = "backfill",
    description =
        "Has the service record over a stretch of the past what recording rules would have"
            + " recorded. Needs a token with the scope admin.")
final class BackfillCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RemoteServer server = new RemoteServer();

  @Mixin private RuleStretch stretch = new RuleStretch();

  @Override
  public Integer call() throws IOException {
    ObjectNode question;
    try {
      question = stretch.question(spec.commandLine(), Instant.now());
    } catch (SettingsProblem problem) {
      spec.commandLine().getErr().println(problem.getMessage());
      return Tocsin.BAD;
    }
    JsonNode answer =
        new ObjectMapper().readTree(server.post("/api/v1/rules/backfill", question.toString()));
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%d rules recorded %,d samples in %,d ms%n",
        answer.path("rules").asInt(),
        answer.path("samples").asLong(),
        answer.path("took_millis").asLong());
    if (answer.path("refused").asLong() > 0) {
      out.printf("%,d samples were too old for the store%n", answer.path("refused").asLong());
    }
    out.flush();
    return answer.path("refused").asLong() > 0 ? Tocsin.BAD : Tocsin.FINE;
  }
}
