package io.tocsin.template;

import java.util.ArrayList;
import java.util.List;

/** The variables that a template has declared up to a place, innermost block last. */
final class DeclaredVariables {

  /** What Prometheus declares before every template of a rule; {@code $} is all of it. */
  static final List<String> OF_A_RULE =
      List.of("$", "$labels", "$value", "$externalLabels", "$externalURL");

  /** What a defined template begins with. */
  static final List<String> OF_A_DEFINITION = List.of("$");

  private final List<String> names;

  DeclaredVariables(List<String> names) {
    this.names = new ArrayList<>(names);
  }

  boolean has(String name) {
    return names.contains(name);
  }

  void add(String name) {
    names.add(name);
  }

  /** A block begins: hand the answer to {@link #leave} at its end. */
  int enter() {
    return names.size();
  }

  void leave(int mark) {
    names.subList(mark, names.size()).clear();
  }
}
