package io.tocsin.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The keys of a mapping with their values, those that {@code <<} brings among them. */
final class WrittenKeys {

  private static final int MAX_MERGES = 20;

  private final String file;
  private final String path;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keyNodes = new LinkedHashMap<>();

  WrittenKeys(MappingNode node, String file, String path) {
    this.file = file;
    this.path = path;
    var merged = new ArrayList<MappingNode>();
    for (var tuple : node.getValue()) {
      String key = key(tuple.getKeyNode());
      if (key.equals("<<")) {
        merged.addAll(mergeSources(tuple.getValueNode()));
        continue;
      }
      if (values.put(key, tuple.getValueNode()) != null) {
        throw new SettingsProblem(
            Yaml.place(tuple.getKeyNode(), file),
            path,
            "key \"" + key + "\" twice",
            "each key once");
      }
      keyNodes.put(key, tuple.getKeyNode());
    }
    merged.forEach(source -> merge(source, 0));
  }

  /** In the order of writing. */
  Map<String, Node> values() {
    return values;
  }

  /** Where each key stands. */
  Map<String, Node> keyNodes() {
    return keyNodes;
  }

  private static String key(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "?";
  }

  /** What {@code <<} names: a mapping, or several of which the first wins. */
  private List<MappingNode> mergeSources(Node value) {
    List<Node> sources = value instanceof SequenceNode list ? list.getValue() : List.of(value);
    var mappings = new ArrayList<MappingNode>();
    for (Node source : sources) {
      if (!(source instanceof MappingNode mapping)) {
        throw new SettingsProblem(
            Yaml.place(source, file), path, "a merge of no mapping", "mappings after \"<<\"");
      }
      mappings.add(mapping);
    }
    return mappings;
  }

  /** Takes over the keys of a mapping that are not here yet. */
  private void merge(MappingNode source, int depth) {
    for (var tuple : source.getValue()) {
      String key = key(tuple.getKeyNode());
      if (key.equals("<<")) {
        if (depth < MAX_MERGES) {
          mergeSources(tuple.getValueNode()).forEach(one -> merge(one, depth + 1));
        }
      } else if (values.putIfAbsent(key, tuple.getValueNode()) == null) {
        keyNodes.put(key, tuple.getKeyNode());
      }
    }
  }
}
