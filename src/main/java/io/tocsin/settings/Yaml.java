package io.tocsin.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML 1.2 (so JSON too) into {@link Section}s that know their places. */
public final class Yaml {

  private static final int MAX_BYTES = 16 * 1024 * 1024;

  private Yaml() {}

  /** Reads a file whose top is a mapping; an empty file is an empty mapping. */
  public static Section read(Path file, Map<String, String> environment) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      return read(
          Files.readString(file),
          file.toString(),
          new Secrets(environment, directory == null ? Path.of(".") : directory));
    } catch (IOException e) {
      throw unreadable(file);
    }
  }

  /** Reads a text; {@code file} is the name that problems quote. */
  public static Section read(String text, String file, Secrets secrets) {
    return new Section(compose(text, file), file, "", secrets);
  }

  /** The top of a file, unread. */
  static MappingNode compose(Path file) {
    try {
      return compose(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw unreadable(file);
    }
  }

  private static SettingsProblem unreadable(Path file) {
    return new SettingsProblem(
        new Place(file.toString(), 1, 1), "", "no readable file", "a YAML file in UTF-8");
  }

  private static MappingNode compose(String text, String file) {
    var settings =
        LoadSettings.builder()
            .setLabel(file)
            .setUseMarks(true)
            .setCodePointLimit(MAX_BYTES)
            .setMaxAliasesForCollections(100)
            .build();
    try {
      Optional<Node> top = new Compose(settings).composeString(text);
      return switch (top.orElse(null)) {
        case null -> new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK);
        case MappingNode mapping -> mapping;
        case Node other ->
            throw new SettingsProblem(place(other, file), "", "no mapping", "a mapping");
      };
    } catch (MarkedYamlEngineException e) {
      Place place = e.getProblemMark().map(mark -> place(mark, file)).orElse(new Place(file, 1, 1));
      throw new SettingsProblem(place, "", e.getProblem(), "well-formed YAML");
    } catch (YamlEngineException e) {
      throw new SettingsProblem(
          new Place(file, 1, 1), "", String.valueOf(e.getMessage()), "well-formed YAML");
    }
  }

  /** Where a node stands: in the file it was read from, whatever file it was put into. */
  static Place place(Node node, String file) {
    return node.getStartMark()
        .map(mark -> place(mark, mark.getName()))
        .orElse(new Place(file, 1, 1));
  }

  private static Place place(Mark mark, String file) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
