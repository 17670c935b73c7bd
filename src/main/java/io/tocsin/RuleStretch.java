package io.tocsin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.settings.RuleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Rule files and the stretch of the past that a command is about. */
final class RuleStretch {

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Rule files.")
  private List<Path> files = List.of();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      required = true,
      description = "Begin: -7d, RFC 3339 or Unix seconds.")
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "TIME",
      defaultValue = "now",
      description = "End (default ${DEFAULT-VALUE}).")
  private String to = "now";

  /**
   * The files, checked, and the stretch, as the service wants them.
   *
   * @throws io.tocsin.settings.SettingsProblem when a file is no rule file
   */
  ObjectNode question(CommandLine command, Instant now) throws IOException {
    ObjectNode question = new ObjectMapper().createObjectNode();
    put(question.putArray("files"), files);
    question.put("from", PastMoment.parse(command, "--from", from, now).toString());
    question.put("to", PastMoment.parse(command, "--to", to, now).toString());
    return question;
  }

  static void put(ArrayNode array, Collection<Path> files) throws IOException {
    for (Path file : files) {
      RuleFiles.read(file, RuleFiles.DEFAULT_INTERVAL);
      array.addObject().put("name", file.toString()).put("text", Files.readString(file));
    }
  }
}
