package io.tocsin.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.label.Labels;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.Section;
import io.tocsin.settings.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lists of {@code {targets: [...], labels: {...}}}, as discoveries give them. */
final class TargetGroups {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_TARGETS = 100_000;
  private static final String FILE = "__meta_filepath";

  private TargetGroups() {}

  /**
   * The targets of all files that match.
   *
   * @throws IOException when one cannot be read
   * @throws IllegalArgumentException when one holds something else
   */
  static List<Labels> inFiles(Path pattern) throws IOException {
    Path folder = pattern.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    var targets = new ArrayList<Labels>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(matcher::matches).sorted().toList()) {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        List<Labels> found =
            file.toString().endsWith(".json") ? json(text) : yaml(text, file.toString());
        found.forEach(one -> targets.add(one.with(FILE, file.toString())));
      }
    }
    return targets;
  }

  /** Targets written as YAML. */
  static List<Labels> yaml(String text, String file) {
    var targets = new ArrayList<Labels>();
    for (Section group : Yaml.readList(text, file, Secrets.none())) {
      Labels own = Labels.from(group.map("labels"));
      group.strings("targets").forEach(address -> add(targets, own, address));
      group.done();
    }
    return targets;
  }

  /** Targets written as JSON. */
  static List<Labels> json(String text) {
    var targets = new ArrayList<Labels>();
    JsonNode groups = tree(text);
    if (!groups.isArray()) {
      throw new IllegalArgumentException("expected a list of target groups");
    }
    for (JsonNode group : groups) {
      var own = Labels.builder();
      for (var label : group.path("labels").properties()) {
        own.set(label.getKey(), label.getValue().asText());
      }
      for (JsonNode address : group.path("targets")) {
        add(targets, own.build(), address.asText());
      }
    }
    return targets;
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("expected JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static void add(List<Labels> targets, Labels own, String address) {
    if (targets.size() == MOST_TARGETS) {
      throw new IllegalArgumentException("expected at most " + MOST_TARGETS + " targets");
    }
    targets.add(own.with(ScrapeConfig.ADDRESS, address));
  }
}
