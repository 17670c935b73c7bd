package io.tocsin.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes down what is read of a configuration: each value with its place, and each usual value. */
final class Recorder {

  /** Settings that are remembered: of thousands of checks the first. */
  static final int MOST = 20_000;

  private final Map<String, Map<Place, String>> written = new LinkedHashMap<>();
  private final Map<String, String> usual = new LinkedHashMap<>();

  /** A value of the file; of a list, one after the other. */
  synchronized void written(String path, String value, Place place) {
    usual.remove(path);
    if (written.size() >= MOST && !written.containsKey(path)) {
      return;
    }
    written.computeIfAbsent(path, key -> new LinkedHashMap<>()).put(place, value);
  }

  /** A value that nobody wrote. */
  synchronized void usual(String path, String value) {
    if (usual.size() < MOST && !written.containsKey(path)) {
      usual.put(path, value);
    }
  }

  /** What was read so far, by path. */
  synchronized List<Setting> settings() {
    var settings = new ArrayList<Setting>();
    written.forEach(
        (path, values) ->
            settings.add(
                new Setting(
                    path,
                    values.values().stream().collect(Collectors.joining(", ")),
                    Optional.of(values.keySet().iterator().next()))));
    usual.forEach((path, value) -> settings.add(new Setting(path, value, Optional.empty())));
    settings.sort((a, b) -> a.path().compareTo(b.path()));
    return List.copyOf(settings);
  }
}
