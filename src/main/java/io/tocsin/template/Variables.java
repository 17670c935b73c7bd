package io.tocsin.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of a template's variables while it is filled, innermost block last. */
final class Variables {
  private final List<Map<String, Object>> levels = new ArrayList<>();

  Variables(Map<String, Object> first) {
    levels.add(new HashMap<>(first));
  }

  void enter() {
    levels.add(new HashMap<>());
  }

  void leave() {
    levels.removeLast();
  }

  /** Sets a variable of the innermost block. */
  void declare(String name, Object value) {
    levels.getLast().put(name, value);
  }

  /** Changes a variable where it was declared; false when it is not there. */
  boolean assign(String name, Object value) {
    Optional<Map<String, Object>> holder = holder(name);
    holder.ifPresent(level -> level.put(name, value));
    return holder.isPresent();
  }

  Optional<Object> find(String name) {
    return holder(name).map(level -> level.get(name));
  }

  private Optional<Map<String, Object>> holder(String name) {
    for (Map<String, Object> level : levels.reversed()) {
      if (level.containsKey(name)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}
