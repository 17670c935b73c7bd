package io.tocsin.template;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Labels or annotations as Alertmanager's templates have them: a map that also answers {@code
 * .SortedPairs}, {@code .Names}, {@code .Values} and {@code .Remove}.
 *
 * @see <a href="https://prometheus.io/docs/alerting/latest/notifications/#kv">Alertmanager,
 *     notification template reference, KV</a>
 */
public final class LabelPairs extends AbstractMap<String, String> {

  private final TreeMap<String, String> pairs;

  public LabelPairs(Map<String, String> pairs) {
    this.pairs = new TreeMap<>(pairs);
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return pairs.entrySet();
  }

  /** What a name means: one of the four words, else an entry, empty when there is none. */
  Object field(String name) {
    return switch (name) {
      case "SortedPairs" -> sortedPairs();
      case "Names" -> List.copyOf(pairs.keySet());
      case "Values" -> List.copyOf(pairs.values());
      default -> pairs.getOrDefault(name, "");
    };
  }

  /** Without some names. */
  LabelPairs without(Collection<?> names) {
    var rest = new TreeMap<>(pairs);
    names.forEach(name -> rest.remove(String.valueOf(name)));
    return new LabelPairs(rest);
  }

  /** By name, {@code alertname} first. */
  private NamedParts sortedPairs() {
    List<Map<String, String>> sorted =
        pairs.entrySet().stream()
            .sorted(
                (a, b) ->
                    Boolean.compare(b.getKey().equals("alertname"), a.getKey().equals("alertname")))
            .map(entry -> Map.of("Name", entry.getKey(), "Value", entry.getValue()))
            .toList();
    return new NamedParts(
        sorted,
        Map.of(
            "Names", sorted.stream().map(pair -> pair.get("Name")).toList(),
            "Values", sorted.stream().map(pair -> pair.get("Value")).toList()));
  }
}
