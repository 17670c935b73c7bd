package io.tocsin.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML 1.2 (so JSON too) into {@link Section}s that know their places. */
public final class Yaml {

  private static final int MAX_BYTES = 16 * 1024 * 1024;

  private static final String LIST = "list";

  private Yaml() {}

  /** Reads a file whose top is a mapping; an empty file is an empty mapping. */
  public static Section read(Path file, Map<String, String> environment) {
    return file(file, environment, text -> compose(file.toString()).composeString(text));
  }

  /** As {@link #read(Path, Map)}, of a file of several documents the first, as Prometheus does. */
  public static Section first(Path file) {
    return file(file, Map.of(), text -> firstOf(compose(file.toString()), text));
  }

  private static Section file(
      Path file, Map<String, String> environment, Function<String, Optional<Node>> composer) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      var secrets = new Secrets(environment, directory == null ? Path.of(".") : directory);
      String text = Files.readString(file);
      return section(file.toString(), secrets, () -> composer.apply(text));
    } catch (IOException e) {
      throw unreadable(file);
    }
  }

  private static Optional<Node> firstOf(Compose compose, String text) {
    Iterator<Node> documents = compose.composeAllFromString(text).iterator();
    return documents.hasNext() ? Optional.of(documents.next()) : Optional.empty();
  }

  /** Reads a text; {@code file} is the name that problems quote. */
  public static Section read(String text, String file, Secrets secrets) {
    return section(file, secrets, () -> compose(file).composeString(text));
  }

  /** The top of a file, unread. */
  static MappingNode top(Path file) {
    try {
      String text = Files.readString(file);
      return mapping(file.toString(), () -> compose(file.toString()).composeString(text));
    } catch (IOException e) {
      throw unreadable(file);
    }
  }

  private static SettingsProblem unreadable(Path file) {
    return new SettingsProblem(
        new Place(file.toString(), 1, 1), "", "no readable file", "a YAML file in UTF-8");
  }

  /** Reads a text whose top is a list of mappings. */
  public static List<Section> readList(String text, String file, Secrets secrets) {
    // A list nested in a mapping is read, and its mistakes told, as everywhere else.
    Section wrapped =
        section(file, secrets, () -> compose(file).composeString(text).map(Yaml::wrap));
    if (!wrapped.keys().isEmpty() && !wrapped.has(LIST)) {
      throw new SettingsProblem(wrapped.place(), "", "a mapping", "a list of mappings");
    }
    return wrapped.sections(LIST);
  }

  private static Node wrap(Node list) {
    if (!(list instanceof SequenceNode)) {
      return list;
    }
    var key = new ScalarNode(Tag.STR, LIST, ScalarStyle.PLAIN);
    return new MappingNode(Tag.MAP, List.of(new NodeTuple(key, list)), FlowStyle.BLOCK);
  }

  private static Compose compose(String file) {
    return new Compose(
        LoadSettings.builder()
            .setLabel(file)
            .setUseMarks(true)
            .setCodePointLimit(MAX_BYTES)
            .setMaxAliasesForCollections(100)
            .build());
  }

  private static Section section(String file, Secrets secrets, Supplier<Optional<Node>> composer) {
    return new Section(mapping(file, composer), file, "", secrets);
  }

  private static MappingNode mapping(String file, Supplier<Optional<Node>> composer) {
    try {
      Optional<Node> top = composer.get();
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
