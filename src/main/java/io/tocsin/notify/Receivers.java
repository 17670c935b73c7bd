package io.tocsin.notify;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The receivers by name, each with its ways out; a receiver without any is a sink. */
public record Receivers(Map<String, List<Destination>> destinations) {

  public Receivers {
    var copy = new HashMap<String, List<Destination>>();
    destinations.forEach((name, ways) -> copy.put(name, List.copyOf(ways)));
    destinations = Map.copyOf(copy);
  }

  /** The ways to a receiver; none when it is a sink or was removed. */
  public List<Destination> of(String receiver) {
    return destinations.getOrDefault(receiver, List.of());
  }

  /**
   * Holds the names that routes and escalation steps use against those that are declared.
   *
   * @throws IllegalArgumentException when one is not declared
   */
  public void require(Collection<String> names) {
    for (String name : names) {
      if (!destinations.containsKey(name)) {
        throw new IllegalArgumentException(
            "receiver: found \""
                + name
                + "\", expected one of "
                + new TreeSet<>(destinations.keySet()));
      }
    }
  }
}
