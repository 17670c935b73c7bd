package io.tocsin.web;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What changed, numbered, so that a browser that was away is told what it missed. A change is only
 * its topic ({@code alerts}, {@code incident-i184...}): whoever shows it asks for its part anew.
 * Thread-safe.
 */
final class LiveFeed {

  /** Changes that are remembered; whoever missed more is told to read all. */
  static final int KEPT = 512;

  /** The topic of somebody who missed too much. */
  static final String EVERYTHING = "everything";

  private static final Pattern POSITION = Pattern.compile("([0-9a-f]{1,16})-(\\d{1,18})");

  /** A change. */
  record Change(String position, String topic) {}

  private final String run;
  private final Supplier<Map<String, Long>> stamps;
  private final Deque<Numbered> recent = new ArrayDeque<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private Map<String, Long> last = Map.of();
  private boolean looked;
  private long number;

  private record Numbered(long number, String topic) {}

  /**
   * @param run names this process's numbering: hex digits that no earlier one had
   * @param stamps a number for each topic that changes when the topic does
   */
  LiveFeed(String run, Supplier<Map<String, Long>> stamps) {
    this.run = run;
    this.stamps = stamps;
  }

  /** How far it is. */
  synchronized String position() {
    return run + "-" + number;
  }

  /** Compares with the last look and tells the listeners what changed since. */
  synchronized void look() {
    Map<String, Long> now = stamps.get();
    if (looked) {
      Set<String> topics = new LinkedHashSet<>(last.keySet());
      topics.addAll(now.keySet());
      for (String topic : topics) {
        if (!Optional.ofNullable(last.get(topic)).equals(Optional.ofNullable(now.get(topic)))) {
          publish(topic);
        }
      }
    } else if (!listeners.isEmpty()) {
      // Who joined before anything could be compared may have missed anything.
      publish(EVERYTHING);
    }
    looked = true;
    last = now;
  }

  private void publish(String topic) {
    number++;
    recent.addLast(new Numbered(number, topic));
    if (recent.size() > KEPT) {
      recent.removeFirst();
    }
    var change = new Change(position(), topic);
    listeners.forEach(listener -> listener.accept(change));
  }

  /** From now on a listener hears of every change, having been told first what it missed. */
  synchronized void join(String after, Consumer<Change> listener) {
    missed(after).forEach(listener);
    listeners.add(listener);
  }

  void leave(Consumer<Change> listener) {
    listeners.remove(listener);
  }

  /** How many listen. */
  int listening() {
    return listeners.size();
  }

  /** Each topic that changed after a position, once; everything when that is not known. */
  private List<Change> missed(String after) {
    var parts = POSITION.matcher(after);
    boolean ours = parts.matches() && parts.group(1).equals(run);
    long from = ours ? Long.parseLong(parts.group(2)) : -1;
    long oldest = recent.isEmpty() ? number : recent.getFirst().number - 1;
    if (from < oldest || from > number) {
      return List.of(new Change(position(), EVERYTHING));
    }
    Set<String> topics = new LinkedHashSet<>();
    for (Numbered one : recent) {
      if (one.number > from) {
        topics.add(one.topic);
      }
    }
    var changes = new ArrayList<Change>();
    topics.forEach(topic -> changes.add(new Change(position(), topic)));
    return changes;
  }
}
