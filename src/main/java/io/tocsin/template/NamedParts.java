package io.tocsin.template;

import java.util.AbstractList;
import java.util.List;
import java.util.Map;

/** A list with parts of it by name, as {@code .Alerts} with {@code .Alerts.Firing}. */
public final class NamedParts extends AbstractList<Object> {

  private final List<?> all;
  private final Map<String, List<?>> parts;

  public NamedParts(List<?> all, Map<String, List<?>> parts) {
    this.all = List.copyOf(all);
    this.parts = Map.copyOf(parts);
  }

  /** The parts by name. */
  Map<String, List<?>> parts() {
    return parts;
  }

  /** One of the parts; empty when there is none of that name. */
  List<?> part(String name) {
    return parts.getOrDefault(name, List.of());
  }

  @Override
  public Object get(int index) {
    return all.get(index);
  }

  @Override
  public int size() {
    return all.size();
  }
}
