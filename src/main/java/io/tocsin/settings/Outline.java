package io.tocsin.settings;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the readers of a configuration ask for: each mapping's keys and what kind of value each
 * takes. All mappings of a list share one, and so do a route and the routes under it.
 */
public final class Outline {

  /** In place of the keys of a mapping whose keys are names that people choose. */
  static final String ANY_NAME = "*";

  /** What a value is read as. */
  enum Kind {
    TEXT,
    WHOLE,
    NUMBER,
    FLAG,
    SPAN,
    CHOICE,
    TEXTS,
    WHOLES,
    MAPPING,
    MAPPINGS
  }

  /** One key, with all that was seen of it. */
  static final class Entry {
    final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    final Set<String> choices = new LinkedHashSet<>();
    final Set<String> usual = new LinkedHashSet<>();
    boolean written;

    /** A usual value; two already say that there is no single one. */
    void usual(String value) {
      if (usual.size() < 2) {
        usual.add(value);
      }
    }
  }

  private final String path;
  private final Map<String, Entry> entries = new TreeMap<>();
  private final Map<String, Outline> children = new LinkedHashMap<>();
  private final Set<String> refused = new HashSet<>();
  private boolean named;
  private boolean closed;

  Outline() {
    this("");
  }

  /** Of nothing yet. */
  public static Outline empty() {
    return new Outline();
  }

  private Outline(String path) {
    this.path = path;
  }

  /** Where it stands, without the places in lists: {@code checks.http}; empty at the top. */
  String path() {
    return path;
  }

  /** The mapping, or the mappings of a list, under a key. */
  Outline child(String key) {
    String name = named ? ANY_NAME : key;
    if (path.endsWith("." + name)) {
      return this;
    }
    return children.computeIfAbsent(name, it -> new Outline(path.isEmpty() ? it : path + "." + it));
  }

  /** That a key was asked for. */
  Entry entry(String key) {
    return entries.computeIfAbsent(named ? ANY_NAME : key, it -> new Entry());
  }

  /** That its keys are names of somebody's choosing. */
  void named() {
    named = true;
  }

  /** That a key which its likes take is not taken here. */
  void refused(String key) {
    refused.add(key);
  }

  /** That no other keys are taken. */
  void closed() {
    closed = true;
  }

  boolean refusesOthers() {
    return closed;
  }

  /** The keys that are taken, by name. */
  Map<String, Entry> entries() {
    var taken = new TreeMap<>(entries);
    taken.keySet().removeAll(refused);
    return taken;
  }

  /** Takes over what another reading saw of the same mapping. */
  public void add(Outline other) {
    named |= other.named;
    closed |= other.closed;
    refused.addAll(other.refused);
    other.entries.forEach(
        (key, more) -> {
          Entry entry = entries.computeIfAbsent(key, it -> new Entry());
          entry.kinds.addAll(more.kinds);
          entry.choices.addAll(more.choices);
          more.usual.forEach(entry::usual);
          entry.written |= more.written;
        });
    other.children.forEach((key, more) -> child(key).add(more));
  }

  /** Every key by its path. */
  public List<String> keys() {
    return keys(false);
  }

  /** The keys that were asked for and that nothing written had. */
  public List<String> unwritten() {
    return keys(true);
  }

  private List<String> keys(boolean onlyUnwritten) {
    var keys = new ArrayList<String>();
    entries()
        .forEach(
            (key, entry) -> {
              if (!onlyUnwritten || !entry.written) {
                keys.add(path.isEmpty() ? key : path + "." + key);
              }
            });
    children.values().forEach(child -> keys.addAll(child.keys(onlyUnwritten)));
    return keys;
  }
}
