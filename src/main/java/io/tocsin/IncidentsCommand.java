package io.tocsin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin incident ...}: what is open, and acting on it from a terminal. */
@Command(
    name = "incident",
    description = "Shows incidents and acts on them.",
    subcommands = {
      IncidentsCommand.ListThem.class,
      IncidentsCommand.Show.class,
      IncidentsCommand.Acknowledge.class,
      IncidentsCommand.Resolve.class,
      IncidentsCommand.Note.class
    })
final class IncidentsCommand {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/api/v1/incidents";
  private static final String EVERY = "state=open&state=resolved&state=merged&limit=500";

  /** What every one of them needs. */
  private abstract static class Remote implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin RemoteServer server = new RemoteServer();

    PrintWriter out() {
      return spec.commandLine().getOut();
    }

    JsonNode get(String pathAndQuery) throws IOException {
      return JSON.readTree(server.get(pathAndQuery));
    }

    /** Does something to an incident and says how it stands then. */
    Integer act(String name, String verb, Map<String, String> body) throws IOException {
      String path = PATH + "/" + id(name) + "/" + verb;
      out().println(line(JSON.readTree(server.post(path, JSON.writeValueAsString(body)))));
      out().flush();
      return Tocsin.FINE;
    }

    /** The id behind a number such as {@code #184}; an id is itself. */
    String id(String name) throws IOException {
      String digits = name.startsWith("#") ? name.substring(1) : name;
      if (!digits.matches("[0-9]{1,18}")) {
        if (!name.matches("i[0-9a-f]+")) {
          throw new IOException(
              "incident: found \"" + name + "\", expected an id such as i3f9a or a number");
        }
        return name;
      }
      for (JsonNode incident : get(PATH + "?" + EVERY).path("incidents")) {
        if (incident.path("number").asText().equals(digits)) {
          return incident.path("id").asText();
        }
      }
      throw new IOException("there is no incident #" + digits + " among the newest 500");
    }
  }

  /** One incident in one line. */
  private static String line(JsonNode it) {
    String who = it.path("acknowledged_by").asText("");
    return "#%s  %-8s  %-8s  %s  %s  %s  %s"
        .formatted(
            it.path("number").asText(),
            it.path("severity").asText().toUpperCase(Locale.ROOT),
            it.path("state").asText(),
            it.path("opened_at").asText().replaceFirst("\\.[0-9]+Z$", "Z"),
            it.path("id").asText(),
            it.path("title").asText(),
            who.isEmpty() ? "(not acknowledged)" : "(" + who + ")");
  }

  /** {@code tocsin incident list}. */
  @Command(name = "list", description = "Prints the open incidents, one a line.")
  static final class ListThem extends Remote {
    @Option(names = "--all", description = "Also those that are over, the newest 500.")
    private boolean all;

    @Override
    public Integer call() throws IOException {
      get(PATH + (all ? "?" + EVERY : "")).path("incidents").forEach(it -> out().println(line(it)));
      out().flush();
      return Tocsin.FINE;
    }
  }

  /** {@code tocsin incident show ID}. */
  @Command(name = "show", description = "Prints an incident with its alerts and timeline.")
  static final class Show extends Remote {
    @Parameters(paramLabel = "ID", description = "Id or number of the incident.")
    private String name = "";

    @Override
    public Integer call() throws IOException {
      JsonNode it = get(PATH + "/" + id(name));
      out().println(line(it));
      for (JsonNode alert : it.path("alerts")) {
        out().println("  alert  " + alert.path("labels"));
      }
      for (JsonNode event : it.path("timeline")) {
        out()
            .println(
                "  %s  %s  %s  %s"
                    .formatted(
                        event.path("at").asText(),
                        event.path("by").asText(),
                        event.path("kind").asText(),
                        event.path("detail")));
      }
      out().flush();
      return Tocsin.FINE;
    }
  }

  /** {@code tocsin incident ack ID}. */
  @Command(name = "ack", description = "Acknowledges an incident.")
  static final class Acknowledge extends Remote {
    @Parameters(paramLabel = "ID", description = "Id or number of the incident.")
    private String name = "";

    @Override
    public Integer call() throws IOException {
      return act(name, "acknowledge", Map.of());
    }
  }

  /** {@code tocsin incident resolve ID}. */
  @Command(name = "resolve", description = "Resolves an incident.")
  static final class Resolve extends Remote {
    @Parameters(paramLabel = "ID", description = "Id or number of the incident.")
    private String name = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why it is over.")
    private @Nullable String reason;

    @Override
    public Integer call() throws IOException {
      return act(name, "resolve", reason == null ? Map.of() : Map.of("reason", reason));
    }
  }

  /** {@code tocsin incident note ID TEXT}. */
  @Command(name = "note", description = "Writes a note on an incident's timeline.")
  static final class Note extends Remote {
    @Parameters(index = "0", paramLabel = "ID", description = "Id or number of the incident.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "TEXT", description = "The note.")
    private String text = "";

    @Override
    public Integer call() throws IOException {
      return act(name, "notes", Map.of("text", text));
    }
  }
}
