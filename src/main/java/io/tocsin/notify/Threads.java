package io.tocsin.notify;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Under what name a receiver keeps a conversation: the message that a chat updates in place, the
 * key of an issue. Calls may block.
 */
public interface Threads {

  /** The receiver's name of a conversation, if it began. */
  Optional<String> find(Destination destination, String dedupKey);

  /** Remembers it; the last one counts. */
  void save(Destination destination, String dedupKey, String name);

  /** Names as long as the process lives. */
  static Threads inMemory() {
    Map<Conversation, String> names = new ConcurrentHashMap<>();
    return new Threads() {
      @Override
      public Optional<String> find(Destination destination, String dedupKey) {
        return Optional.ofNullable(names.get(new Conversation(destination, dedupKey)));
      }

      @Override
      public void save(Destination destination, String dedupKey, String name) {
        names.put(new Conversation(destination, dedupKey), name);
      }
    };
  }
}
