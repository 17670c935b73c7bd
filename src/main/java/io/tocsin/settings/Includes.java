package io.tocsin.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A configuration written in several files. {@code include: [checks/*.yaml, receivers.yaml]} puts
 * the named files together with the one that names them: lists are joined in the order of reading,
 * mappings are merged, and anything else may be written in one place only. Relative paths, in
 * included files too, start at the folder of the main file. Problems name the file they are in.
 */
public final class Includes {

  private static final String KEY = "include";
  private static final int MOST_FILES = 1_000;

  private final Path folder;
  private final Set<Path> read = new HashSet<>();
  private boolean asked;

  private Includes(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads a file with all that it includes.
   *
   * @throws SettingsProblem when a file is missing, malformed or named twice, so also for a circle,
   *     or when two files say different things
   */
  public static Section read(Path file, Map<String, String> environment) {
    Path parent = file.toAbsolutePath().getParent();
    Path folder = parent == null ? Path.of("/") : parent;
    var includes = new Includes(folder);
    MappingNode whole = includes.whole(file);
    var section = new Section(whole, file.toString(), "", new Secrets(environment, folder));
    section.strings(KEY);
    section.outline().entry(KEY).written = includes.asked;
    return section;
  }

  private MappingNode whole(Path file) {
    read.add(identity(file));
    MappingNode own = Yaml.top(file);
    var top = new Section(own, file.toString(), "", Secrets.none());
    MappingNode merged = new MappingNode(Tag.MAP, without(own), FlowStyle.BLOCK);
    asked |= top.has(KEY);
    for (String pattern : top.strings(KEY)) {
      for (Path included : files(top, pattern)) {
        merged = merge(merged, whole(included), "");
      }
    }
    return new MappingNode(
        Tag.MAP, true, merged.getValue(), FlowStyle.BLOCK, own.getStartMark(), own.getEndMark());
  }

  private static List<NodeTuple> without(MappingNode own) {
    return own.getValue().stream().filter(tuple -> !key(tuple).equals(KEY)).toList();
  }

  private List<Path> files(Section top, String pattern) {
    if (FilePatterns.isPattern(pattern)) {
      return FilePatterns.matching(folder, pattern).stream()
          .filter(file -> !read.contains(identity(file)))
          .toList();
    }
    Path file = folder.resolve(pattern);
    if (read.contains(identity(file))) {
      throw top.problem(KEY, "\"" + pattern + "\" again", "each file once");
    }
    if (read.size() >= MOST_FILES) {
      throw top.problem(KEY, "more files", "at most " + MOST_FILES + " files");
    }
    return List.of(file);
  }

  private static Path identity(Path file) {
    return file.toAbsolutePath().normalize();
  }

  private static MappingNode merge(MappingNode first, MappingNode second, String path) {
    var tuples = new ArrayList<>(first.getValue());
    for (NodeTuple added : second.getValue()) {
      String at = path.isEmpty() ? key(added) : path + "." + key(added);
      Optional<NodeTuple> there =
          first.getValue().stream().filter(one -> key(one).equals(key(added))).findFirst();
      if (there.isPresent()) {
        Node value = merge(there.get().getValueNode(), added.getValueNode(), at);
        tuples.set(tuples.indexOf(there.get()), new NodeTuple(there.get().getKeyNode(), value));
      } else {
        tuples.add(added);
      }
    }
    return new MappingNode(
        Tag.MAP, true, tuples, FlowStyle.BLOCK, first.getStartMark(), first.getEndMark());
  }

  private static Node merge(Node first, Node second, String path) {
    if (first instanceof MappingNode one && second instanceof MappingNode other) {
      return merge(one, other, path);
    }
    if (first instanceof SequenceNode || second instanceof SequenceNode) {
      List<Node> all = Stream.concat(items(first).stream(), items(second).stream()).toList();
      return new SequenceNode(
          Tag.SEQ, true, all, FlowStyle.BLOCK, first.getStartMark(), first.getEndMark());
    }
    throw new SettingsProblem(
        Yaml.place(second, ""),
        path,
        "a value that is set at " + Yaml.place(first, "") + " already",
        "it in one file only");
  }

  private static List<Node> items(Node node) {
    if (node.getTag().equals(Tag.NULL)) {
      return List.of();
    }
    return node instanceof SequenceNode list ? list.getValue() : List.of(node);
  }

  private static String key(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
  }
}
