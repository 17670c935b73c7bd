package io.tocsin.silence;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertKey;
import io.tocsin.alert.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which component needs which: while a component fails, alerts of what needs it are explained by
 * its own, unless they are worse.
 */
public final class Dependencies {

  /** Nothing needs anything. */
  public static final Dependencies NONE = new Dependencies(Map.of());

  /** All that a component needs, directly or through others. */
  private final Map<String, Set<String>> needed;

  private Dependencies(Map<String, Set<String>> needed) {
    this.needed = needed;
  }

  /**
   * By component, what it needs directly.
   *
   * @throws IllegalArgumentException when something needs itself, naming the circle
   */
  public static Dependencies of(Map<String, ? extends List<String>> direct) {
    var needed = new HashMap<String, Set<String>>();
    for (String component : direct.keySet()) {
      var all = new LinkedHashSet<String>();
      collect(component, direct, new ArrayList<>(), all);
      needed.put(component, all);
    }
    return new Dependencies(needed);
  }

  private static void collect(
      String component,
      Map<String, ? extends List<String>> direct,
      List<String> path,
      Set<String> all) {
    if (path.contains(component)) {
      path.add(component);
      throw new IllegalArgumentException("the circle " + String.join(" -> ", path));
    }
    path.add(component);
    List<String> parents = direct.get(component);
    for (String parent : parents == null ? List.<String>of() : parents) {
      all.add(parent);
      collect(parent, direct, path, all);
    }
    path.removeLast();
  }

  /** What explains each alert of what firing ones say fails. */
  Failing failing(List<Alert> firing) {
    var worst = new HashMap<String, Alert>();
    if (!needed.isEmpty()) {
      for (Alert alert : firing) {
        for (String component : alert.components()) {
          worst.merge(
              component,
              alert,
              (one, other) -> other.severity().worseThan(one.severity()) ? other : one);
        }
      }
    }
    return new Failing(worst);
  }

  /** The components that fail, each with its worst alert. */
  final class Failing {
    private final Map<String, Alert> worst;

    private Failing(Map<String, Alert> worst) {
      this.worst = worst;
    }

    /** Whether nothing fails that something needs. */
    boolean none() {
      return worst.isEmpty();
    }

    /** The alert of something needed that explains this one. */
    Optional<AlertKey> explains(Alert alert) {
      if (worst.isEmpty()) {
        return Optional.empty();
      }
      var parents = new HashSet<String>();
      for (String component : alert.components()) {
        parents.addAll(needed.getOrDefault(component, Set.of()));
      }
      parents.removeAll(alert.components());
      return parents.stream()
          .sorted()
          .map(worst::get)
          .filter(
              parent ->
                  parent != null
                      && !Severity.HIGH.worseThan(parent.severity())
                      && !alert.severity().worseThan(parent.severity()))
          .min(Comparator.comparing(Alert::severity))
          .map(Alert::key);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dependencies that && needed.equals(that.needed);
  }

  @Override
  public int hashCode() {
    return needed.hashCode();
  }

  @Override
  public String toString() {
    return needed.toString();
  }
}
