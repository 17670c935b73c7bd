package io.tocsin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code tocsin receiver ...}: how receivers stand, what they would be sent, and whether it comes.
 */
@Command(
    name = "receiver",
    description = "Receivers of the running service.",
    subcommands = {
      ReceiversCommand.ListThem.class,
      ReceiversCommand.Preview.class,
      ReceiversCommand.Test.class
    })
final class ReceiversCommand {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/api/v1/receivers";

  /** What every one of them needs. */
  private abstract static class Remote implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin RemoteServer server = new RemoteServer();

    PrintWriter out() {
      return spec.commandLine().getOut();
    }

    JsonNode ask(String receiver, String verb, ObjectNode body) throws IOException {
      String name = URLEncoder.encode(receiver, StandardCharsets.UTF_8).replace("+", "%20");
      return JSON.readTree(server.post(PATH + "/" + name + "/" + verb, body.toString()));
    }
  }

  /** {@code tocsin receiver list}. */
  @Command(name = "list", description = "Prints every way of every receiver, one a line.")
  static final class ListThem extends Remote {
    @Override
    public Integer call() throws IOException {
      for (JsonNode receiver : JSON.readTree(server.get(PATH)).path("receivers")) {
        for (JsonNode way : receiver.path("ways")) {
          String paused = way.path("paused_until").asText("");
          out()
              .println(
                  "%-30s  breaker %-9s  %s"
                      .formatted(
                          way.path("destination").asText(),
                          way.path("breaker").asText(),
                          paused.isEmpty() ? "" : "asked for time until " + paused)
                      .stripTrailing());
        }
      }
      out().flush();
      return Tocsin.FINE;
    }
  }

  /** {@code tocsin receiver preview NAME}. */
  @Command(
      name = "preview",
      description = "Prints what a receiver would be sent, and what templates would say.")
  static final class Preview extends Remote {
    @Parameters(paramLabel = "NAME", description = "The receiver.")
    private String name = "";

    @Option(
        names = "--incident",
        paramLabel = "ID",
        description = "Id of the incident that it would be told of (default: a made-up one).")
    private @Nullable String incident;

    @Option(names = "--title", paramLabel = "TEMPLATE", description = "A template to fill.")
    private @Nullable String title;

    @Option(names = "--text", paramLabel = "TEMPLATE", description = "A template to fill.")
    private @Nullable String text;

    @Option(names = "--text-file", paramLabel = "FILE", description = "The same, from a file.")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException {
      ObjectNode body = JSON.createObjectNode();
      put(body, "incident", Optional.ofNullable(incident));
      put(body, "title", Optional.ofNullable(title));
      put(body, "text", Optional.ofNullable(file == null ? text : Files.readString(file)));
      JsonNode answer = ask(name, "preview", body);
      for (String part : new String[] {"title", "text"}) {
        if (answer.has(part)) {
          out().println(part + ": " + answer.path(part).asText());
        }
      }
      for (JsonNode preview : answer.path("previews")) {
        out().println(preview.path("destination").asText());
        out().println(preview.path("sent").asText());
      }
      out().flush();
      return Tocsin.FINE;
    }

    private static void put(ObjectNode body, String key, Optional<String> value) {
      value.ifPresent(it -> body.put(key, it));
    }
  }

  /** {@code tocsin receiver test NAME}. */
  @Command(
      name = "test",
      description =
          "Sends a test message and the one that ends it; exit 1 when one did not arrive.")
  static final class Test extends Remote {
    @Parameters(paramLabel = "NAME", description = "The receiver.")
    private String name = "";

    @Option(
        names = "--severity",
        defaultValue = "low",
        description = "critical, high, medium or low (default ${DEFAULT-VALUE}).")
    private String severity = "low";

    @Override
    public Integer call() throws IOException {
      ObjectNode body = JSON.createObjectNode().put("severity", severity.toLowerCase(Locale.ROOT));
      boolean arrived = true;
      for (JsonNode tried : ask(name, "test", body).path("tried")) {
        boolean delivered = tried.path("delivered").asBoolean();
        arrived = arrived && delivered;
        out()
            .println(
                "%s  %s  %s"
                    .formatted(
                        tried.path("destination").asText(),
                        delivered ? "arrived" : "failed",
                        tried.path("detail").asText()));
      }
      out().flush();
      return arrived ? Tocsin.FINE : Tocsin.BAD;
    }
  }
}
