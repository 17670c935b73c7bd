package io.tocsin.settings;

import io.tocsin.settings.Outline.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping of a YAML file that knows its place. Read each key by its type, then call {@link
 * #done}: a key nobody asked for is an error that names the nearest known one. Every reading method
 * throws {@link SettingsProblem}.
 */
public final class Section {

  private final Place place;
  private final String path;
  private final Secrets secrets;
  private final Recorder recorder;
  private final Outline outline;
  private final Map<String, Node> values;
  private final Map<String, Node> keyNodes;
  private final Set<String> known = new TreeSet<>();
  private boolean finished;

  Section(MappingNode node, String file, String path, Secrets secrets) {
    this(node, file, path, secrets, new Recorder(), new Outline());
  }

  private Section(
      MappingNode node,
      String file,
      String path,
      Secrets secrets,
      Recorder recorder,
      Outline outline) {
    this.recorder = recorder;
    this.outline = outline;
    this.place = Yaml.place(node, file);
    this.path = path;
    this.secrets = secrets;
    var written = new WrittenKeys(node, place.file(), path);
    this.values = written.values();
    this.keyNodes = written.keyNodes();
  }

  /** A mapping without keys, for what is left out. */
  public static Section empty() {
    return Yaml.read("", "", Secrets.none());
  }

  public Place place() {
    return place;
  }

  /** Path inside the file: {@code checks[0].http}, empty at the top. */
  public String path() {
    return path;
  }

  /** The keys as written, in order. */
  public Set<String> keys() {
    return values.keySet();
  }

  /** As {@link #keys}, where they are names that people choose. */
  public Set<String> names() {
    outline.named();
    return keys();
  }

  /** What was asked for so far, here and below. */
  public Outline outline() {
    return outline;
  }

  /** Whether a key is there with a value that is not null. */
  public boolean has(String key) {
    return value(key).isPresent();
  }

  public Optional<String> optional(String key) {
    return value(key, Kind.TEXT).map(node -> scalar(key, node, "text"));
  }

  /** A text that must be there. */
  public String string(String key) {
    return optional(key).orElseThrow(() -> missing(key, "text"));
  }

  public String string(String key, String otherwise) {
    return usual(key, optional(key), otherwise);
  }

  public int integer(String key, int otherwise) {
    return usual(key, parsed(key, Kind.WHOLE, "a whole number", Integer::valueOf), otherwise);
  }

  public double number(String key, double otherwise) {
    return usual(key, parsed(key, Kind.NUMBER, "a number", Double::valueOf), otherwise);
  }

  public boolean flag(String key, boolean otherwise) {
    return usual(
        key,
        parsed(
            key,
            Kind.FLAG,
            "true or false",
            text ->
                switch (text) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw new IllegalArgumentException(text);
                }),
        otherwise);
  }

  /** A duration that must be there. */
  public Duration duration(String key) {
    return optionalDuration(key).orElseThrow(() -> missing(key, "a duration such as 30s"));
  }

  public Duration duration(String key, Duration otherwise) {
    return usual(key, optionalDuration(key), otherwise);
  }

  public Optional<Duration> optionalDuration(String key) {
    return parsed(
        key,
        Kind.SPAN,
        "a duration such as 200ms, 30s, 1h30m or 7d",
        text -> Durations.parse(text).orElseThrow(IllegalArgumentException::new));
  }

  /** One of an enum's names in lower case. */
  public <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
    return usual(key, optionalChoice(key, type), otherwise);
  }

  public <E extends Enum<E>> Optional<E> optionalChoice(String key, Class<E> type) {
    var names = new ArrayList<String>();
    for (E constant : type.getEnumConstants()) {
      names.add(constant.name().toLowerCase(Locale.ROOT));
    }
    outline.entry(key).choices.addAll(names);
    return parsed(
        key,
        Kind.CHOICE,
        "one of " + String.join(", ", names),
        text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  /** A list of texts; a single scalar is a list of one; empty when absent. */
  public List<String> strings(String key) {
    var texts = new ArrayList<String>();
    for (Node node : items(key, Kind.TEXTS)) {
      texts.add(scalar(key, node, "text"));
    }
    return List.copyOf(texts);
  }

  /** A list of whole numbers; a single one is a list of one; empty when absent. */
  public List<Integer> integers(String key) {
    var numbers = new ArrayList<Integer>();
    for (Node node : items(key, Kind.WHOLES)) {
      numbers.add(convert(key, node, "a whole number", Integer::valueOf));
    }
    return List.copyOf(numbers);
  }

  /** A mapping of scalars, in order; empty when absent. */
  public Map<String, String> map(String key) {
    var map = new LinkedHashMap<String, String>();
    section(key)
        .ifPresent(
            section -> {
              for (String name : section.names()) {
                map.put(name, section.string(name, ""));
              }
            });
    return map;
  }

  /** Whether the value is a mapping. */
  public boolean isSection(String key) {
    return value(key).filter(MappingNode.class::isInstance).isPresent();
  }

  /** A mapping, without keys where it is left out. */
  public Section part(String key) {
    return section(key)
        .orElseGet(
            () ->
                new Section(
                    new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK),
                    place.file(),
                    child(key),
                    secrets,
                    recorder,
                    outline.child(key)));
  }

  public Optional<Section> section(String key) {
    return value(key, Kind.MAPPING).map(node -> mapping(key, node, child(key)));
  }

  /** A list of mappings; a single mapping is a list of one; empty when absent. */
  public List<Section> sections(String key) {
    var sections = new ArrayList<Section>();
    List<Node> items = items(key, Kind.MAPPINGS);
    boolean single = !(values.get(key) instanceof SequenceNode);
    for (int i = 0; i < items.size(); i++) {
      String at = single ? child(key) : child(key) + "[" + i + "]";
      sections.add(mapping(key, items.get(i), at));
    }
    return List.copyOf(sections);
  }

  /** Where a key stands; the section's own place when it is absent. */
  public Place placeOf(String key) {
    Node node = keyNodes.get(key);
    return node == null ? place : Yaml.place(node, place.file());
  }

  /** Where a key's value stands; the section's own place when it is absent. */
  public Place placeOfValue(String key) {
    Node node = values.get(key);
    return node == null ? place : Yaml.place(node, place.file());
  }

  /** The exception for a value that is well-formed but wrong; quotes it as written. */
  public SettingsProblem problem(String key, String expected) {
    Node node = values.get(key);
    return node == null
        ? missing(key, expected)
        : new SettingsProblem(Yaml.place(node, place.file()), child(key), written(node), expected);
  }

  /** The exception for a value that is wrong, saying more closely what was found. */
  public SettingsProblem problem(String key, String found, String expected) {
    return new SettingsProblem(placeOfValue(key), child(key), found, expected);
  }

  /** All that was read of the whole file so far: what was written, and what is usual. */
  public List<Setting> settings() {
    return recorder.settings();
  }

  /** Throws when a key is left that nobody asked for. */
  public void done() {
    known.forEach(outline::entry);
    outline.closed();
    finished = true;
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw SettingsProblem.unknownKey(placeOf(key), path, key, Nearest.to(key, known));
      }
    }
  }

  /** A value as it stands in the file, for those who write it into another section. */
  Optional<Node> node(String key) {
    return value(key);
  }

  /** Another mapping in the same file, which knows the same secrets. */
  Section beside(MappingNode node, String at) {
    return new Section(node, place.file(), at, secrets, recorder, new Outline());
  }

  /** Takes a key as known without reading it. */
  void pass(String key) {
    known.add(key);
  }

  private Optional<Node> value(String key) {
    known.add(key);
    return Optional.ofNullable(values.get(key)).filter(node -> !node.getTag().equals(Tag.NULL));
  }

  /** After {@link #done} it is only looked at again, which says nothing of its kind. */
  private Optional<Node> value(String key, Kind kind) {
    Optional<Node> value = value(key);
    if (!finished) {
      outline.entry(key).kinds.add(kind);
      outline.entry(key).written |= value.isPresent();
    }
    return value;
  }

  private List<Node> items(String key, Kind kind) {
    return value(key, kind)
        .map(node -> node instanceof SequenceNode list ? list.getValue() : List.of(node))
        .orElse(List.of());
  }

  private Section mapping(String key, Node node, String at) {
    if (node instanceof MappingNode mapping) {
      return new Section(mapping, place.file(), at, secrets, recorder, outline.child(key));
    }
    throw new SettingsProblem(Yaml.place(node, place.file()), at, written(node), "a mapping");
  }

  private <T> T usual(String key, Optional<T> found, T otherwise) {
    if (found.isEmpty()) {
      String words =
          switch (otherwise) {
            case Duration duration -> Durations.print(duration);
            case Enum<?> choice -> choice.name().toLowerCase(Locale.ROOT);
            default -> String.valueOf(otherwise);
          };
      recorder.usual(child(key), words);
      outline.entry(key).usual(words);
    }
    return found.orElse(otherwise);
  }

  private <T> Optional<T> parsed(
      String key, Kind kind, String expected, Function<String, T> parser) {
    return value(key, kind).map(node -> convert(key, node, expected, parser));
  }

  private <T> T convert(String key, Node node, String expected, Function<String, T> parser) {
    try {
      return parser.apply(scalar(key, node, expected));
    } catch (IllegalArgumentException e) {
      throw new SettingsProblem(
          Yaml.place(node, place.file()), child(key), written(node), expected);
    }
  }

  private String scalar(String key, Node node, String expected) {
    Function<String, SettingsProblem> problem =
        wanted ->
            new SettingsProblem(Yaml.place(node, place.file()), child(key), written(node), wanted);
    if (!(node instanceof ScalarNode scalar)) {
      throw problem.apply(expected);
    }
    recorder.written(child(key), scalar.getValue(), Yaml.place(node, place.file()));
    return secrets.fill(scalar.getValue(), problem);
  }

  private SettingsProblem missing(String key, String expected) {
    return new SettingsProblem(place, child(key), "nothing", expected);
  }

  private String child(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String written(Node node) {
    return switch (node) {
      case ScalarNode scalar -> "\"" + shorten(scalar.getValue()) + "\"";
      case SequenceNode list -> "a list of " + list.getValue().size();
      case MappingNode mapping -> "a mapping";
      default -> "a value";
    };
  }

  private static String shorten(String text) {
    return text.length() <= 120 ? text : text.substring(0, 117) + "...";
  }
}
