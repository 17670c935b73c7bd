package io.tocsin.notify;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The receivers by name, each with its ways out; a receiver without any is a sink.
 *
 * @param destinations by receiver
 * @param notes by destination, where notes on what it was told go; a lane of its own, so that a
 *     note that cannot be told holds up no page
 */
public record Receivers(
    Map<String, List<Destination>> destinations, Map<Destination, Destination> notes) {

  /** Where nobody keeps notes of their own. */
  public Receivers(Map<String, List<Destination>> destinations) {
    this(destinations, Map.of());
  }

  public Receivers {
    notes = Map.copyOf(notes);
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
