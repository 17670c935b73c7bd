package io.tocsin.settings;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Writes the receivers of an {@code alertmanager.yml} as ours. What shapes messages is left out,
 * with a note, since ours are written by Tocsin; what could keep a message from arriving is a
 * complaint, and all complaints are told together.
 */
final class ForeignReceivers {

  private final Section global;
  private final Set<String> kinds;
  private final List<String> notes;
  private final List<String> complaints = new ArrayList<>();

  private final String definitions;

  /**
   * @param definitions what the receivers' templates may call
   */
  ForeignReceivers(Section global, Set<String> kinds, String definitions, List<String> notes) {
    this.definitions = definitions;
    this.global = global;
    this.kinds = kinds;
    this.notes = notes;
  }

  /** Each receiver under its name with its ways out. */
  List<Section> translate(List<Section> receivers) {
    var translated = new ArrayList<Section>();
    for (Section receiver : receivers) {
      translated.add(receiver(receiver));
    }
    if (!complaints.isEmpty()) {
      throw new SettingsProblem(
          receivers.getFirst().place(),
          "receivers",
          "what Tocsin cannot do:\n  " + String.join("\n  ", complaints) + "\n",
          "receivers of the kinds " + String.join(", ", new TreeSet<>(ForeignKind.names(kinds))));
    }
    return translated;
  }

  private Section receiver(Section receiver) {
    var ways = new LinkedHashMap<String, Node>();
    ways.put("name", text(receiver.string("name")));
    for (String key : receiver.keys()) {
      if (!key.equals("name")) {
        Optional<ForeignKind> kind = ForeignKind.of(key).filter(it -> kinds.contains(it.ours()));
        if (kind.isEmpty()) {
          complaints.add(receiver.placeOf(key) + ": " + key);
          receiver.pass(key);
        } else {
          var items = new ArrayList<Node>();
          receiver.sections(key).forEach(section -> items.add(way(kind.get(), section)));
          ways.merge(
              kind.get().ours(),
              new SequenceNode(Tag.SEQ, items, FlowStyle.BLOCK),
              ForeignReceivers::both);
        }
      }
    }
    receiver.done();
    return receiver.beside(mapping(ways), receiver.path());
  }

  /** Two of their kinds may be one of ours. */
  private static Node both(Node one, Node other) {
    var items = new ArrayList<Node>();
    for (Node list : List.of(one, other)) {
      if (list instanceof SequenceNode sequence) {
        items.addAll(sequence.getValue());
      }
    }
    return new SequenceNode(Tag.SEQ, items, FlowStyle.BLOCK);
  }

  private Node way(ForeignKind kind, Section section) {
    var ours = new LinkedHashMap<String, Node>();
    kind.keys()
        .forEach((theirs, mine) -> section.node(theirs).ifPresent(node -> ours.put(mine, node)));
    kind.files()
        .forEach(
            (theirs, mine) ->
                section
                    .optional(theirs)
                    .ifPresent(path -> ours.put(mine, text("${file:" + path + "}"))));
    kind.globals()
        .forEach(
            (theirs, mine) -> global.node(theirs).ifPresent(node -> ours.putIfAbsent(mine, node)));
    if (ours.get("to") instanceof ScalarNode to) {
      ours.put("to", list(to.getValue()));
    }
    credentials(kind, section, ours);
    wording(kind, section, ours);
    for (String key : section.keys()) {
      if (kind.shaping().contains(key) && !taken(kind, key)) {
        section.pass(key);
        notes.add(section.placeOf(key) + ": " + key + " is not used");
      }
    }
    complain(kind, section);
    return mapping(ours);
  }

  private static boolean taken(ForeignKind kind, String key) {
    return key.equals("send_resolved")
        || kind.words().containsKey(key)
        || (kind.ours().equals("email") && key.equals("headers"));
  }

  /** Its templates, with what they may call; and whether ends are told, by Alertmanager's usage. */
  private void wording(ForeignKind kind, Section section, Map<String, Node> ours) {
    if (!section.flag("send_resolved", kind.tellsEnds())) {
      ours.put("send_resolved", text("false"));
    }
    var words = new LinkedHashMap<String, Node>();
    kind.words()
        .forEach((theirs, mine) -> section.node(theirs).ifPresent(node -> words.put(mine, node)));
    if (kind.ours().equals("email")) {
      section.section("headers").ifPresent(headers -> subject(headers, words));
    }
    if (!words.isEmpty()) {
      ours.putAll(words);
      ours.put("definitions", text(definitions));
    }
  }

  private void subject(Section headers, Map<String, Node> words) {
    for (String key : headers.keys()) {
      if (key.equalsIgnoreCase("subject")) {
        headers.node(key).ifPresent(node -> words.put("title", node));
      } else {
        headers.pass(key);
        notes.add(headers.placeOf(key) + ": " + key + " is not used");
      }
    }
  }

  /** What is neither known nor harmless. */
  private void complain(ForeignKind kind, Section section) {
    try {
      section.done();
    } catch (SettingsProblem unknown) {
      complaints.add(unknown.place() + ": " + kind.theirs() + ": " + unknown.found());
    }
  }

  /** Credentials of {@code http_config} become headers where a receiver takes some. */
  private void credentials(ForeignKind kind, Section section, Map<String, Node> ours) {
    Optional<Section> http = section.section("http_config");
    if (http.isEmpty() || !kind.headers()) {
      if (http.isPresent() && !http.get().keys().isEmpty()) {
        complaints.add(section.placeOf("http_config") + ": " + kind.theirs() + ": http_config");
      }
      return;
    }
    Section config = http.get();
    config.flag("follow_redirects", true);
    config.flag("enable_http2", true);
    Optional<String> value =
        config
            .section("authorization")
            .map(ForeignReceivers::authorization)
            .or(() -> config.section("basic_auth").map(ForeignReceivers::basic))
            .or(() -> config.optional("bearer_token").map(token -> "Bearer " + token));
    value.ifPresent(header -> ours.put("headers", mapping(Map.of("Authorization", text(header)))));
    complain(kind, config);
  }

  private static String authorization(Section section) {
    String header = section.string("type", "Bearer") + " " + secret(section, "credentials");
    section.done();
    return header;
  }

  private static String basic(Section section) {
    String pair = section.string("username", "") + ":" + secret(section, "password");
    section.done();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String secret(Section section, String key) {
    Optional<String> file = section.optional(key + "_file").map(path -> "${file:" + path + "}");
    return section.optional(key).or(() -> file).orElse("");
  }

  private static Node list(String commas) {
    var items = new ArrayList<Node>();
    for (String item : commas.split(",", -1)) {
      items.add(text(item.strip()));
    }
    return new SequenceNode(Tag.SEQ, items, FlowStyle.BLOCK);
  }

  static MappingNode mapping(Map<String, Node> values) {
    var tuples = new ArrayList<NodeTuple>();
    values.forEach((key, value) -> tuples.add(new NodeTuple(text(key), value)));
    return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
  }

  static ScalarNode text(String value) {
    return new ScalarNode(Tag.STR, value, ScalarStyle.DOUBLE_QUOTED);
  }
}
